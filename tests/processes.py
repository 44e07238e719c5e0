"""Sapa's own processes, started as an administrator would start them, for tests that kill them and for the bench."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import requests

from bot.settings import PROJECT

SAPA = Path(sys.executable).with_name("sapa")
STARTS_WITHIN = 120.0  # seconds; a machine that does nothing else takes three


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Process:
    """One ``sapa`` command, which may be killed and started again. ``program``: what stands for ``sapa``."""

    def __init__(
        self, command: str, environment: Mapping[str, str], log: Path, program: Sequence[str | Path] = (SAPA,)
    ) -> None:
        self.command = command
        self._program = program
        self._environment = {**os.environ, **environment}
        self._log = log
        self._running: subprocess.Popen[bytes] | None = None
        self.kills = 0

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._running = subprocess.Popen(
                [*self._program, self.command],
                env=self._environment,
                cwd=PROJECT,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        assert self._running is not None
        return self._running.pid

    def kill(self) -> None:
        """SIGKILL to the process and its children: no chance to clean up."""
        self._end(signal.SIGKILL)
        self.kills += 1

    def stop(self) -> None:
        """SIGTERM, as an administrator stops it."""
        if self._running is not None:
            self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        assert self._running is not None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._running.pid, how)
        self._running.wait(timeout=15)
        self._running = None


def wait_for(url: str, status: int = 200, within: float = STARTS_WITHIN) -> None:
    """Until this address answers with this status."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        try:
            if requests.get(url, timeout=2).status_code == status:
                return
        except requests.RequestException:
            pass
        time.sleep(0.05)
    raise TimeoutError(f"no {status} within {within:g} s")
