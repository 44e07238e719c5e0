"""Who waits already tells of something worse: the ticket becomes more urgent where it stands, and never less so."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from bot.contracts import Actor, EventKind, HandOverReason, Priority
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
    _raise(session, ticket, reason, wanted, "assistant", now)
    targets.hasten(session, ticket, since, rules, now)
    alerts.announce_urgent(session, ticket, now)


def take_over(session: Session, actor: Actor, ticket: Ticket, into: Ticket, now: datetime) -> None:
    """They are one matter: it is as urgent as the more urgent of both."""
    if ticket.reason and _rank(ticket.priority, ticket.reason) < _rank(into.priority, into.reason):
        _raise(session, into, ticket.reason, ticket.priority, actor.name, now)


def _raise(
    session: Session, ticket: Ticket, reason: HandOverReason, priority: Priority, actor: str, now: datetime
) -> None:
    ticket.reason, ticket.priority = reason, priority
    session.flush()
    record_of(session, ticket, EventKind.PRIORITY_RAISED, now, actor, reason=str(reason), priority=str(priority))


def _rank(priority: Priority, reason: HandOverReason | None) -> tuple[int, bool]:
    """The smaller the more urgent. Of the same priority distress goes first: it may be about a life."""
    return _ORDER.index(priority), reason is not HandOverReason.DISTRESS
