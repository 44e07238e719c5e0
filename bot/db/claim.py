"""Claiming due rows: the database is the queue, and this is how a worker takes from it.

A claim marks rows with a lease and commits, so that whoever crashes loses them when the lease runs out, or sooner,
when a successor on the same machine sees that the holder is gone. Rows are taken fairly between offices: the most
overdue of each, then the second of each, and so on.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Any

from sqlalchemy import ColumnElement, TextClause, and_, case, func, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session


def claim(
    session: Session,
    model: Any,
    due: InstrumentedAttribute[Any],
    extra: Sequence[ColumnElement[bool] | TextClause],
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
    token = _new_lease()
    free = and_(due <= now, or_(model.leased_until.is_(None), model.leased_until <= now), *extra)
    ranked = (select(model.id, due.label("due"), _place_in_office(model, due)).where(free)).subquery()
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
    session: Session, model: Any, due: InstrumentedAttribute[Any], extra: Sequence[ColumnElement[bool] | TextClause]
) -> datetime | None:
    """When the next row that nobody holds comes due; None when there is none."""
    later = case((model.leased_until > due, model.leased_until), else_=due)
    found: datetime | None = session.scalar(select(func.min(later)).where(due.is_not(None), *extra))
    return found


def release_dead(session: Session, model: Any, until: datetime) -> int:
    """Cut the leases of this machine's dead processes short to ``until``. Call at a process's start.
    Returns the number of rows."""
    held = session.scalars(select(model.lease).where(model.lease.startswith(f"{_machine()}.")).distinct())
    dead = [lease for lease in held if not _is_alive(int(lease.split(".")[1]), lease.split(".")[2])]
    released = session.execute(
        update(model)
        .where(model.lease.in_(dead), model.leased_until > until)
        .values(leased_until=until)
        .returning(model.id)
        .execution_options(synchronize_session=False)
    )
    return len(released.all())


def _new_lease() -> str:
    return f"{_machine()}.{os.getpid()}.{_started(os.getpid())}.{token_hex(4)}"


@cache
def _machine() -> str:
    """This machine since it was switched on: two containers of one name must not look alike, nor a pid of before."""
    boot = Path("/proc/sys/kernel/random/boot_id")
    known = f"{socket.gethostname()} {boot.read_text() if boot.exists() else ''} {os.stat('/').st_ino}"
    return sha256(known.encode()).hexdigest()[:12]


def _started(pid: int) -> str:
    """When a process began, in the kernel's ticks; '' where that cannot be told or there is no such process."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[19]
    except (OSError, IndexError):
        return ""


def _is_alive(pid: int, started: str) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return _started(pid) == started


def _place_in_office(model: Any, due: InstrumentedAttribute[Any]) -> ColumnElement[int]:
    return func.row_number().over(partition_by=model.office_id, order_by=due).label("place")
