"""Sapa's NLU beside stock Rasa's DIET pipeline, in one run: ``make bench-nlu``, or

    python -m bench.nlu [--epochs 15] [--texts FOLDER] [--report FILE]

Both are trained on data/nlu (stock has one label a message: ``ask_cost+ktp_hilang``), served by their own server
on loopback and asked the same frozen messages, over HTTP. Reported: accuracy, parses/s one at a time and batched
(64 a request; stock has no such door and gets eight connections at once), p99, resident memory (PSS), start-up to
the first answer, training time. Rasa's default is 100 epochs; ``--epochs`` says how many were trained here.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests
import yaml

from bench.stock_rasa.prepare import ASSISTANT, ENVIRONMENT, STOCK, labelled, prepare

ROOT = Path(__file__).resolve().parents[1]
OURS = ROOT / "nlu" / ".venv" / "bin" / "python"
FROZEN = ROOT / "tests" / "nlu" / "frozen"
MADE = ROOT / "var" / "bench_nlu"
PORTS = {"ours": 5945, "stock": 5946}
SECONDS = 12.0
IN_A_BATCH = 64
AT_ONCE = 8
Answer = dict[str, Any]
Ask = Callable[[list[str]], list[Answer]]


@dataclass
class Figures:
    joint: float
    intent: float
    scope: float
    refused: float
    single: float
    batched: float
    p99: float
    memory: float
    start: float
    training: float


LINES = {
    "joint": ("intent and service right", "{:.1%}"),
    "intent": ("intent right", "{:.1%}"),
    "scope": ("out of scope found", "{:.1%}"),
    "refused": ("real questions refused", "{:.1%}"),
    "single": ("parses/s, one at a time", "{:.0f}"),
    "batched": ("parses/s, batched", "{:.0f}"),
    "p99": ("p99 of one parse, ms", "{:.1f}"),
    "memory": ("resident (PSS), MB", "{:.0f}"),
    "start": ("start to first answer, s", "{:.1f}"),
    "training": ("training, s", "{:.0f}"),
}


def main() -> int:
    arguments = _arguments()
    for program in (OURS, STOCK / "rasa"):
        if not program.exists():
            project = program.parents[2].relative_to(ROOT)
            print(f"{program.relative_to(ROOT)} is missing: uv sync --locked --project {project}")
            return 2
    messages = [entry for file in sorted(arguments.texts.glob("*.yml")) for entry in _entries(file)]
    if not messages:
        print(f"No messages in {arguments.texts}.")
        return 2
    trained = {"ours": _train_ours(), "stock": _train_stock(arguments.epochs, arguments.keep_stock)}
    found = {name: _measure(name, messages, trained[name]) for name in ("ours", "stock")}
    report = _table(found, len(messages), arguments.epochs)
    print(report)
    if arguments.report:
        arguments.report.write_text(report + "\n", encoding="utf-8")
    return 0


def _train_ours() -> float:
    for folder in (MADE, ASSISTANT):
        folder.mkdir(parents=True, exist_ok=True)
    return _timed([str(OURS), str(ROOT / "nlu" / "train.py"), "--out", str(MADE)], ROOT)


def _train_stock(epochs: int, keep: bool) -> float:
    if keep and (ASSISTANT / "models" / "stock.tar.gz").is_file():
        return float("nan")
    prepare(labelled(), epochs)
    return _timed([str(STOCK / "rasa"), "train", "nlu", "--nlu", "data", "--fixed-model-name", "stock"], ASSISTANT)


def _timed(command: list[str], folder: Path) -> float:
    started = time.monotonic()
    with (ASSISTANT.parent / "bench_nlu.log").open("a") as log:  # thousands of progress bars
        subprocess.run(command, cwd=folder, env={**os.environ, **ENVIRONMENT}, stdout=log, stderr=log, check=True)
    return time.monotonic() - started


def _measure(name: str, messages: list[Answer], training: float) -> Figures:
    texts = [message["text"] for message in messages]
    with _served(name) as (process, url, start):
        single, batched = _doors(name, url)
        answers = [single([text])[0] for text in texts]
        each = _each(single, texts)
        speed = _speed(batched, texts)
        memory = _memory(process.pid)
    right = [
        _read(answer) == (message["intent"], message.get("service") or "")
        for answer, message in zip(answers, messages, strict=True)
    ]
    intents = [(message["intent"], _read(answer)[0]) for answer, message in zip(answers, messages, strict=True)]
    return Figures(
        joint=_share(right),
        intent=_share([meant == read for meant, read in intents]),
        scope=_share([read == "out_of_scope" for meant, read in intents if meant == "out_of_scope"]),
        refused=_share([read == "out_of_scope" for meant, read in intents if meant != "out_of_scope"]),
        single=len(each) / sum(each),
        batched=speed,
        p99=sorted(each)[int(len(each) * 0.99)] * 1000,
        memory=memory,
        start=start,
        training=training,
    )


@contextmanager
def _served(name: str) -> Iterator[tuple[subprocess.Popen[bytes], str, float]]:
    """The server's process, its URL, and the seconds from its start to its first answer."""
    port = PORTS[name]
    ours = [str(OURS), str(ROOT / "nlu" / "server.py"), "--port", str(port), "--model", str(MADE / "current.tar.gz")]
    stock = [
        str(STOCK / "rasa"),
        "run",
        "--enable-api",
        "--model",
        "models/stock.tar.gz",
        "-i",
        "127.0.0.1",
        "-p",
        str(port),
    ]
    started = time.monotonic()
    with (
        (ASSISTANT.parent / "bench_nlu.log").open("a") as log,
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
                if process.poll() is not None or time.monotonic() - started > 120:
                    raise SystemExit(f"the server of {name} did not start; see var/stock_rasa/bench_nlu.log")
                time.sleep(0.05)
            yield process, url, time.monotonic() - started
        finally:
            process.kill()


def _answers(url: str) -> bool:
    try:
        return requests.post(f"{url}/model/parse", json={"text": "ktp hilang"}, timeout=30).status_code == 200
    except requests.ConnectionError:
        return False


def _doors(name: str, url: str) -> tuple[Ask, Ask]:
    """How one text is asked, and many."""
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
            return [
                answer for part in threads.map(lambda p: [one(text, p[0]) for text in p[1]], parts) for answer in part
            ]

    return single, batch if name == "ours" else at_once


def _each(single: Ask, texts: list[str]) -> list[float]:
    """Seconds of each parse, one after the other, for SECONDS."""
    taken, until, place = [], time.monotonic() + SECONDS, 0
    while time.monotonic() < until:
        started = time.perf_counter()
        single([texts[place % len(texts)]])
        taken.append(time.perf_counter() - started)
        place += 1
    return taken


def _speed(batched: Ask, texts: list[str]) -> float:
    started, done = time.monotonic(), 0
    while time.monotonic() - started < SECONDS:
        part = [texts[(done + place) % len(texts)] for place in range(IN_A_BATCH)]
        batched(part)
        done += len(part)
    return done / (time.monotonic() - started)


def _memory(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1000


def _read(answer: Answer) -> tuple[str, str]:
    """Intent and service; stock's own "not understood" counts as its next best label, in its favour."""
    intent = answer["intent"]["name"]
    if intent == "nlu_fallback":
        intent = answer["intent_ranking"][1]["name"]
    label, _, service = str(intent).partition("+")
    entities = answer.get("entities") or []
    return label, entities[0]["value"] if entities else service


def _share(hits: list[bool]) -> float:
    return sum(hits) / len(hits) if hits else float("nan")


def _table(found: dict[str, Figures], messages: int, epochs: int) -> str:
    lines = [f"{messages} messages; stock DIET after {epochs} epochs", "", "| | ours | stock DIET |", "|---|--:|--:|"]
    for key, (title, shape) in LINES.items():
        lines.append(f"| {title} | " + " | ".join(shape.format(getattr(found[name], key)) for name in found) + " |")
    return "\n".join(lines)


def _entries(file: Path) -> list[Answer]:
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    return list(content if isinstance(content, list) else next(v for v in content.values() if isinstance(v, list)))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure Sapa's NLU beside stock Rasa's DIET.")
    parser.add_argument("--epochs", type=int, default=15)
    parser.add_argument("--texts", type=Path, default=FROZEN, help="folder of {text, intent, service}")
    parser.add_argument("--keep-stock", action="store_true", help="do not train the stock model again")
    parser.add_argument("--report", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
