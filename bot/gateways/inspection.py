"""Looks into files by a process of its own, which is started with the first file and ends when none come.

Why a process: decoders of pictures and PDFs are where hostile files strike, OCR's libraries take 300 MB that a worker
should not keep, and what runs away can be ended. This module imports none of them.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import structlog

from bot.contracts.files import FetchedFile, Inspection, Refusal
from bot.errors import FileRefused
from bot.inspection import wire

log = structlog.get_logger()

PATIENCE = 60.0  # seconds for one file that hangs; one that only computes is ended sooner, by its processor time
START_PATIENCE = 60.0  # more for the first: models are loaded
IDLE_SECONDS = 300.0
LARGEST_BYTES = 16 * 1024 * 1024
CODE_SECONDS = 5.0  # for a process that closed its pipe to end
PROJECT = Path(__file__).resolve().parents[2]
# all it gets of the environment: no secrets, and few threads and heaps, which keep memory small
ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
    "MALLOC_TRIM_THRESHOLD_": "1000000",
    "MALLOC_MMAP_THRESHOLD_": "1000000",
    "PYTHONDONTWRITEBYTECODE": "1",
    "LANG": "C.UTF-8",
}


Answer = tuple[dict[str, Any], list[bytes]]


class InspectionProcess:
    """An Inspector. Safe for many threads, which wait for each other: one file at a time, so that memory is bounded.

    ``knowledge``: the folder of documents.yml.
    """

    def __init__(self, knowledge: Path, *, patience: float = PATIENCE, idle: float = IDLE_SECONDS) -> None:
        self._command = [sys.executable, "-m", "bot.inspection", str(knowledge), str(idle)]
        self._patience = patience
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self.stages: dict[str, float] = {}

    @property
    def pid(self) -> int | None:
        """Of the process, when there is one."""
        process = self._process
        return process.pid if process and process.poll() is None else None

    def inspect(self, file: FetchedFile) -> Inspection:
        if not file.body:
            raise FileRefused(Refusal.EMPTY)
        if len(file.body) > LARGEST_BYTES:
            raise FileRefused(Refusal.BYTES)
        with self._turn:
            head, blobs = self._asked(file)
        if "refused" in head:
            if "at" in head:
                log.warning("inspection_failed", at=str(head["at"])[:120])
            raise FileRefused(_reason(head["refused"]))
        try:
            found = wire.unpacked(head, blobs)
            self.stages = {str(stage): float(seconds) for stage, seconds in head["stages"].items()}
        except (wire.WireBroken, KeyError, AttributeError, TypeError, ValueError):
            self.close()  # what answers so is not ours any more
            raise FileRefused(Refusal.COSTLY) from None
        return found

    def _asked(self, file: FetchedFile) -> Answer:
        """The answer, or a refusal when the process takes too long or dies of the file."""
        for _ in range(2):
            process, fresh = self._running()
            answer = self._exchange(process, file, self._patience + (START_PATIENCE if fresh else 0.0))
            if answer is not None and (fresh or not answer[0].get("memory")):
                return answer
            says_nothing = not fresh and (answer is not None or _code(process) == 0)
            self._end()
            if not says_nothing:
                break
            # it had just gone to sleep for want of files, or those before this one left its memory in pieces
        log.warning("inspection_process_ended", code=process.returncode)
        return {"refused": Refusal.COSTLY}, []

    def _running(self) -> tuple[subprocess.Popen[bytes], bool]:
        if self._process and self._process.poll() is None:
            return self._process, False
        self._end()
        self._process = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=PROJECT,
            start_new_session=True,  # what stops the worker's group must not look as if a file had done it
            env={**ENVIRONMENT, "PATH": os.defpath},
        )
        return self._process, True

    def _exchange(self, process: subprocess.Popen[bytes], file: FetchedFile, patience: float) -> Answer | None:
        # the pipes of a process that hangs block both ways; ending it frees whoever waits on them
        alarm = threading.Timer(patience, process.kill)
        alarm.daemon = True
        alarm.start()
        try:
            assert process.stdin
            assert process.stdout
            wire.send(process.stdin, {"content_type": file.content_type}, [file.body])
            return wire.receive(process.stdout)
        except (OSError, wire.WireBroken):
            return None
        finally:
            alarm.cancel()

    def close(self) -> None:
        with self._turn:
            self._end()

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                with suppress(OSError):  # what was still to be written goes nowhere
                    pipe.close()
        process.wait()


def _reason(said: Any) -> Refusal:
    return Refusal(said) if said in set(Refusal) else Refusal.COSTLY


def _code(process: subprocess.Popen[bytes]) -> int | None:
    """How it ended; None when it runs on and what it answers makes no sense."""
    with suppress(subprocess.TimeoutExpired):
        return process.wait(CODE_SECONDS)
    return None
