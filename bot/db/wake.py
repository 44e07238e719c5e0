"""Waking a worker: at once by a signal within the process, by PostgreSQL's NOTIFY or by SQLite's version of its data,
and always by a slow poll behind them.

A wake-up carries nothing but itself: what is due is read from the rows.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from contextlib import closing

import structlog
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

CHANNEL = "sapa_due"
SLOW_POLL = 2.0
GLANCE_SECONDS = 0.01  # how often SQLite's data version is read: a few microseconds, no lock
RECONNECT_SECONDS = 1.0

log = structlog.get_logger()


def announce(session: Session) -> None:
    """Tell waiting workers, when this transaction commits, that something may be due (PostgreSQL; else nothing)."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"NOTIFY {CHANNEL}"))


class Alarm:
    """Wakes the threads of one process."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._rung = threading.Condition()
        self._count = 0
        self._stopped = False
        listen = self._listen if engine.dialect.name == "postgresql" else self._watch
        threading.Thread(target=listen, name="listen", daemon=True).start()

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
                self._rung.wait(min(max(seconds, 0.0), SLOW_POLL))

    def _listen(self) -> None:
        import psycopg  # 9 MB that a process on SQLite need not carry

        url = self._engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        while not self._stopped:
            try:
                with psycopg.connect(url, autocommit=True) as connection:
                    connection.execute(f"LISTEN {CHANNEL}")
                    self.ring()
                    while not self._stopped:
                        for _ in connection.notifies(timeout=SLOW_POLL, stop_after=1):
                            self.ring()
            except psycopg.Error as error:
                log.warning("listen_lost", kind=type(error).__name__)
                time.sleep(RECONNECT_SECONDS)

    def _watch(self) -> None:
        """Ring whenever anybody, in whatever process, has committed to the SQLite file."""
        version = None
        with closing(sqlite3.connect(str(self._engine.url.database), isolation_level=None)) as connection:
            while not self._stopped:
                (now,) = connection.execute("PRAGMA data_version").fetchone()
                if now != version:
                    version = now
                    self.ring()
                time.sleep(GLANCE_SECONDS)
