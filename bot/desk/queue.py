"""The queue for a person: who waits, since when, and where they stand. Writing again never moves anybody back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from statistics import median

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.orm import Session

from bot.calendar import OfficeCalendar
from bot.contracts import (
    EventKind,
    HandOverReason,
    Place,
    TargetKind,
    TicketState,
)
from bot.deadlines import add_office_minutes, office_minutes
from bot.desk import alerts, conversations, targets, tickets, urgency
from bot.desk.events import record_of
from bot.models import Target, Ticket
from bot.rules import OfficeRules

SAMPLES = 20  # first answers that tell how fast the office is just now
ENOUGH_SAMPLES = 5
STEP = 5  # minutes an estimate is rounded up to


def hand_over(
    session: Session,
    office_id: int,
    conversation_id: int,
    *,
    kind: str,
    reason: HandOverReason,
    service: str | None,
    since: datetime,
    now: datetime,
    actor: str = "assistant",
    rules: OfficeRules | None = None,
) -> Ticket:
    """Put a conversation into the queue; ticket, place, state and alert are the caller's one transaction.

    ``since``: receipt of the first unanswered message, which fixes the place. A ticket of the same kind that is still
    open keeps its number and its place, and becomes more urgent where the reason is, by the office's ``rules`` (None:
    it never is); one that timed out is gone on with.
    """
    conversation = conversations.lock(session, conversation_id)
    opened = tickets.open_ticket(session, office_id, conversation_id, kind=kind, service=service, now=now, actor=actor)
    ticket = session.get_one(Ticket, opened.id, populate_existing=True)
    if ticket.queued_at is not None:
        if ticket.state in conversations.HELD and ticket.claimed_until is None:
            _go_on(session, ticket, since, now)
            conversations.settle(session, conversation)
        if rules is not None and ticket.state is TicketState.OPEN:
            urgency.consider(session, ticket, reason, since, rules, now)
        return ticket
    ticket.queued_at, ticket.reason = since, reason
    session.flush()
    conversations.settle(session, conversation)
    record_of(session, ticket, EventKind.HANDED_OVER, now, actor, reason=str(reason), since=since.isoformat())
    return ticket


def reopen(session: Session, conversation_id: int, *, since: datetime, now: datetime) -> Ticket | None:
    """Go on with what an officer resolved last, in a new cycle, or with what one waited for in vain; None: there is
    nothing of the kind."""
    conversation = conversations.lock(session, conversation_id)
    ticket = _ended_last(session, conversation_id)
    if ticket is None:
        return None
    if ticket.state is TicketState.RESOLVED:
        ticket.cycle += 1
        ticket.answered_at = ticket.resolved_at = ticket.outcome = None
    _go_on(session, ticket, since, now)
    conversations.settle(session, conversation)
    return ticket


def _go_on(session: Session, ticket: Ticket, since: datetime, now: datetime) -> None:
    """Into the queue again, with an alert; when it is raised, the ticket's deadlines begin or go on."""
    ticket.state, ticket.queued_at, ticket.follow_up_until = TicketState.OPEN, since, None
    ticket.owner_id = ticket.claimed_until = None
    session.flush()
    record_of(session, ticket, EventKind.REOPENED, now, "citizen", since=since.isoformat())
    alerts.announce_waiting(session, ticket.office_id, ticket.id, ticket.cycle, now)


def follow_ups(session: Session, conversation_ids: Sequence[int], now: datetime) -> dict[int, str]:
    """Conversation → number of the ticket that a citizen who writes now may mean to go on with."""
    found = session.execute(
        select(Ticket.conversation_id, Ticket.number)
        .where(Ticket.conversation_id.in_(conversation_ids), Ticket.follow_up_until > now)
        .order_by(Ticket.follow_up_until)
    )
    return {row[0]: row[1] for row in found}


def spoken_of(session: Session, conversation_id: int) -> None:
    """The citizen was asked whether to go on with what was resolved: do not ask again."""
    offered = (Ticket.conversation_id == conversation_id, Ticket.follow_up_until.is_not(None))
    session.execute(update(Ticket).where(*offered).values(follow_up_until=None))


