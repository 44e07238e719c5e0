"""Health: is this process alive, and can the installation do its work?"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import datetime, timedelta
from threading import Lock

from flask import Blueprint, Response, jsonify

from bot.db.session import Database
from bot.desk import backlog
from bot.gateways.base import Reader

SILENT_AFTER = timedelta(seconds=20)  # four missed signs of life
ANSWER_WITHIN = 0.8  # seconds for all checks together
LATELY = 5.0  # seconds that an answer is good for, for pages: the NLU is asked for news by none of them


PARTS = ("database", "nlu", "worker", "clock")


class Health:
    """Asks every part at once, since a silent one must not make the answer late."""

    def __init__(self, database: Database, reader: Reader, now: Callable[[], datetime]) -> None:
        self._checks: Mapping[str, Callable[[], bool]] = {
            "database": lambda: _answers(database),
            "nlu": reader.is_well,
            "worker": lambda: _beats(database, "worker", now()),
            "clock": lambda: _beats(database, "clock", now()),
        }
        self._pool = ThreadPoolExecutor(len(PARTS), thread_name_prefix="health")
        self._one = Lock()
        self._last: list[str] = []
        self._last_at: float | None = None

    def down(self) -> list[str]:
        """The PARTS that do not work, or did not say in time."""
        running = {part: self._pool.submit(self._checks[part]) for part in PARTS}
        wait(running.values(), timeout=ANSWER_WITHIN)
        return [part for part, done in running.items() if not (done.done() and not done.exception() and done.result())]

    def lately_down(self) -> list[str]:
        """As `down`, asked anew every few seconds at most, however many pages are open."""
        with self._one:
            if self._last_at is None or time.monotonic() - self._last_at > LATELY:
                self._last, self._last_at = self.down(), time.monotonic()
            return self._last


def health_blueprint(health: Health) -> Blueprint:
    """``/healthz`` and ``/readyz``."""
    door = Blueprint("health", __name__)

    @door.get("/healthz")
    def alive() -> Response:
        return jsonify(status="ok")

    @door.get("/readyz")
    def ready() -> tuple[Response, int]:
        down = health.down()
        return jsonify(status="down" if down else "ok", down=down), 503 if down else 200

    return door


def _answers(database: Database) -> bool:
    with database.reading() as session:
        backlog.last_beat(session, "worker")
    return True


def _beats(database: Database, kind: str, now: datetime) -> bool:
    with database.reading() as session:
        last = backlog.last_beat(session, kind)
    return last is not None and now - last < SILENT_AFTER
