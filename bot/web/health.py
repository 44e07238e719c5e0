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


def health_blueprint(database: Database, reader: Reader, now: Callable[[], datetime]) -> Blueprint:
    """``/healthz`` and ``/readyz``."""
    door = Blueprint("health", __name__)
    pool = ThreadPoolExecutor(4, thread_name_prefix="health")

    @door.get("/healthz")
    def alive() -> Response:
        return jsonify(status="ok")

    @door.get("/readyz")
    def ready() -> tuple[Response, int]:
        checks: Mapping[str, Callable[[], bool]] = {
            "database": lambda: _answers(database),
            "nlu": reader.is_well,
            "worker": lambda: _beats(database, "worker", now()),
            "clock": lambda: _beats(database, "clock", now()),
        }
        running = {part: pool.submit(check) for part, check in checks.items()}
        wait(running.values(), timeout=ANSWER_WITHIN)
        well = {part: done.done() and done.exception() is None and done.result() for part, done in running.items()}
        down = [part for part, is_well in well.items() if not is_well]
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
