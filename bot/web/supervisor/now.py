"""As of now: who waits, for how long, what is late, who is on duty, whether everything works."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import g
from sqlalchemy.orm import Session

from bot.desk import duty, overview, staff, versions
from bot.desk.overview import Overview
from bot.web.desk.countdown import waited
from bot.web.desk.office import Desk
from bot.web.health import PARTS, Health

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


def look(session: Session, desk: Desk, health: Health) -> State:
    """Of the office of the one who asks."""
    now = desk.now()
    calendar = desk.office().rules(g.seat.prefix).calendar
    found = overview.look(session, now)
    names = {post.id: person.name for post, person in staff.team(session)}
    down = health.down()
    parts = {**{part: part not in down for part in PARTS}, "twilio": not _is_stuck(found, now)}
    version = versions.of_office(session, g.actor.office_id, g.actor.post_id)
    minute = int(now.timestamp()) // _MINUTE
    return State(
        found=found,
        longest=waited(found.waits_since, now) if found.waits_since else "",
        on_duty=[names[post.id] for post in duty.on_duty(session, g.actor.office_id, now, calendar)],
        is_open=calendar.is_open(now),
        parts=parts,
        stuck=waited(found.unsent_since, now) if found.unsent_since else "",
        at=f"{calendar.local(now):%H.%M}",
        version=f"{version}.{minute}.{'-'.join(part for part, is_well in parts.items() if not is_well)}",
    )


def _is_stuck(found: Overview, now: datetime) -> bool:
    return found.unsent_since is not None and now - found.unsent_since > TWILIO_TAKES
