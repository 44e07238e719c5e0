"""Who is on duty: duty days, absences, and a step away from the desk."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from bot.calendar import OfficeCalendar
from bot.contracts import EventKind
from bot.desk.events import fact, record
from bot.desk.staff import StaffRefused
from bot.models import Absence, Post, Staff


def on_duty(session: Session, office_id: int, now: datetime, calendar: OfficeCalendar) -> list[Post]:
    """The posts on duty at this moment, the longest-held first, whatever their role.

    On a day when the office does not open at all nobody is. The hours of the day are not asked: a break or the
    minute of closing takes nobody off duty, and whoever alerts counts office minutes already.
    """
    local = calendar.local(now)
    if not calendar.periods(local.date()):
        return []
    absent = select(Absence.post_id).where(Absence.starts_at <= now, Absence.ends_at > now)
    posts = session.scalars(
        select(Post)
        .join(Staff, Staff.id == Post.staff_id)
        .where(
            Post.office_id == office_id,
            Post.active,
            Staff.active,
            Post.id.not_in(absent),
            or_(Post.away_until.is_(None), Post.away_until <= now),
        )
        .order_by(Post.id)
    )
    return [post for post in posts if post.duty_days[local.weekday()] == "1"]


def set_duty_days(session: Session, post: Post, days: str, *, by: str, now: datetime) -> None:
    """``1111100``: a ``1`` for every weekday on duty, Monday first. Raises StaffRefused ``days``."""
    if not re.fullmatch("[01]{7}", days):
        raise StaffRefused("days")
    if days != post.duty_days:
        post.duty_days = days
        _tell(session, post, by, now, "duty_days")


def add_absence(
    session: Session, post: Post, first: date, last: date, zone: ZoneInfo, *, by: str, now: datetime
) -> Absence:
    """Absent from the morning of ``first`` to the end of ``last``, on the office's clock. Raises StaffRefused
    ``dates``."""
    starts, ends = _midnight(first, zone), _midnight(last + timedelta(days=1), zone)
    if ends <= starts or ends <= now:
        raise StaffRefused("dates")
    absence = Absence(office_id=post.office_id, post_id=post.id, starts_at=starts, ends_at=ends)
    session.add(absence)
    _tell(session, post, by, now, "absence")
    return absence


def absences(session: Session, post_id: int, now: datetime) -> Sequence[Absence]:
    """A post's present and coming absences."""
    return session.scalars(
        select(Absence).where(Absence.post_id == post_id, Absence.ends_at > now).order_by(Absence.starts_at)
    ).all()


def end_absence(session: Session, post: Post, absence_id: int, *, by: str, now: datetime) -> bool:
    """They are back, or will not be away after all; False when the post has no such absence."""
    absence = session.scalar(select(Absence).where(Absence.id == absence_id, Absence.post_id == post.id))
    if absence is None:
        return False
    absence.ends_at = now
    _tell(session, post, by, now, "absence_ended")
    return True


def away(session: Session, post: Post, until: datetime, *, now: datetime) -> None:
    """They step away from the desk: no alerts until then."""
    post.away_until = until
    _tell(session, post, f"staff:{post.id}", now, "away")


def back(session: Session, post: Post, *, now: datetime) -> None:
    if post.away_until is not None:
        post.away_until = None
        _tell(session, post, f"staff:{post.id}", now, "back")


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)


def _tell(session: Session, post: Post, by: str, now: datetime, what: str) -> None:
    subject = f"post:{post.id}"
    record(session, fact(EventKind.STAFF, office_id=post.office_id, at=now, actor=by, subject=subject, what=what))
