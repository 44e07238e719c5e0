"""(a) The webhook against a bare Flask route, each under the same gunicorn settings, in turns."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.installation import Running, fresh_folder, sapa
from bench.load import Job
from bench.rounds import Round, measure
from bot.settings import PROJECT
from tests.installation import TOKEN
from tests.processes import free_port, wait_for

IN_FLIGHT = 16  # as many as the web has threads
WARM_UP = 1.5
SECONDS = 5.0
MOST_A_SECOND = 3_000


@dataclass(frozen=True)
class Webhook:
    sapa: list[Round]
    bare: list[Round]
    gunicorn: list[str]


def measure_webhook(rounds: int, seconds: float = SECONDS) -> Webhook:
    """Sapa's web alone, without worker or NLU: nothing else may take its time."""
    folder = fresh_folder("webhook")
    ours: list[Round] = []
    bare: list[Round] = []
    with sapa(f"sqlite:///{folder / 'sapa.db'}", folder) as running:
        options = gunicorn_options(running.processes["web"])
        with bare_route(options, folder) as other:
            for number in range(rounds):
                for target, results in ((running, ours), (other, bare)):
                    results.append(_round(target, number, seconds))
    return Webhook(ours, bare, options)


def _round(running: Running, number: int, seconds: float) -> Round:
    job = Job(
        kind="webhook",
        shots=running.shots(first_citizen=1 + number * 100_000),
        host="127.0.0.1",
        port=running.port,
        in_flight=IN_FLIGHT,
        warm_up=WARM_UP,
        seconds=seconds,
        most_a_second=MOST_A_SECOND,
    )
    return measure(job, running.processes)


def gunicorn_options(web_pid: int) -> list[str]:
    """The options that the running ``sapa web`` gave to gunicorn, without the address and the application."""
    words = Path(f"/proc/{web_pid}/cmdline").read_text().split("\0")[:-1]
    options = words[words.index("gunicorn") + 1 : -1]
    at = options.index("--bind")
    return options[:at] + options[at + 2 :]


@contextmanager
def bare_route(options: list[str], folder: Path) -> Iterator[Running]:
    """The bare route with these options of gunicorn."""
    port = free_port()
    running = Running(f"http://127.0.0.1:{port}", "", None, {})
    environment: dict[str, Any] = {
        **os.environ,
        "BENCH_SIGNED_URL": f"{running.url}/webhooks/twilio/messages",
        "BENCH_TOKEN": TOKEN,
        "BENCH_DATABASE": str(folder / "bare.db"),
    }
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", *options, "bench.bare:create_app()"]
    with subprocess.Popen(command, env=environment, cwd=PROJECT) as process:
        try:
            wait_for(running.url, status=404)
            running.processes["web"] = process.pid
            yield running
        finally:
            process.terminate()
