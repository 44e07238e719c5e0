"""Who is on duty."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from bot.calendar import OfficeCalendar
from bot.contracts import Role
from bot.models import Absence, Post


def on_duty(
    session: Session, office_id: int, at: datetime, calendar: OfficeCalendar, roles: Collection[Role] = (Role.OFFICER,)
) -> list[Post]:
    """The posts of these roles that serve on this day: not absent, not away from the desk. Whether the office is open
    is not asked."""
    absent = exists().where(Absence.post_id == Post.id, Absence.starts_at <= at, Absence.ends_at > at)
    posts = session.scalars(
        select(Post)
        .where(Post.office_id == office_id, Post.active, Post.role.in_(list(roles)), ~absent)
        .where(or_(Post.away_until.is_(None), Post.away_until <= at))
        .order_by(Post.id)
    )
    weekday = calendar.local(at).weekday()
    return [post for post in posts if post.duty_days[weekday] == "1"]
