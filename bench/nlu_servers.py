"""The two servers of ``make bench-nlu`` on loopback, asked over HTTP as the bot asks: answers, speed, memory."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

from bench.nlu_models import ASSISTANT, LOG, OURS, ROOT
from bench.stock_rasa.prepare import ENVIRONMENT, STOCK
from tests.processes import free_port

SECONDS = 12.0
IN_A_BATCH = 64
AT_ONCE = 8
STARTS_WITHIN = 180.0
Answer = dict[str, Any]
Ask = Callable[[list[str]], list[Answer]]


@contextmanager
def served(name: str, model: Path) -> Iterator[tuple[int, str, float]]:
    """The server's process id, its URL, and the seconds from its start to its first answer."""
    port = free_port()
    ours = [str(OURS), str(ROOT / "nlu" / "server.py"), "--port", str(port), "--model", str(model)]
    stock = [str(STOCK / "rasa"), "run", "--enable-api", "--model", str(model), "-i", "127.0.0.1", "-p", str(port)]
    started = time.monotonic()
    with (
        LOG.open("a") as log,
        subprocess.Popen(
            ours if name == "ours" else stock,
            cwd=ROOT if name == "ours" else ASSISTANT,
            env={**os.environ, **ENVIRONMENT},
            stdout=log,
            stderr=log,
        ) as process,
    ):
        try:
            url = f"http://127.0.0.1:{port}"
            while not _answers(url):
                if process.poll() is not None or time.monotonic() - started > STARTS_WITHIN:
                    raise SystemExit(f"the server of {name} did not start; see {LOG.relative_to(ROOT)}")
                time.sleep(0.05)
            yield process.pid, url, time.monotonic() - started
        finally:
            process.kill()


def _answers(url: str) -> bool:
    try:
        response = requests.post(f"{url}/model/parse", json={"text": "ktp hilang"}, timeout=30)
    except requests.ConnectionError:
        return False
    return response.status_code == 200 and bool(response.json().get("intent"))


def doors(name: str, url: str) -> tuple[Ask, Ask]:
    """How texts are asked one at a time, and many: ours has a door for it, stock gets several connections."""
    sessions = [requests.Session() for _ in range(AT_ONCE)]

    def one(text: str, session: requests.Session = sessions[0]) -> Answer:
        answer: Answer = session.post(f"{url}/model/parse", json={"text": text}, timeout=30).json()
        return answer

    def single(texts: list[str]) -> list[Answer]:
        return [one(text) for text in texts]

    def batch(texts: list[str]) -> list[Answer]:
        answers: list[Answer] = sessions[0].post(f"{url}/model/parse_batch", json={"texts": texts}, timeout=60).json()
        return answers

    def at_once(texts: list[str]) -> list[Answer]:
        parts = [(session, texts[place::AT_ONCE]) for place, session in enumerate(sessions)]
        with ThreadPoolExecutor(AT_ONCE) as threads:
            answered = threads.map(lambda part: [one(text, part[0]) for text in part[1]], parts)
            return [answer for answers in answered for answer in answers]

    return single, batch if name == "ours" else at_once


def seconds_of_each(single: Ask, texts: list[str]) -> list[float]:
    """Of each parse, one after the other, for SECONDS."""
    taken, until, place = [], time.monotonic() + SECONDS, 0
    while time.monotonic() < until:
        started = time.perf_counter()
        single([texts[place % len(texts)]])
        taken.append(time.perf_counter() - started)
        place += 1
    return taken


def parses_a_second(batched: Ask, texts: list[str]) -> float:
    started, done = time.monotonic(), 0
    while time.monotonic() - started < SECONDS:
        part = [texts[(done + place) % len(texts)] for place in range(IN_A_BATCH)]
        batched(part)
        done += len(part)
    return done / (time.monotonic() - started)
