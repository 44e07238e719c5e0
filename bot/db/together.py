"""Several small writes in one transaction: one commit, each as if alone.

SQLite lets one transaction write at a time, and each commit waits for the disk. Threads that come while one is
writing hand their work to whoever writes next: a busy webhook commits once for many messages, each as durable as
by itself. A work that fails takes nobody with it: the batch is rolled back and each is done alone. A
database that is locked or away fails the whole batch at once: waiting for it once more each would help nobody.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any, TypeVar

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

T = TypeVar("T")
Item = TypeVar("Item")
Work = Callable[[Session], T]
WorkOnMany = Callable[[Session, Sequence[Item]], None]

MOST = 64


class _Waiting:
    def __init__(self, work: Work[Any]) -> None:
        self.work = work
        self.done = False
        self.value: Any = None
        self.error: Exception | None = None


class Together:
    """``transaction`` opens a session that commits at its end."""

    def __init__(self, transaction: Callable[[], AbstractContextManager[Session]]) -> None:
        self._transaction = transaction
        self._queue: deque[_Waiting] = deque()
        self._writer = threading.Lock()

    def run(self, work: Work[T]) -> T:
        """The result of ``work``, committed; raises what it raised, and then nothing of it stays.

        ``work`` may be called twice and must do nothing but write rows.
        """
        mine = _Waiting(work)
        self._queue.append(mine)
        with self._writer:
            while not mine.done:
                self._write([self._queue.popleft() for _ in range(min(len(self._queue), MOST))])
        if mine.error is not None:
            raise mine.error
        result: T = mine.value
        return result

    def run_all(self, items: Sequence[Item], work: WorkOnMany[Item]) -> list[Exception | None]:
        """Write a caller's items with one commit; where that fails, each by itself. What each raised, None: nothing."""
        if not items:
            return []
        try:
            with self._transaction() as session:
                work(session, items)
        except Exception as error:
            if len(items) == 1 or isinstance(error, OperationalError):
                return [error for _ in items]
            return [raised for item in items for raised in self.run_all([item], work)]
        return [None for _ in items]

    def _write(self, batch: list[_Waiting]) -> None:
        try:
            with self._transaction() as session:
                for waiting in batch:
                    waiting.value = waiting.work(session)
        except Exception as error:
            if len(batch) > 1 and not isinstance(error, OperationalError):
                for waiting in batch:
                    self._write([waiting])
                return
            for waiting in batch:
                waiting.error = error
        for waiting in batch:
            waiting.done = True
