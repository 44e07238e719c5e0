"""Claims: one officer holds a conversation, for as long as they act. Who falls silent loses it to the queue."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.contracts import Actor, EventKind, TicketState
from bot.deadlines import add_office_minutes
from bot.desk import alerts, conversations, targets
from bot.desk.events import fact, record
from bot.errors import AlreadyEnded, HeldByAnother
from bot.models import Ticket
from bot.rules import OfficeRules

UNENDED = (TicketState.OPEN, *conversations.HELD)


def claim(session: Session, actor: Actor, conversation_id: int, rules: OfficeRules, now: datetime) -> list[Ticket]:
    """Take a conversation, with everything of it that waits. Taking what one has already is no harm.

    Raises HeldByAnother, AlreadyEnded (nothing of it waits any more), NotFound.
    """
    conversation = conversations.lock(session, conversation_id)
    mine = unended(session, conversation_id)
    if not mine:
        raise AlreadyEnded(f"conversation {conversation_id}")
    for ticket in mine:
        if ticket.owner_id not in (None, actor.post_id):
            raise HeldByAnother(ticket.owner_id)
    for ticket in mine:
        if ticket.owner_id is None:
            _take(session, actor, ticket, rules, now)
    conversations.settle(session, conversation)
    return mine


def release(session: Session, actor: Actor, conversation_id: int, rules: OfficeRules, now: datetime) -> None:
    """Give a conversation back to the queue; it keeps its place. Somebody else is to act now, so its clocks run, an
    answer is owed, and whoever is on duty hears that it waits. Raises HeldByAnother, AlreadyEnded."""
    conversation = conversations.lock(session, conversation_id)
    for ticket in held_by(session, actor, conversation_id):
        targets.resume(session, ticket, rules, now)
        targets.start_next_response(session, ticket, now, rules, now)
        _let_go(ticket)
        _record(session, ticket, EventKind.RELEASED, now, actor.name)
        session.flush()
        alerts.announce_waiting(session, ticket.office_id, ticket.id, ticket.cycle, now)
    conversations.settle(session, conversation)


def due_to_end(session: Session, now: datetime, most: int) -> list[tuple[int, int]]:
    """Conversations with a claim whose lease is over: (id, office id)."""
    found = session.execute(
        select(Ticket.conversation_id, Ticket.office_id)
        .where(Ticket.claimed_until.is_not(None), Ticket.claimed_until <= now)
        .distinct()
        .limit(most)
    )
    return [row._tuple() for row in found]


def end_silent(session: Session, conversation_id: int, rules: OfficeRules, now: datetime) -> None:
    """End the claims of a conversation whose lease is over.

    Where the citizen waits for a word, the officer loses it: back into the queue, and the supervisor hears. Where
    nothing is owed, the citizen did not come back: the office waits for them, and the assistant speaks again.
    """
    conversation = conversations.lock(session, conversation_id)
    for ticket in unended(session, conversation_id):
        if ticket.claimed_until is None or ticket.claimed_until > now:
            continue
        if targets.owes_answer(session, ticket):
            _let_go(ticket)
            _record(session, ticket, EventKind.CLAIM_LOST, now, "clock")
            alerts.announce_lost_claim(session, ticket, now)
        else:
            _time_out(session, ticket, rules, now)
    conversations.settle(session, conversation)


def renew(ticket: Ticket, minutes: int, rules: OfficeRules, now: datetime) -> None:
    """The owner acted: the lease begins anew."""
    ticket.claimed_until = add_office_minutes(rules.calendar, now, minutes)


def is_live(ticket: Ticket, now: datetime) -> bool:
    """Whether an officer holds the ticket and their lease is not over."""
    return ticket.owner_id is not None and ticket.claimed_until is not None and ticket.claimed_until > now


def unended(session: Session, conversation_id: int) -> list[Ticket]:
    """The tickets of a conversation that are not resolved, oldest first, as the database has them now."""
    return list(
        session.scalars(
            select(Ticket)
            .where(Ticket.conversation_id == conversation_id, Ticket.state.in_(UNENDED))
            .order_by(Ticket.id)
            .execution_options(populate_existing=True)
        )
    )


def held_by(session: Session, actor: Actor, conversation_id: int) -> list[Ticket]:
    """The officer's own tickets of a conversation. Raises HeldByAnother, AlreadyEnded."""
    mine = unended(session, conversation_id)
    if other := next((ticket.owner_id for ticket in mine if ticket.owner_id not in (None, actor.post_id)), None):
        raise HeldByAnother(other)
    own = [ticket for ticket in mine if ticket.owner_id == actor.post_id]
    if not own:
        raise AlreadyEnded(f"conversation {conversation_id}")
    return own


def _take(session: Session, actor: Actor, ticket: Ticket, rules: OfficeRules, now: datetime) -> None:
    if ticket.state is TicketState.WAITING_FOR_CITIZEN:  # in vain, and nobody's since
        targets.resume(session, ticket, rules, now)
    ticket.state, ticket.owner_id, ticket.follow_up_until = TicketState.IN_PROGRESS, actor.post_id, None
    ticket.queued_at = ticket.queued_at or ticket.opened_at
    renew(ticket, rules.lease_minutes, rules, now)
    targets.ensure(session, ticket, rules, now)
    alerts.drop_waiting(session, ticket)
    _record(session, ticket, EventKind.CLAIMED, now, actor.name)


def _let_go(ticket: Ticket) -> None:
    ticket.state, ticket.owner_id, ticket.claimed_until = TicketState.OPEN, None, None


def _time_out(session: Session, ticket: Ticket, rules: OfficeRules, now: datetime) -> None:
    if ticket.state is TicketState.IN_PROGRESS:
        targets.pause(session, ticket, rules, now)
        ticket.state = TicketState.WAITING_FOR_CITIZEN
    ticket.owner_id = ticket.claimed_until = None
    ticket.follow_up_until = now + rules.follow_up
    _record(session, ticket, EventKind.TIMED_OUT, now, "clock")


def _record(session: Session, ticket: Ticket, kind: EventKind, now: datetime, actor: str) -> None:
    record(
        session,
        fact(
            kind,
            office_id=ticket.office_id,
            conversation_id=ticket.conversation_id,
            at=now,
            actor=actor,
            subject=f"ticket:{ticket.id}",
            cycle=ticket.cycle,
        ),
    )
