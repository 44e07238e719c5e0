"""What opens an account: password, second factor, recovery codes, and the lock after too many wrong ones.

An account is a person's, not an office's; each fact is told to every office they serve in, as an event without
personal data.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import CursorResult, or_, select, update
from sqlalchemy.orm import Session

from bot.contracts import Actor, EventKind
from bot.desk.events import fact, record
from bot.models import Office, Post, Staff

WRONG_BEFORE_LOCK = 5
FIRST_LOCK = timedelta(minutes=1)
LONGEST_LOCK = timedelta(hours=1)
IN_PLACE = {"synchronize_session": False}


@dataclass(frozen=True, slots=True)
class Seat:
    """An active post, and the name, prefix and time zone of the office it is in."""

    actor: Actor
    office: str
    prefix: str
    zone: ZoneInfo


def find_staff(session: Session, column: str, value: object) -> Staff | None:
    """The account with this ``email`` (lower case), ``fs_uniquifier`` or ``id``."""
    return session.scalar(select(Staff).where(getattr(Staff, column) == value))


def seats(session: Session, staff_id: int) -> tuple[Seat, ...]:
    """Where a person serves, the longest-held post first."""
    rows = session.execute(
        select(Post, Office.name, Office.prefix, Office.time_zone)
        .join(Office, Office.id == Post.office_id)
        .where(Post.staff_id == staff_id, Post.active)
        .order_by(Post.id)
    )
    return tuple(
        Seat(Actor(post.id, post.office_id, post.role), office, prefix, ZoneInfo(zone))
        for post, office, prefix, zone in rows
    )


def signed_in(session: Session, staff_id: int, now: datetime) -> None:
    """All factors were right: what was wrong before is forgiven."""
    session.execute(
        update(Staff).where(Staff.id == staff_id).values(failed_logins=0, locked_until=None), execution_options=IN_PLACE
    )
    tell_offices(session, staff_id, "signed_in", now)


def was_wrong(session: Session, staff_id: int, now: datetime) -> None:
    """A wrong password or code. From the fifth in a row on, each locks the account for twice as long as the one before,
    up to an hour; tries while it is locked count for nothing, so nobody can be locked out for good."""
    wrong = session.scalar(
        update(Staff)
        .where(Staff.id == staff_id, or_(Staff.locked_until.is_(None), Staff.locked_until <= now))
        .values(failed_logins=Staff.failed_logins + 1)
        .returning(Staff.failed_logins),
        execution_options=IN_PLACE,
    )
    if wrong is None or wrong < WRONG_BEFORE_LOCK:
        return
    session.execute(
        update(Staff).where(Staff.id == staff_id).values(locked_until=now + lock_after(wrong)),
        execution_options=IN_PLACE,
    )
    tell_offices(session, staff_id, "locked", now, actor="line")


def lock_after(wrong: int) -> timedelta:
    """How long this many wrong tries in a row lock: 1, 2, 4, … minutes, an hour at most."""
    minutes: int = 1 << min(wrong - WRONG_BEFORE_LOCK, 10)
    return min(FIRST_LOCK * minutes, LONGEST_LOCK)


def save(session: Session, staff_id: int, now: datetime, what: str, **columns: Any) -> None:
    """Change an account by its own person's will. ``what`` is the event's code."""
    session.execute(update(Staff).where(Staff.id == staff_id).values(**columns), execution_options=IN_PLACE)
    tell_offices(session, staff_id, what, now)


def use_step(session: Session, staff_id: int, step: int) -> bool:
    """Take a one-time code's time step; False when that code, or a later one, was used before."""
    fresh = or_(Staff.tf_last_counter.is_(None), Staff.tf_last_counter < step)
    return _changed(session, update(Staff).where(Staff.id == staff_id, fresh).values(tf_last_counter=step))


def use_recovery_code(session: Session, staff_id: int, code: str, now: datetime) -> bool:
    """Take a recovery code, as it is stored; False when another request took it first."""
    staff = session.get_one(Staff, staff_id, with_for_update=True)
    left = [one for one in staff.mf_recovery_codes or () if one != code]
    if len(left) == len(staff.mf_recovery_codes or ()):
        return False
    staff.mf_recovery_codes = left
    tell_offices(session, staff_id, "recovery_code_used", now)
    return True


def set_password_once(
    session: Session, staff_id: int, *, before: str, after: str, password: str, now: datetime
) -> bool:
    """Follow a link: the new password (hashed), and no lock any more. ``before`` and ``after`` are the account's
    ``fs_uniquifier``: it changes, so the link opens once and every session ends. False when it was used already."""
    changed = _changed(
        session,
        update(Staff)
        .where(Staff.id == staff_id, Staff.fs_uniquifier == before, Staff.active)
        .values(fs_uniquifier=after, password=password, failed_logins=0, locked_until=None),
    )
    if changed:
        tell_offices(session, staff_id, "link_used", now)
    return changed


def tell_offices(session: Session, staff_id: int, what: str, now: datetime, *, actor: str = "", **data: Any) -> None:
    """One event in each office where the person serves; their own deed unless ``actor`` says otherwise."""
    for seat in seats(session, staff_id):
        record(
            session,
            fact(
                EventKind.STAFF,
                office_id=seat.actor.office_id,
                at=now,
                actor=actor or seat.actor.name,
                subject=f"post:{seat.actor.post_id}",
                what=what,
                **data,
            ),
        )


def _changed(session: Session, statement: Any) -> bool:
    result = session.execute(statement, execution_options=IN_PLACE)
    assert isinstance(result, CursorResult)
    return result.rowcount == 1
