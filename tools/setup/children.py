"""Child processes of set-up: each in a group of its own, so that a stop leaves none behind."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import suppress
from pathlib import Path

from tools.setup.console import say
from tools.setup.place import ROOT, STATE, environment
from tools.setup.stop import SetupStopped, reason

_lock = threading.Lock()
_live: set[subprocess.Popen[str]] = set()
_stopping = threading.Event()


def run(
    what: str, *command: str | Path, log: str, cwd: Path = ROOT,
    env: Mapping[str, str] | None = None, show: bool = False,
) -> None:  # fmt: skip
    """Run ``command`` to its end, its output in ``var/setup/<log>.log`` (and on the screen with ``show``).

    Raises SetupStopped with a sentence when it fails.
    """
    STATE.mkdir(parents=True, exist_ok=True)
    path = STATE / f"{log}.log"
    with path.open("w", encoding="utf-8") as kept:
        child = _start(command, cwd, env)
        try:
            for line in child.stdout or ():
                kept.write(line)
                if show and line.strip():
                    say(f"    {line.rstrip()}")
            code = child.wait()
        finally:
            with _lock:
                _live.discard(child)
    if code:
        raise reason(what, path)


def _start(command: Sequence[str | Path], cwd: Path, env: Mapping[str, str] | None) -> subprocess.Popen[str]:
    with _lock:
        if _stopping.is_set():
            raise SetupStopped("Stopped.")
        child = subprocess.Popen(
            [str(word) for word in command], cwd=cwd, env=dict(env or environment()), start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, errors="replace",
        )  # fmt: skip
        _live.add(child)
        return child


def side_by_side(*chains: Callable[[], None]) -> None:
    """Run the chains at the same time. The first to fail stops the others, and its error is raised."""
    with ThreadPoolExecutor(len(chains)) as pool:
        try:  # also a stop that comes while the chains are being started
            futures = [pool.submit(chain) for chain in chains]
            done, _ = wait(futures, return_when=FIRST_EXCEPTION)
            failed = [error for future in done if (error := future.exception())]
            if failed:
                raise failed[0]
        except BaseException:
            stop_all()
            raise


def stop_all() -> None:
    """End every child with its whole group; no new one may start."""
    with _lock:
        _stopping.set()
        children = list(_live)
    for number in (signal.SIGTERM, signal.SIGKILL):
        for child in children:
            _signal_group(child, number)
        for child in children:
            _wait(child)


def _signal_group(child: subprocess.Popen[str], number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(child.pid, number)


def _wait(child: subprocess.Popen[str]) -> None:
    with suppress(subprocess.TimeoutExpired):
        child.wait(timeout=5)
