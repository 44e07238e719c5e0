"""Things to do later: one thread that waits, a few that work, so that a create never waits for a callback."""

from __future__ import annotations

import heapq
import itertools
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

logger = logging.getLogger(__name__)

Job = Callable[[], None]


class Timetable:
    def __init__(self, workers: int, name: str) -> None:
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix=name)
        self._due: list[tuple[float, int, Job, bool]] = []
        self._order = itertools.count()
        self._wake = threading.Condition()
        self._open = True
        self._pending = 0
        threading.Thread(target=self._wait, name=f"{name}-clock", daemon=True).start()

    @property
    def pending(self) -> int:
        """Jobs neither done nor failed."""
        return self._pending

    def at(self, when: float, job: Job, quick: bool = False) -> None:
        """Runs the job at this time (seconds since 1970), or at once when that is past.

        A ``quick`` one, which waits for nothing outside, is done by the waiting thread itself: a hand-over to
        a worker would cost more than the job."""
        with self._wake:
            self._pending += 1
            heapq.heappush(self._due, (when, next(self._order), job, quick))
            if self._due[0][2] is job:
                self._wake.notify()

    def close(self) -> None:
        """What is under way ends; what is not due yet is dropped."""
        with self._wake:
            self._open = False
            self._wake.notify()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _wait(self) -> None:
        while True:
            with self._wake:
                while self._open and (not self._due or self._due[0][0] > time.time()):
                    self._wake.wait(self._due[0][0] - time.time() if self._due else None)
                if not self._open:
                    return
                _, _, job, quick = heapq.heappop(self._due)
                if not quick:
                    self._pool.submit(self._run, job)
                    continue
            self._run(job)

    def _run(self, job: Job) -> None:
        try:
            job()
        except Exception:
            # The clock goes on: one message that stands still must not stop the others.
            logger.exception("stand_in_job_failed")
        finally:
            with self._wake:
                self._pending -= 1
