"""Inserting a row that may be there already, on either database."""

from __future__ import annotations

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session


def insert_new(session: Session, model: Any, **values: Any) -> int | None:
    """Insert unless a unique key is taken. Returns the new row's id, or None when it was there already."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    table = model.__table__
    statement = dialect.insert(table).values(**values).on_conflict_do_nothing().returning(table.c.id)
    new_id: int | None = session.connection().execute(statement).scalar()
    return new_id


def ensure(session: Session, model: Any, **key: Any) -> None:
    """Insert a row that consists of its primary key and defaults, unless it is there already."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    session.connection().execute(dialect.insert(model.__table__).values(**key).on_conflict_do_nothing())