def waiting_ticket(session: Session, conversation_id: int) -> Ticket | None:
    """The ticket by which a conversation waits in the queue or was taken from it: its oldest."""
    return session.scalar(
        select(Ticket)
        .where(
            Ticket.conversation_id == conversation_id,
            Ticket.queued_at.is_not(None),
            or_(Ticket.state == TicketState.OPEN, Ticket.claimed_until.is_not(None)),
        )
        .order_by(Ticket.queued_at, Ticket.id)
        .limit(1)
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """A ticket that is not resolved; only an open one waits for an officer."""

    number: str
    conversation_id: int
    since: datetime
    state: TicketState


def waiting(session: Session, office_id: int) -> list[Waiting]:
    """An office's tickets that are not resolved, in the queue's order; noted ones by when they were."""
    since = func.coalesce(Ticket.queued_at, Ticket.opened_at)
    rows = session.execute(
        select(Ticket.number, Ticket.conversation_id, since, Ticket.state)
        .where(Ticket.office_id == office_id, Ticket.state.in_((TicketState.OPEN, *conversations.HELD)))
        .order_by(since, Ticket.id)
    )
    return [Waiting(*row) for row in rows]


def place_of(session: Session, ticket: Ticket, rules: OfficeRules, now: datetime) -> Place:
    """Where a ticket stands, and about when an officer answers at the office's present speed. A conversation has one
    place, that of its ticket which waits longest: whoever brings a second matter is not told a worse one."""
    if ticket.owner_id is not None or ticket.queued_at is None:
        return Place(ticket.number, 0)
    position = 1 + _ahead(session, waiting_ticket(session, ticket.conversation_id) or ticket)
    calendar = rules.calendar
    if not calendar.is_open(now):
        return Place(ticket.number, position, opens=calendar.next_opening(now))
    minutes = _wait(session, ticket, position, rules)
    return Place(ticket.number, position, expected=add_office_minutes(calendar, now, minutes))


def _ended_last(session: Session, conversation_id: int) -> Ticket | None:
    timed_out = and_(Ticket.state.in_(conversations.HELD), Ticket.claimed_until.is_(None))
    return session.scalar(
        select(Ticket)
        .where(Ticket.conversation_id == conversation_id, Ticket.queued_at.is_not(None))
        .where(or_(Ticket.state == TicketState.RESOLVED, timed_out))
        .order_by(Ticket.queued_at.desc(), Ticket.id.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    )


def _ahead(session: Session, ticket: Ticket) -> int:
    earlier = or_(
        Ticket.queued_at < ticket.queued_at, and_(Ticket.queued_at == ticket.queued_at, Ticket.id < ticket.id)
    )
    waits = (Ticket.office_id == ticket.office_id, Ticket.state == TicketState.OPEN, Ticket.queued_at.is_not(None))
    other = Ticket.conversation_id != ticket.conversation_id
    return session.scalar(select(func.count(Ticket.conversation_id.distinct())).where(*waits, other, earlier)) or 0


def _wait(session: Session, ticket: Ticket, position: int, rules: OfficeRules) -> int:
    """Office minutes until the answer: as the last ones were answered, or the target where there were too few."""
    answered = session.scalars(
        select(Target.met_at)
        .where(Target.office_id == ticket.office_id, Target.kind == TargetKind.FIRST_RESPONSE)
        .where(Target.met_at.is_not(None))
        .order_by(Target.met_at.desc())
        .limit(SAMPLES)
    ).all()
    minutes: float
    if len(answered) < ENOUGH_SAMPLES:
        minutes = targets.first_response_minutes(ticket, rules)
    else:
        minutes = position * _median_gap([at for at in answered if at], rules.calendar)
    return max(STEP, -(-round(minutes) // STEP) * STEP)


def _median_gap(answered: Sequence[datetime], calendar: OfficeCalendar) -> float:
    """Office minutes between one first answer and the next."""
    return median(office_minutes(calendar, earlier, later) for later, earlier in pairwise(answered))
