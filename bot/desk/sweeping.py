"""Removing sealed objects that no row knows: somebody stored them and died before the row was written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import islice

import structlog
from sqlalchemy import exists, select

from bot.db.session import Database
from bot.desk.vault import remove
from bot.gateways.base import Storage
from bot.models import VaultObject

log = structlog.get_logger()

OLD = timedelta(days=1)
"""By then the row is written, or whoever was to write it has lost its lease long ago."""
AT_ONCE = 500
FEW = 100


def holds_any(database: Database) -> bool:
    """Whether anything was ever kept and is there still."""
    with database.reading() as session:
        return bool(session.scalar(select(exists().select_from(VaultObject))))


def sweep(storage: Storage, database: Database, now: datetime) -> int:
    """Remove the objects older than a day that have no row; returns how many. Nobody could open them: the keys are in
    the rows.

    Where more are unknown than known, nothing is removed: then this is rather another installation's storage, or
    another day's database. Raises StorageBusy.
    """
    known, unknown, names = 0, list[str](), iter(storage.names(now - OLD))
    while some := list(islice(names, AT_ONCE)):
        lost = _without_row(database, some)
        known += len(some) - len(lost)
        unknown += lost
    if len(unknown) > max(FEW, known):
        log.error("vault_sweep_stopped", known=known, unknown=len(unknown))
        return 0
    remove(storage, unknown)
    if unknown:
        log.info("vault_swept", objects=len(unknown))
    return len(unknown)


def _without_row(database: Database, names: Sequence[str]) -> list[str]:
    with database.reading() as session:
        with_row = set(session.scalars(select(VaultObject.name).where(VaultObject.name.in_(names))))
    return [name for name in names if name not in with_row]
