"""Raising an alert: whom it is for, one notice a person and way, and what is due next.

1. The conversation is locked, then the alert is read again: another clock, or a person, may have been quicker.
2. An alert that has become moot is dropped; one for which nobody is there waits until the office opens.
3. Recipients are found; notices, event and the next level are written.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

import structlog
from sqlalchemy.orm import Session

from bot.contracts import AlertState, EventKind, Level, Role, TargetState, TicketState, Way
from bot.desk import alerts, claims, conversations, notices, targets
from bot.desk.duty import on_duty
from bot.desk.events import record_of
from bot.models import Alert, Post, Target, Ticket
from bot.rules import OfficeRules

log = structlog.get_logger()

FOR_SUPERVISORS = frozenset({Level.SUPERVISOR, Level.CLAIM_LOST})


def raise_alert(
    session: Session, alert_id: int, conversation_id: int, rules: OfficeRules, ways: Collection[Way], now: datetime
) -> None:
    """Raise one alert, or put it off, or drop it."""
    conversations.lock(session, conversation_id)
    alert = session.get_one(Alert, alert_id, populate_existing=True)
    if alert.state is not AlertState.DUE or alert.due_at > now:
        return
    ticket = session.get_one(Ticket, alert.ticket_id, populate_existing=True)
    if (later := _later(session, alert, ticket, rules, now)) is not None:
        alert.due_at = later
        return
    targets.ensure(session, ticket, rules, now)
    if not _is_wanted(session, alert, ticket):
        alert.state = AlertState.DROPPED
        return
    posts = recipients(session, alert.level, ticket, rules, now)
    if not posts:
        log.error("nobody_to_alert", ticket=ticket.id, level=str(alert.level))
    notices.write(session, alert, posts, ways, now)
    alert.state, alert.raised_at = AlertState.RAISED, now
    told = {"target": alert.target, "level": str(alert.level), "round": alert.round}
    record_of(session, ticket, EventKind.ALERT, now, "clock", recipients=[post.id for post in posts], **told)
    if alert.target_id is not None:
        session.flush()
        alerts.follow(session, session.get_one(Target, alert.target_id), rules)


def recipients(session: Session, level: Level, ticket: Ticket, rules: OfficeRules, now: datetime) -> Sequence[Post]:
    """The owner, else all officers on duty; late, supervisors too. Nobody there: the supervisor hears, and where there
    is none, the administrator."""
    owner = _owner(session, ticket, rules, now)
    if owner is not None and level not in alerts.PAST_THE_OWNER and level not in FOR_SUPERVISORS:
        return [owner]
    found = _present(session, ticket.office_id, Role.OFFICER, rules, now)
    if not found or level in FOR_SUPERVISORS:
        found += _reached(session, ticket.office_id, Role.SUPERVISOR, rules, now)
    return found or _reached(session, ticket.office_id, Role.ADMINISTRATOR, rules, now)


def _owner(session: Session, ticket: Ticket, rules: OfficeRules, now: datetime) -> Post | None:
    """Who has a live claim, or kept the ticket after it and is on duty."""
    if ticket.owner_id is None:
        return None
    owner = session.get_one(Post, ticket.owner_id)
    if claims.is_live(ticket, now):
        return owner
    is_there = owner in on_duty(session, ticket.office_id, now, rules.calendar)
    return owner if claims.is_kept(ticket) and is_there else None


def _present(session: Session, office_id: int, role: Role, rules: OfficeRules, now: datetime) -> list[Post]:
    return [post for post in on_duty(session, office_id, now, rules.calendar) if post.role is role]


def _reached(session: Session, office_id: int, role: Role, rules: OfficeRules, now: datetime) -> list[Post]:
    """Those on duty, or all of that role: an alert that nobody gets would be none."""
    return _present(session, office_id, role, rules, now) or notices.all_posts(session, office_id, role)


def _later(session: Session, alert: Alert, ticket: Ticket, rules: OfficeRules, now: datetime) -> datetime | None:
    """When to look again, for an alert that should not be raised now."""
    if alert.level in alerts.PAST_THE_OWNER:
        if claims.is_live(ticket, now):
            return ticket.claimed_until
        target = session.get_one(Target, alert.target_id)
        if (due := alerts.due_at(session, target, alert.level, alert.round, rules)) > now:
            return due
    if rules.calendar.is_open(now) or (
        alert.level not in alerts.WHO_WAITS and now - alert.due_at < notices.AFTER_HOURS
    ):
        return None
    return rules.calendar.next_opening(now)


def _is_wanted(session: Session, alert: Alert, ticket: Ticket) -> bool:
    if alert.target_id is not None:
        return session.get_one(Target, alert.target_id).state is TargetState.RUNNING
    if not alert.target.startswith(f"{ticket.cycle}."):
        return False
    if alert.level is Level.CLAIM_LOST:
        return True  # also when somebody took it meanwhile
    if alert.level is Level.TRANSFERRED:
        return ticket.owner_id is not None
    # what stands in the queue waits, also when it was answered before it was given back
    in_queue = ticket.queued_at is not None
    return ticket.state is TicketState.OPEN and (in_queue or targets.owes_answer(session, ticket))
