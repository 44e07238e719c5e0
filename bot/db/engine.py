"""The engine for either database, with what each needs to be safe with several processes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url

BUSY_TIMEOUT_MS = 15_000
READ_ONLY = "sapa_read_only"
RENEWED_AFTER = 3600  # seconds; a connection reads the statistics of `bot.db.statistics` when it is opened
# a server that went away without a word must not hold a loop for ever
POSTGRESQL: dict[str, Any] = {
    "connect_timeout": 5,
    "options": "-c statement_timeout=20000 -c lock_timeout=10000",
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
}


def make_engine(url: str, pool_size: int = 8) -> Engine:
    """An engine for ``sqlite:///…`` or ``postgresql+psycopg://…``. A missing SQLite folder is made."""
    if make_url(url).get_backend_name() == "sqlite":
        return _sqlite(url, pool_size)
    return create_engine(
        url, pool_size=pool_size, max_overflow=4, pool_pre_ping=True, hide_parameters=True, connect_args=POSTGRESQL
    )


def _sqlite(url: str, pool_size: int) -> Engine:
    database = make_url(url).database
    if database and database != ":memory:":
        Path(database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=4,
        pool_recycle=RENEWED_AFTER,
        hide_parameters=True,
        connect_args={"timeout": BUSY_TIMEOUT_MS / 1000},
    )

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: object) -> None:
        # None: the driver opens no transaction of its own, so that ours may be IMMEDIATE
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=WAL")
        # FULL: a message we answered 200 for survives a power cut
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A deferred transaction that reads and then writes fails with SQLITE_BUSY_SNAPSHOT under load, which
        # busy_timeout does not cure: whoever may write takes the write lock at the start.
        read_only = connection.get_execution_options().get(READ_ONLY, False)
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return engine
