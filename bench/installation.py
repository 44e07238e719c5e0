"""Sapa's real processes for a measurement, around a database of its own; the stand-in Twilio beside them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.usage import family, memory_mb
from bot.gateways.fake_twilio import FakeTwilioControl
from bot.settings import PROJECT
from tests.installation import ACCOUNT, OFFICE, TOKEN
from tests.processes import SAPA, Process, free_port, wait_for

FOLDER = PROJECT / "var" / "bench"  # on the disk that the office's database would be on
STARTS_WITHIN = 60.0


@dataclass
class Running:
    """``url``: where Twilio would post; ``told_at``: where the stand-in tells of replies."""

    url: str
    told_at: str
    control: FakeTwilioControl | None
    processes: dict[str, int]

    def shots(self, first_citizen: int) -> dict[str, Any]:
        """The arguments of `webhook_shots`."""
        return {
            "first_citizen": first_citizen,
            "host": self.url.removeprefix("http://"),
            "url": f"{self.url}/webhooks/twilio/messages",
            "account_sid": ACCOUNT,
            "token": TOKEN,
            "office": OFFICE,
        }

    @property
    def port(self) -> int:
        return int(self.url.rsplit(":", 1)[1])

    def memory(self) -> dict[str, dict[str, float]]:
        """PSS and RSS in MB by process; gunicorn's master stands by itself, any other family is summed."""
        named = {}
        for name, pid in self.processes.items():
            first, *children = family(pid)
            if name == "web":
                named |= {"web (master)": memory_mb(first), "web": memory_mb(*children)}
            else:
                named[name] = memory_mb(first, *children)
        return named


def fresh_folder(name: str) -> Path:
    folder = FOLDER / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


@contextmanager
def nlu() -> Iterator[tuple[str, int]]:
    """The NLU process: its address and process id."""
    url = f"http://127.0.0.1:{free_port()}"
    with _started(Process("nlu", {"SAPA_NLU_URL": url}, fresh_folder("nlu") / "nlu.log")) as process:
        wait_for(f"{url}/status", within=STARTS_WITHIN)
        yield url, process.pid


@contextmanager
def sapa(
    database_url: str, folder: Path, *names: str, nlu_url: str = "http://127.0.0.1:9", quiet_media: float = 0.0
) -> Iterator[Running]:
    """Web and the processes named, and the stand-in where a worker is among them. Quiet windows are 0, unless that of
    pictures is wanted."""
    port, twilio_port = free_port(), free_port()
    environment = {
        "SAPA_DATABASE_URL": database_url,
        "SAPA_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "SAPA_PORT": str(port),
        "SAPA_TWILIO_ACCOUNT_SID": ACCOUNT,
        "SAPA_TWILIO_AUTH_TOKEN": TOKEN,
        "SAPA_TWILIO_API_URL": f"http://127.0.0.1:{twilio_port}",
        "SAPA_SENDER": OFFICE,
        "SAPA_NLU_URL": nlu_url,
        "SAPA_SECRET_KEY": "b" * 32,
        "SAPA_VAULT_KEY": "A" * 43,
        "SAPA_STORAGE_URL": f"file://{folder}/vault",
        "SAPA_QUIET_TEXT_SECONDS": "0",
        "SAPA_QUIET_MEDIA_SECONDS": f"{quiet_media:g}",
    }
    subprocess.run([SAPA, "migrate"], env={**os.environ, **environment}, cwd=PROJECT, check=True, capture_output=True)
    with ExitStack() as stack:
        # a short path: a Unix socket's name may have about a hundred characters
        told_at = stack.enter_context(TemporaryDirectory(prefix="sapa-bench-")) + "/told"
        running = Running(f"http://127.0.0.1:{port}", told_at, None, {})
        if "worker" in names:
            running.processes["stand-in"] = stack.enter_context(_stand_in(twilio_port, running.url, told_at))
            running.control = FakeTwilioControl(f"http://127.0.0.1:{twilio_port}")
        for name in ("web", *names):
            process = stack.enter_context(_started(Process(name, environment, folder / f"{name}.log")))
            running.processes[name] = process.pid
        ready = "readyz" if "clock" in names else "healthz"
        wait_for(f"{running.url}/{ready}", within=STARTS_WITHIN)
        yield running


@contextmanager
def _started(process: Process) -> Iterator[Process]:
    process.start()
    try:
        yield process
    finally:
        process.stop()


@contextmanager
def _stand_in(port: int, webhook_url: str, told_at: str) -> Iterator[int]:
    command = [sys.executable, "-m", "bench.standin", str(port), ACCOUNT, TOKEN, webhook_url, told_at]
    with subprocess.Popen(command, cwd=PROJECT) as process:
        try:
            wait_for(f"http://127.0.0.1:{port}/control/cpu")
            yield process.pid
        finally:
            process.terminate()
