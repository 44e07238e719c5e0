"""The model in use, and its replacement by a newer one while requests go on."""

from __future__ import annotations

import asyncio
import ctypes
import gc
import signal
from contextlib import suppress
from pathlib import Path
from typing import Any

from nlu.model import Model

LOOK_EVERY_SECONDS = 2.0


class Reader:
    """Reads with the model of ``archive``; ``watch`` takes a new file there into use.

    The new model is loaded and tried in a thread while the old one answers; the exchange itself is one assignment
    on the event loop between two requests, so none is dropped. A file that cannot be used is told and left alone.
    """

    def __init__(self, archive: Path) -> None:
        self._archive = archive
        self._mark = mark(archive)
        self._model = Model(archive)
        give_back()

    @property
    def model_id(self) -> str:
        return self._model.id

    @property
    def model_name(self) -> str:
        return self._archive.name

    def parse(self, texts: list[str]) -> list[dict[str, Any]]:
        return self._model.parse(texts)

    async def watch(self) -> None:
        """Looks every two seconds, and at once after SIGHUP."""
        called = asyncio.Event()
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGHUP, called.set)
        while True:
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(called.wait(), LOOK_EVERY_SECONDS)
            called.clear()
            now = mark(self._archive)
            if now is not None and now != self._mark:
                self._mark = now
                await self._exchange(loop)

    async def _exchange(self, loop: asyncio.AbstractEventLoop) -> None:
        try:
            self._model = await loop.run_in_executor(None, tried, self._archive)
        except Exception as error:  # whatever a wrong file raises: the old model goes on reading
            print(
                f"nlu: the new {self._archive.name} cannot be used ({type(error).__name__}); kept the old", flush=True
            )
        else:
            give_back()
            print(f"nlu: model {self._model.id} in use", flush=True)


def keep_little() -> None:
    """Have freed memory go back to the system at once, rather than wait in the allocator for the next large batch."""
    with suppress(OSError, AttributeError):  # glibc only; the numbers are its M_ARENA_MAX, M_TRIM_, M_MMAP_THRESHOLD
        libc = ctypes.CDLL("libc.so.6")
        for option, value in ((-8, 2), (-1, 131_072), (-3, 131_072)):
            libc.mallopt(option, value)


def give_back() -> None:
    """Hand what unpacking a model left behind back to the system: a village office's PC has little memory."""
    gc.collect()
    with suppress(OSError, AttributeError):  # glibc only
        ctypes.CDLL("libc.so.6").malloc_trim(0)


def mark(archive: Path) -> tuple[int, int, int] | None:
    """Another one for each file that was put there; None while there is none."""
    try:
        told = archive.stat()
    except OSError:
        return None
    return told.st_ino, told.st_mtime_ns, told.st_size


def tried(archive: Path) -> Model:
    model = Model(archive)
    model.parse(["halo", "syarat ktp hilang"])
    return model
