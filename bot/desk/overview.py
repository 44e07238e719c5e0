"""The supervisor's first look, as of now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.contracts import TargetState, TicketState
from bot.desk import conversations
from bot.desk.outbox import UNSENT
from bot.models import OutboundMessage, Target, Ticket


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts of tickets. ``waits_since``: of the longest wait in the queue; ``late``: an owed act is overdue;
    ``unsent_since``: since when the oldest message to a citizen is tried in vain or on its way."""

    waiting: int
    waits_since: datetime | None
    held: int
    late: int
    unsent_since: datetime | None


def look(session: Session, now: datetime) -> Overview:
    """The session is bound to the office."""
    queued = (Ticket.state == TicketState.OPEN, Ticket.queued_at.is_not(None))
    waiting, since = session.execute(select(func.count(), func.min(Ticket.queued_at)).where(*queued)).one()
    held = select(func.count()).where(Ticket.state.in_(conversations.HELD), Ticket.owner_id.is_not(None))
    overdue = (Target.state == TargetState.RUNNING, Target.due_at < now)
    late = select(func.count(Target.ticket_id.distinct())).where(*overdue)
    unsent = select(func.min(OutboundMessage.first_tried_at)).where(UNSENT)
    return Overview(
        waiting=waiting,
        waits_since=since,
        held=session.scalar(held) or 0,
        late=session.scalar(late) or 0,
        unsent_since=session.scalar(unsent),
    )
