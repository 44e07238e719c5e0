"""As of now: who waits, for how long, what is late, who is on duty, whether everything works."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import g
from sqlalchemy.orm import Session

from bot.desk import duty, overview, staff, versions
from bot.desk.overview import Overview
from bot.web.desk.countdown import waited
from bot.web.desk.office import Desk
from bot.web.health import PARTS

TWILIO_TAKES = timedelta(minutes=2)  # to take a message; what waits longer is told
_MINUTE = 60  # seconds


@dataclass(frozen=True, slots=True)
class State:
    """``longest``: the longest wait, '' when nobody waits; ``parts``: whether each works; ``stuck``: how long Twilio
    has not taken a message; ``at``: the time on the office's clock; ``version``: another one when anything changed."""

    found: Overview
    longest: str
    on_duty: list[str]
    is_open: bool
    parts: dict[str, bool]
    stuck: str
    at: str
    version: str


def version(session: Session, desk: Desk, down: Collection[str]) -> str:
    """A new one with every fact of the office, every minute (waits grow), and when another part works or does not."""
    minute = int(desk.now().timestamp()) // _MINUTE
    return f"{versions.of_office(session, g.actor.office_id, g.actor.post_id)}.{minute}.{'-'.join(down)}"


def look(session: Session, desk: Desk, down: Collection[str]) -> State:
    """Of the office of the one who asks; ``down``: the PARTS that do not work."""
    now = desk.now()
    calendar = desk.office().rules(g.seat.prefix).calendar
    at = version(session, desk, down)  # before the rows: what comes meanwhile is news
    found = overview.look(session, now)
    names = {post.id: person.name for post, person in staff.team(session)}
    return State(
        found=found,
        longest=waited(found.waits_since, now) if found.waits_since else "",
        on_duty=[names[post.id] for post in duty.on_duty(session, g.actor.office_id, now, calendar)],
        is_open=calendar.is_open(now),
        parts={**{part: part not in down for part in PARTS}, "twilio": not _is_stuck(found, now)},
        stuck=waited(found.unsent_since, now) if found.unsent_since else "",
        at=f"{calendar.local(now):%H.%M}",
        version=at,
    )


def _is_stuck(found: Overview, now: datetime) -> bool:
    return found.unsent_since is not None and now - found.unsent_since > TWILIO_TAKES
