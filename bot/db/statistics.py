"""What the database knows of its own rows, by which it chooses its ways to them.

Without it SQLite takes any index for a good one, and reads all messages of an office to find those of fifty
conversations. PostgreSQL looks by itself (autovacuum).
"""

from __future__ import annotations

from bot.db.session import Database

_ROWS_LOOKED_AT = 1000  # of an index, as https://sqlite.org/lang_analyze.html advises for large databases


def refresh_statistics(database: Database) -> None:
    """Look again at a small share of each table's rows, for milliseconds. Connections that are open learn of it when
    they are renewed (`bot.db.engine`)."""
    if not database.is_sqlite:
        return
    with database.transaction() as session:
        connection = session.connection()
        connection.exec_driver_sql(f"PRAGMA analysis_limit={_ROWS_LOOKED_AT}")
        connection.exec_driver_sql("ANALYZE")
