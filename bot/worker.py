"""The worker: one thread answers what is due, one delivers, one leaves signs of life. It owns no state but rows,
so any number of workers may run, and any of them may be killed at any time."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from datetime import datetime

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.db.session import Database
from bot.db.wake import Alarm
from bot.desk import backlog, outbox, turns
from bot.flow.answer import Line, answer_due
from bot.flow.deliver import Delivery

log = structlog.get_logger()

BEAT_SECONDS = 5.0
AFTER_FAILURE = 1.0
FOREVER = 3600.0

KIND = "worker"


class Worker:
    """Runs the line's two loops until it is told to stop."""

    def __init__(self, line: Line, delivery: Delivery, alarm: Alarm) -> None:
        self._line = line
        self._delivery = delivery
        self._alarm = alarm
        self._stop = threading.Event()

    def run(self) -> None:
        """Work until SIGTERM or SIGINT; what is on its way is finished and recorded first."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stop())
        loops = [
            threading.Thread(target=self._loop, args=("answer", lambda: answer_due(self._line))),
            threading.Thread(target=self._loop, args=("deliver", self._delivery.step)),
        ]
        self._inherit()
        for loop in loops:
            loop.start()
        log.info("worker_started")
        while not self._stop.is_set():
            beat(self._line.database, KIND, self._line.now)
            self._stop.wait(BEAT_SECONDS)
        for loop in loops:
            loop.join()
        self._delivery.close()
        log.info("worker_stopped")

    def stop(self) -> None:
        self._stop.set()
        self._alarm.stop()

    def _inherit(self) -> None:
        with self._line.database.transaction() as session:
            turns.inherit(session, self._line.now())
            outbox.inherit(session, self._line.now())

    def _loop(self, name: str, step: Callable[[], datetime | None]) -> None:
        while not self._stop.is_set():
            seen = self._alarm.count
            try:
                next_due = step()
            except SQLAlchemyError as error:  # the database is away: everything owed is still in it
                log.error("database_unavailable", loop=name, error=type(error).__name__)
                self._stop.wait(AFTER_FAILURE)
                continue
            seconds = (next_due - self._line.now()).total_seconds() if next_due else FOREVER
            if seconds > 0:
                self._alarm.wait(seen, seconds)
            elif name == "answer":
                self._alarm.ring()  # replies may be due now


def beat(database: Database, kind: str, now: Callable[[], datetime]) -> None:
    """Leave a sign of life; a database that is away must not end the process."""
    try:
        with database.transaction() as session:
            backlog.beat(session, kind, now())
    except SQLAlchemyError as error:
        log.error("database_unavailable", loop="beat", error=type(error).__name__)
