"""Claiming due rows: the database is the queue, and this is how a worker takes from it.

A claim marks rows with a lease and commits, so that whoever crashes loses them when the lease runs out. Rows are
taken fairly between offices: the most overdue of each, then the second of each, and so on.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session


def claim(
    session: Session,
    model: Any,
    due: InstrumentedAttribute[Any],
    extra: Sequence[ColumnElement[bool]],
    *,
    now: datetime,
    lease_for: timedelta,
    limit: int,
    values: dict[str, Any] | None = None,
) -> tuple[str, list[int]]:
    """Lease up to ``limit`` rows of ``model`` whose ``due`` has come, whose lease is free and ``extra`` holds.

    ``values`` are set on them as well. Returns the lease's token and the ids, most overdue first. On PostgreSQL
    rows that another worker is just claiming are skipped, not waited for.
    """
    token = uuid4().hex
    free = and_(due <= now, or_(model.leased_until.is_(None), model.leased_until <= now), *extra)
    ranked = (
        select(model.id, due.label("due"), _place_in_office(model, due)).where(free).order_by(due).limit(limit * 8)
    ).subquery()
    fair = select(ranked.c.id).order_by(ranked.c.place, ranked.c.due).limit(limit)
    # the conditions once more: PostgreSQL checks them again on the row it locks
    locked = select(model.id).where(model.id.in_(fair), free).with_for_update(skip_locked=True)
    taken = session.execute(
        update(model)
        .where(model.id.in_(locked.scalar_subquery()))
        .values(lease=token, leased_until=now + lease_for, **(values or {}))
        .returning(model.id, due)
        .execution_options(synchronize_session=False)
    ).all()
    return token, [row[0] for row in sorted(taken, key=lambda row: row[1])]


def next_due(
    session: Session, model: Any, due: InstrumentedAttribute[Any], extra: Sequence[ColumnElement[bool]]
) -> datetime | None:
    """When the next row that nobody holds comes due; None when there is none."""
    found: datetime | None = session.scalar(
        select(func.min(func.coalesce(model.leased_until, due))).where(due.is_not(None), *extra)
    )
    return found


def _place_in_office(model: Any, due: InstrumentedAttribute[Any]) -> ColumnElement[int]:
    return func.row_number().over(partition_by=model.office_id, order_by=due).label("place")
