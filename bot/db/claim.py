"""Claiming due rows: the database is the queue, and this is how a worker takes from it.

A claim marks rows with a lease and commits, so that whoever crashes loses them when the lease runs out, or sooner,
when a successor on the same machine sees that the holder is gone. Rows are taken fairly between offices: the most
overdue of each, then the second of each, and so on.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Any

from sqlalchemy import ColumnElement, Integer, TextClause, and_, bindparam, case, func, or_, select, update
from sqlalchemy.orm import Session

from bot.models.base import UtcDateTime

Condition = ColumnElement[bool] | TextClause


class DueRows:
    """The rows of a table that come due: ``due`` is their due time, ``where`` what else must hold, ``values`` what a
    claim sets besides the lease.

    Make one a kind of row, once: building these statements costs several times what running them does.
    """

    def __init__(
        self,
        model: Any,
        due: str,
        where: Sequence[Condition] = (),
        values: Mapping[str, Any] | None = None,
    ) -> None:
        table = model.__table__
        now = bindparam("now", type_=UtcDateTime())
        due_at = table.c[due]
        free = and_(due_at <= now, or_(table.c.leased_until.is_(None), table.c.leased_until <= now), *where)
        place = func.row_number().over(partition_by=table.c.office_id, order_by=(due_at, table.c.id)).label("place")
        ranked = select(table.c.id, due_at.label("due"), place).where(free).subquery()
        order = (ranked.c.place, ranked.c.due, ranked.c.id)
        fair = select(ranked.c.id).order_by(*order).limit(bindparam("most", type_=Integer()))
        # the conditions once more: PostgreSQL checks them again on the row it locks
        locked = select(table.c.id).where(table.c.id.in_(fair), free).with_for_update(skip_locked=True)
        self._claim = (
            update(table)
            .where(table.c.id.in_(locked.scalar_subquery()))
            .values(lease=bindparam("token"), leased_until=bindparam("until"), **(values or {}))
            .returning(table.c.id, due_at)
        )
        later = case((table.c.leased_until > due_at, table.c.leased_until), else_=due_at)
        self._next = select(func.min(later)).where(due_at.is_not(None), *where)

    def claim(self, session: Session, *, now: datetime, lease_for: timedelta, most: int) -> tuple[str, list[int]]:
        """Lease up to ``most`` rows whose time has come and whose lease is free.

        Returns the lease's token and the ids, most overdue first, then the oldest. On PostgreSQL rows that another
        worker is just claiming are skipped, not waited for.
        """
        token = _new_lease()
        given = {"now": now, "most": most, "token": token, "until": now + lease_for}
        taken = session.connection().execute(self._claim, given).all()
        return token, [row_id for _, row_id in sorted((due_at, row_id) for row_id, due_at in taken)]

    def next(self, session: Session) -> datetime | None:
        """When the next row that nobody holds comes due; None when there is none."""
        found: datetime | None = session.connection().execute(self._next).scalar()
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
