"""How far alerts have climbed: for each answer that is owed, when every level is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from bot.contracts import AlertState, Level, TargetState
from bot.desk import claims
from bot.desk.alerts import CLIMB, due_at
from bot.desk.targets import RESPONSES
from bot.models import Alert, Post, Staff, Target, Ticket
from bot.rules import OfficeRules

MOST = 5


@dataclass(frozen=True, slots=True)
class Rising:
    """A ticket whose answer is owed. ``levels`` in the order of the climb, the last one, which is repeated, with its
    next time; ``owner``: who holds it, so that the levels past the owner wait."""

    number: str
    owner: str | None
    levels: tuple[tuple[Level, datetime], ...]


def rising(session: Session, office_id: int, rules: OfficeRules, now: datetime) -> list[Rising]:
    """The most urgent of them first."""
    rows = session.execute(
        select(Target, Ticket, Staff.name, Alert.due_at)
        .join(Ticket, Ticket.id == Target.ticket_id)
        .outerjoin(Alert, and_(Alert.target_id == Target.id, Alert.state == AlertState.DUE, Alert.level == CLIMB[-1]))
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
            (
                *((level, due_at(session, target, level, 0, rules)) for level in CLIMB[:-1]),
                _last(session, target, again, rules),
            ),
        )
        for target, ticket, name, again in rows
    ]


def _last(session: Session, target: Target, again: datetime | None, rules: OfficeRules) -> tuple[Level, datetime]:
    return CLIMB[-1], again or due_at(session, target, CLIMB[-1], 0, rules)
