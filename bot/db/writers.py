"""The queue of writers before a SQLite file."""

from __future__ import annotations

import fcntl
import os
import threading


class WritersQueue:
    """Lets one writer in at a time, over threads and processes.

    SQLite itself makes writers wait by sleeping ever longer, while the lock may stand free; the kernel wakes the next
    one at once, and frees the lock of a process that dies.
    """

    def __init__(self, path: str) -> None:
        self._threads = threading.Lock()
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def __enter__(self) -> None:
        self._threads.acquire()
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        fcntl.flock(self._file, fcntl.LOCK_UN)
        self._threads.release()

    def __del__(self) -> None:
        os.close(self._file)
