"""Where a ticket that is not ended stands, said once: for the desk's lists, the supervisor's numbers, and both their
counts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from bot.contracts import TargetState, TicketState
from bot.desk import claims, conversations
from bot.models import Target, Ticket

UNENDED = Ticket.state.in_(claims.UNENDED)
WAITS = (Ticket.state == TicketState.OPEN) & Ticket.queued_at.is_not(None)
NOTED = (Ticket.state == TicketState.OPEN) & Ticket.queued_at.is_(None)
PAUSED = Ticket.state == TicketState.WAITING_FOR_CITIZEN
HELD = Ticket.state.in_(conversations.HELD) & Ticket.owner_id.is_not(None)

SINCE = func.coalesce(Ticket.queued_at, Ticket.opened_at, type_=Ticket.opened_at.type)
"""Since when it waits, or was noted."""


def late(now: datetime) -> ColumnElement[bool]:
    return UNENDED & Ticket.id.in_(select(Target.ticket_id).where(*_past(now)))


def overdue(now: datetime) -> Select[*tuple[Any, ...]]:
    """(ticket_id, due_at) of a running deadline that is past, the first of each ticket. A deadline is past from its
    minute on, as the countdown tells it."""
    first = func.min(Target.due_at, type_=Target.due_at.type).label("due_at")
    return select(Target.ticket_id, first).where(*_past(now)).group_by(Target.ticket_id)


def _past(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return Target.state == TargetState.RUNNING, Target.due_at <= now
