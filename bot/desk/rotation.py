"""Changing the master key: every data key and secret is sealed anew by the current one; objects stay as they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import structlog
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.desk import marks, vault
from bot.errors import VaultSealed
from bot.models import VaultObject, VaultSecret
from bot.sealing import MasterKeys, WrappedKey, unwrap, wrap

log = structlog.get_logger()

AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Step:
    """``last_id``: where the next step goes on; None: that was all."""

    rewrapped: int
    last_id: int | None


def rewrap_objects(session: Session, keys: MasterKeys, after_id: int) -> Step:
    """The next data keys, in the caller's transaction: a stop between two leaves rows under either key, and both are
    had until the end. Those that neither key opens stay as they are."""
    found = session.scalars(
        select(VaultObject)
        .where(VaultObject.id > after_id, VaultObject.key_id != keys.current_id)
        .order_by(VaultObject.id)
        .limit(AT_ONCE)
        .with_for_update()
    ).all()
    rewrapped = 0
    for row in found:
        bound = vault.belongs_to(row.office_id, row.attachment_id, row.part)
        new = _again(keys, WrappedKey(row.wrapped_key, row.key_id), bound, vault_object=row.id)
        if new:
            row.wrapped_key, row.key_id = new.sealed, new.key_id
            rewrapped += 1
    return Step(rewrapped, found[-1].id if found else None)


def rewrap_secrets(session: Session, keys: MasterKeys) -> int:
    """All secrets, in the caller's transaction; returns how many."""
    rewrapped = 0
    for row in session.scalars(select(VaultSecret).where(VaultSecret.key_id != keys.current_id).with_for_update()):
        new = _again(keys, WrappedKey(row.wrapped, row.key_id), marks.bound_to(row.purpose), secret=row.purpose)
        if new:
            row.wrapped, row.key_id = new.sealed, new.key_id
            rewrapped += 1
    return rewrapped


def left_behind(session: Session, keys: MasterKeys) -> int:
    """How many data keys and secrets are not under the current key."""
    counted = [
        session.scalar(select(func.count()).select_from(model).where(model.key_id != keys.current_id)) or 0
        for model in (VaultObject, VaultSecret)
    ]
    return sum(counted)


def _again(keys: MasterKeys, held: WrappedKey, bound: str, **row: Any) -> WrappedKey | None:
    try:
        return wrap(keys, unwrap(keys, held, bound), bound)
    except VaultSealed as error:
        log.error("vault_key_not_opened", error=type(error).__name__, **row)
        return None
