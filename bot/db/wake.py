"""Waking a worker: at once by a signal within the process or PostgreSQL's NOTIFY, and always by a slow poll.

NOTIFY carries nothing but the word: what is due is read from the rows.
"""

from __future__ import annotations

import threading
import time

import psycopg
import structlog
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

CHANNEL = "sapa_due"
POLL_SQLITE = 0.05
POLL_NOTIFIED = 2.0
RECONNECT_SECONDS = 1.0

log = structlog.get_logger()


def announce(session: Session) -> None:
    """Tell waiting workers, when this transaction commits, that something may be due (PostgreSQL; else nothing)."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"NOTIFY {CHANNEL}"))


class Alarm:
    """Wakes the threads of one process. ``longest`` is the slow poll behind every wait, in seconds."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._rung = threading.Condition()
        self._count = 0
        self._stopped = False
        self.longest = POLL_SQLITE
        if engine.dialect.name == "postgresql":
            self.longest = POLL_NOTIFIED
            threading.Thread(target=self._listen, name="listen", daemon=True).start()

    def ring(self) -> None:
        with self._rung:
            self._count += 1
            self._rung.notify_all()

    def stop(self) -> None:
        self._stopped = True
        self.ring()

    @property
    def count(self) -> int:
        """How often it rang; hand it to `wait`, so that a ring between looking and waiting is not missed."""
        return self._count

    def wait(self, seen: int, seconds: float) -> None:
        with self._rung:
            if self._count == seen and not self._stopped:
                self._rung.wait(min(max(seconds, 0.0), self.longest))

    def _listen(self) -> None:
        url = self._engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        while not self._stopped:
            try:
                with psycopg.connect(url, autocommit=True) as connection:
                    connection.execute(f"LISTEN {CHANNEL}")
                    self.ring()
                    while not self._stopped:
                        for _ in connection.notifies(timeout=POLL_NOTIFIED, stop_after=1):
                            self.ring()
            except psycopg.Error as error:
                log.warning("listen_lost", kind=type(error).__name__)
                time.sleep(RECONNECT_SECONDS)
