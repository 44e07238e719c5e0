"""Tickets that belong together, and tickets that are one: linked they stand side by side, merged one of them ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, exists, func, or_, select
from sqlalchemy.orm import Session

from bot.contracts import Actor, EventKind, Outcome, TicketState
from bot.db.upsert import insert_new
from bot.desk import alerts, claims, conversations, news, targets, urgency
from bot.desk.events import record_of
from bot.errors import AlreadyEnded, IsSubmission, NotFound, SameTicket
from bot.models import Contact, Conversation, Submission, Ticket, TicketLink
from bot.rules import OfficeRules


@dataclass(frozen=True, slots=True)
class Linked:
    """A ticket that belongs to ``ticket_id``, as its page shows it."""

    ticket_id: int
    other_id: int
    number: str
    name: str
    state: TicketState
    conversation_id: int


def merge(
    session: Session,
    actor: Actor,
    conversation_id: int,
    ticket_id: int,
    into_id: int,
    rules: OfficeRules,
    now: datetime,
) -> None:
    """The first is the same matter as the second, of the same conversation: it ends, and the second is gone on with,
    by whoever holds the first, and so that nothing is put off: the better place in the queue, the sooner of both
    deadlines, the more urgent reason. What is left of the first is dropped, so that figures count the matter once.

    Raises NotFound, AlreadyEnded, HeldByAnother, SameTicket, IsSubmission (its papers hang on it).
    """
    conversation = conversations.lock(session, conversation_id)
    if ticket_id == into_id:
        raise SameTicket(f"ticket {ticket_id}")
    live = {one.id: one for one in claims.free_or_own(session, actor, conversation_id)}
    if ticket_id not in live or into_id not in live:
        raise AlreadyEnded(f"ticket {ticket_id}")
    ticket, into = live[ticket_id], live[into_id]
    if session.scalar(select(exists().where(Submission.ticket_id == ticket_id))):
        raise IsSubmission(f"ticket {ticket_id}")
    for one in (ticket, into):
        targets.ensure(session, one, rules, now)  # the clock may not have been here yet
    _wake(session, actor, ticket, into, rules, now)
    missed = targets.take_over(session, ticket, into, rules, now)
    _take_place(ticket, into)
    urgency.take_over(session, actor, ticket, into, now)
    is_held = ticket.claimed_until is not None
    targets.drop(session, ticket)
    alerts.drop_waiting(session, ticket)
    ticket.state, ticket.outcome, ticket.resolved_at = TicketState.RESOLVED, Outcome.MERGED, now
    ticket.merged_into = into.id
    ticket.owner_id = ticket.claimed_until = ticket.follow_up_until = None
    record_of(session, ticket, EventKind.MERGED, now, actor.name, into=into.id, missed=missed)
    if is_held and into.claimed_until is None:
        claims.take(session, actor, into, rules, now)
    news.settle(session, conversation, now)


def link(session: Session, actor: Actor, conversation_id: int, ticket_id: int, number: str, now: datetime) -> None:
    """Put a ticket beside another of the office, by its number. Raises NotFound, SameTicket."""
    conversations.lock(session, conversation_id)
    ticket = ticket_of(session, conversation_id, ticket_id)
    written = re.sub(r"[^A-Z0-9]", "", number.upper())
    other = session.scalar(select(Ticket).where(func.replace(Ticket.number, "-", "") == written)) if written else None
    if other is None:
        raise NotFound("ticket number")
    if other.id == ticket.id:
        raise SameTicket(f"ticket {ticket_id}")
    first, second = sorted((ticket.id, other.id))
    values = {"office_id": ticket.office_id, "ticket_id": first, "other_id": second}
    if insert_new(session, TicketLink, taken_by=("ticket_id", "other_id"), **values):
        _tell_both(session, ticket, other, EventKind.LINKED, actor, now)


def unlink(session: Session, actor: Actor, conversation_id: int, ticket_id: int, other_id: int, now: datetime) -> None:
    """They no longer belong together. Raises NotFound."""
    conversations.lock(session, conversation_id)
    ticket = ticket_of(session, conversation_id, ticket_id)
    other = session.scalar(select(Ticket).where(Ticket.id == other_id))
    if other is None:
        raise NotFound(f"ticket {other_id}")
    first, second = sorted((ticket.id, other.id))
    gone = delete(TicketLink).where(TicketLink.ticket_id == first, TicketLink.other_id == second)
    if session.execute(gone.returning(TicketLink.id)).all():
        _tell_both(session, ticket, other, EventKind.UNLINKED, actor, now)


def linked(session: Session, ticket_ids: Sequence[int]) -> list[Linked]:
    """What belongs to these tickets, by number."""
    either = or_(TicketLink.ticket_id.in_(ticket_ids), TicketLink.other_id.in_(ticket_ids))
    pairs = session.execute(select(TicketLink.ticket_id, TicketLink.other_id).where(either)).all()
    wanted = [(one, other) for pair in pairs for one, other in (pair, pair[::-1]) if one in ticket_ids]
    rows = session.execute(
        select(Ticket, Contact.profile_name, Contact.address)
        .join(Conversation, Conversation.id == Ticket.conversation_id)
        .join(Contact, Contact.id == Conversation.contact_id)
        .where(Ticket.id.in_({other for _, other in wanted}))
    )
    tickets = {row[0].id: (row[0], row[1] or row[2].removeprefix("whatsapp:")) for row in rows}
    found = [(one, *tickets[other]) for one, other in wanted if other in tickets]
    return [
        Linked(one, ticket.id, ticket.number, name, ticket.state, ticket.conversation_id)
        for one, ticket, name in sorted(found, key=lambda each: each[1].number)
    ]


def _wake(session: Session, actor: Actor, ticket: Ticket, into: Ticket, rules: OfficeRules, now: datetime) -> None:
    """Where the office is to act on the one, it is on both; and whoever waits in the queue goes on waiting there."""
    if ticket.state is TicketState.WAITING_FOR_CITIZEN:
        return
    if into.state is TicketState.WAITING_FOR_CITIZEN:
        into.state = TicketState.IN_PROGRESS if into.owner_id else TicketState.OPEN
        targets.resume(session, into, rules, now)
        record_of(session, into, EventKind.GOES_ON, now, actor.name)
    if claims.is_kept(into) and ticket.state is TicketState.OPEN and ticket.queued_at is not None:
        into.state, into.owner_id = TicketState.OPEN, None
        record_of(session, into, EventKind.RELEASED, now, actor.name)


def _take_place(ticket: Ticket, into: Ticket) -> None:
    """Whoever waits already is not moved back by it."""
    places = [one.queued_at for one in (ticket, into) if one.queued_at is not None]
    into.queued_at = min(places, default=None)
    into.reason = into.reason or ticket.reason
    into.answered_at = into.answered_at or ticket.answered_at


def ticket_of(session: Session, conversation_id: int, ticket_id: int) -> Ticket:
    """A conversation's ticket. Raises NotFound."""
    wanted = (Ticket.id == ticket_id, Ticket.conversation_id == conversation_id)
    found = session.scalar(select(Ticket).where(*wanted))
    if found is None:
        raise NotFound(f"ticket {ticket_id}")
    return found


def _tell_both(session: Session, ticket: Ticket, other: Ticket, kind: EventKind, actor: Actor, now: datetime) -> None:
    """Both conversations' pages hear of it."""
    session.flush()
    record_of(session, ticket, kind, now, actor.name, other=other.id)
    record_of(session, other, kind, now, actor.name, other=ticket.id)
