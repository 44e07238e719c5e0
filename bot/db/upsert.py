"""Inserting a row that may be there already, on either database."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session


def insert_new(session: Session, model: Any, *, taken_by: tuple[str, ...], **values: Any) -> int | None:
    """Insert unless the unique key ``taken_by`` is taken. Returns the new row's id, or None when it was there."""
    statement = _unless_taken(model, session.get_bind().dialect.name, taken_by, returning=True)
    new_id: int | None = session.connection().execute(statement, values).scalar()
    return new_id


def ensure(session: Session, model: Any, *, taken_by: tuple[str, ...], **values: Any) -> None:
    """Insert a row unless the unique key ``taken_by`` is taken."""
    statement = _unless_taken(model, session.get_bind().dialect.name, taken_by, returning=False)
    session.connection().execute(statement, values)


@cache
def _unless_taken(model: Any, dialect: str, taken_by: tuple[str, ...], returning: bool) -> Any:
    # built once: building a statement costs more than running it on SQLite
    table = model.__table__
    insert = (postgresql if dialect == "postgresql" else sqlite).insert(table)
    insert = insert.on_conflict_do_nothing(index_elements=[table.c[name] for name in taken_by])
    return insert.returning(table.c.id) if returning else insert
