"""Who waits already tells of something worse: the ticket becomes more urgent where it stands, and never less so."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from bot.contracts import EventKind, HandOverReason, Priority
from bot.desk import alerts, targets
from bot.desk.events import record_of
from bot.models import Ticket
from bot.rules import OfficeRules

_ORDER = tuple(Priority)  # most urgent first


def consider(
    session: Session, ticket: Ticket, reason: HandOverReason, since: datetime, rules: OfficeRules, now: datetime
) -> None:
    """Take over a more urgent reason of an open ticket: its targets are counted from ``since``, the receipt of the
    message, where that makes them end sooner, and those on duty hear of it. The place in the queue stays."""
    targets.ensure(session, ticket, rules, now)  # what was promised until now, also where the clock was not here yet
    wanted = rules.priority(replace(targets.matter_of(ticket), reason=reason))
    if _rank(wanted, reason) >= _rank(ticket.priority, ticket.reason):
        return
    ticket.reason, ticket.priority = reason, wanted
    session.flush()
    record_of(
        session, ticket, EventKind.PRIORITY_RAISED, now, "assistant", reason=str(reason), priority=str(ticket.priority)
    )
    targets.hasten(session, ticket, since, rules, now)
    alerts.announce_urgent(session, ticket, now)


def _rank(priority: Priority, reason: HandOverReason | None) -> tuple[int, bool]:
    """The smaller the more urgent. Of the same priority distress goes first: it may be about a life."""
    return _ORDER.index(priority), reason is not HandOverReason.DISTRESS
