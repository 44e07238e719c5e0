"""Health: is this process alive, and can the installation do its work?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import datetime, timedelta

from flask import Blueprint, Response, jsonify

from bot.db.session import Database
from bot.desk import backlog
from bot.gateways.base import Reader

SILENT_AFTER = timedelta(seconds=20)  # four missed signs of life
ANSWER_WITHIN = 0.8  # seconds for all checks together


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

    def down(self) -> list[str]:
        """The PARTS that do not work, or did not say in time."""
        running = {part: self._pool.submit(self._checks[part]) for part in PARTS}
        wait(running.values(), timeout=ANSWER_WITHIN)
        return [part for part, done in running.items() if not (done.done() and not done.exception() and done.result())]


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
