"""The worker: one thread answers what is due, one delivers, one fetches and checks files, one leaves signs of life. It
owns no state but rows, so any number of workers may run, and any of them may be killed at any time."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable
from datetime import datetime

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.db.session import Database
from bot.db.wake import Alarm
from bot.desk import backlog, fetched, outbox, turns
from bot.errors import where
from bot.flow.answer import Line, answer_due
from bot.flow.deliver import Delivery
from bot.flow.fetch import Fetching, fetch_due

log = structlog.get_logger()

BEAT_SECONDS = 5.0
AFTER_FAILURE = 1.0
FOREVER = 3600.0

KIND = "worker"
DELIVER = "deliver"
LOOPS = {"answer": 60.0, DELIVER: 60.0, "files": 300.0}
"""Name → seconds after which it is stuck: a round waits at most for the NLU's time-outs, that of files for those of a
batch of them."""
REST = {"files": 0.2}
"""Seconds between two looks where nobody feels them: a busy worker is woken a hundred times a second."""


class Worker:
    """Runs the line's three loops until it is told to stop."""

    def __init__(self, line: Line, delivery: Delivery, fetching: Fetching, alarm: Alarm) -> None:
        self._line = line
        self._delivery = delivery
        self._fetching = fetching
        self._alarm = alarm
        self._stop = threading.Event()
        self._last_round: dict[str, float] = {}

    def run(self) -> None:
        """Work until SIGTERM or SIGINT; what is on its way is finished and recorded first."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stop())
        steps = dict(zip(LOOPS, self._steps(), strict=True))
        loops = [threading.Thread(target=self._loop, args=item) for item in steps.items()]
        self._inherit()
        for loop in loops:
            loop.start()
        log.info("worker_started")
        while not self._stop.is_set():
            if self._goes_round():
                beat(self._line.database, KIND, self._line.now)
            self._stop.wait(BEAT_SECONDS)
        for loop in loops:
            loop.join()
        self._delivery.close()
        self._fetching.close()
        log.info("worker_stopped")

    def _steps(self) -> tuple[Callable[[], datetime | None], ...]:
        return (lambda: answer_due(self._line), self._delivery.step, lambda: fetch_due(self._fetching))

    def stop(self) -> None:
        self._stop.set()
        self._alarm.stop()

    def _inherit(self) -> None:
        try:
            with self._line.database.transaction() as session:
                turns.inherit(session, self._line.now())
                outbox.inherit(session, self._line.now())
                fetched.inherit(session, self._line.now())
        except SQLAlchemyError as error:  # the leases run out by themselves
            log.error("database_unavailable", loop="inherit", error=type(error).__name__)

    def _goes_round(self) -> bool:
        """Whether all loops came round lately: a worker with a stuck loop must not look alive."""
        now = time.monotonic()
        return all(now - self._last_round.get(name, 0.0) < stuck for name, stuck in LOOPS.items())

    def _loop(self, name: str, step: Callable[[], datetime | None]) -> None:
        while not self._stop.is_set():
            seen = self._alarm.count
            try:
                next_due = step()
            except Exception as error:  # whatever it is, everything owed is still in the database: go on
                log.error("round_failed", loop=name, error=type(error).__name__, where=where(error))
                self._stop.wait(AFTER_FAILURE)
                continue
            self._last_round[name] = time.monotonic()
            seconds = (next_due - self._line.now()).total_seconds() if next_due else FOREVER
            if seconds > 0:
                self._alarm.wait(seen, seconds)
                self._stop.wait(min(REST.get(name, 0.0), seconds))
            elif name != DELIVER:
                self._alarm.ring()  # replies may be due now, or an answer that waited for its pictures


def beat(database: Database, kind: str, now: Callable[[], datetime]) -> None:
    """Leave a sign of life; a database that is away must not end the process."""
    try:
        with database.transaction() as session:
            backlog.beat(session, kind, now())
    except SQLAlchemyError as error:
        log.error("database_unavailable", loop="beat", error=type(error).__name__)
