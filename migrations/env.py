"""Alembic's entry: the schema of the database that SAPA_DATABASE_URL names, or of the connection handed in."""

from __future__ import annotations

from typing import Any

from alembic import context
from sqlalchemy import Connection, TypeDecorator

from bot.db.engine import make_engine
from bot.models import Base
from bot.settings import read_settings


def as_plain_type(kind: str, item: Any, _context: object) -> str | bool:
    """Our column types as the plain ones beneath: an old migration must not change with the code."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        render_item=as_plain_type,
    )
    with context.begin_transaction():
        context.run_migrations()


given: Connection | None = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    with make_engine(read_settings().sqlalchemy_url).begin() as own:
        migrate(own)
