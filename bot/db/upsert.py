"""Inserting a row that may be there already, on either database."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session


def insert_new(session: Session, model: Any, **values: Any) -> int | None:
    """Insert unless a unique key is taken. Returns the new row's id, or None when it was there already."""
    statement = _unless_taken(model, session.get_bind().dialect.name, "id")
    new_id: int | None = session.connection().execute(statement, values).scalar()
    return new_id


def ensure(session: Session, model: Any, **values: Any) -> None:
    """Insert a row unless its key is taken."""
    session.connection().execute(_unless_taken(model, session.get_bind().dialect.name, None), values)


@cache
def _unless_taken(model: Any, dialect: str, returning: str | None) -> Any:
    # built once: building a statement costs more than running it on SQLite
    table = model.__table__
    insert = (postgresql if dialect == "postgresql" else sqlite).insert(table).on_conflict_do_nothing()
    column: ColumnElement[Any] | None = table.c[returning] if returning else None
    return insert if column is None else insert.returning(column)
