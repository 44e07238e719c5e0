"""Alembic's entry: the schema of the database that SAPA_DATABASE_URL names, or of the connection handed in."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from bot.db.engine import make_engine
from bot.models import Base
from bot.settings import read_settings


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        user_module_prefix="bot.models.base.",
    )
    with context.begin_transaction():
        context.run_migrations()


given: Connection | None = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    with make_engine(read_settings().sqlalchemy_url).begin() as own:
        migrate(own)
