"""How far alerts have climbed: for each answer that is owed, when every level is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.contracts import Level, TargetState
from bot.desk import alerts, claims
from bot.desk.targets import RESPONSES
from bot.models import Post, Staff, Target, Ticket
from bot.rules import OfficeRules

MOST = 5


@dataclass(frozen=True, slots=True)
class Rising:
    """A ticket whose answer is owed. ``levels`` in the order of the climb; ``owner``: who holds it, so that the
    levels past the owner wait."""

    number: str
    owner: str | None
    levels: tuple[tuple[Level, datetime], ...]


def rising(session: Session, office_id: int, rules: OfficeRules, now: datetime) -> list[Rising]:
    """The most urgent of them first."""
    rows = session.execute(
        select(Target, Ticket, Staff.name)
        .join(Ticket, Ticket.id == Target.ticket_id)
        .outerjoin(Post, Post.id == Ticket.owner_id)
        .outerjoin(Staff, Staff.id == Post.staff_id)
        .where(Target.office_id == office_id, Target.state == TargetState.RUNNING, Target.kind.in_(RESPONSES))
        .order_by(Target.due_at, Target.id)
        .limit(MOST)
    )
    return [
        Rising(
            ticket.number,
            name if claims.is_live(ticket, now) else None,
            tuple((level, alerts.due_at(target, level, 0, rules)) for level in alerts.CLIMB),
        )
        for target, ticket, name in rows
    ]
