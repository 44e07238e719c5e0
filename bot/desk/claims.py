"""Claims: one officer holds a conversation, for as long as they act. Who falls silent loses it to the queue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Integer, bindparam, exists, select
from sqlalchemy.orm import Session

from bot.contracts import Actor, EventKind, SubmissionState, TicketState
from bot.deadlines import add_office_minutes
from bot.desk import alerts, conversations, news, targets
from bot.desk.events import record_of
from bot.errors import AlreadyEnded, HeldByAnother, NotYours
from bot.models import Submission, Ticket
from bot.models.base import UtcDateTime
from bot.rules import OfficeRules

UNENDED = (TicketState.OPEN, *conversations.HELD)


def claim(session: Session, actor: Actor, conversation_id: int, rules: OfficeRules, now: datetime) -> list[Ticket]:
    """Take a conversation, with everything of it that waits or that somebody kept after a time-out. Taking what one
    has already is no harm.

    Raises HeldByAnother, AlreadyEnded (nothing of it waits any more), NotFound.
    """
    conversation = conversations.lock(session, conversation_id)
    mine = unended(session, conversation_id)
    if not mine:
        raise AlreadyEnded(f"conversation {conversation_id}")
    _refuse_anothers(mine, actor)
    for ticket in mine:
        if ticket.claimed_until is None:
            take(session, actor, ticket, rules, now)
    conversations.settle(session, conversation)
    return mine


def take(session: Session, actor: Actor, ticket: Ticket, rules: OfficeRules, now: datetime) -> None:
    """Take a single ticket; where its papers were returned, it is the citizen's turn still. The caller holds the
    conversation's lock, and settles it afterwards."""
    waits = waits_for_papers(session, ticket)
    ticket.owner_id = None  # who kept it gives it up, and clocks that stood go on
    ticket.state = ticket.state if waits else TicketState.OPEN
    targets.ensure(session, ticket, rules, now)
    ticket.state, ticket.owner_id = ticket.state if waits else TicketState.IN_PROGRESS, actor.post_id
    ticket.queued_at, ticket.follow_up_until = ticket.queued_at or ticket.opened_at, None
    owes = targets.owes_answer(session, ticket)
    renew(ticket, rules.lease_minutes if owes else rules.release_minutes, rules, now)
    alerts.drop_waiting(session, ticket)
    record_of(session, ticket, EventKind.CLAIMED, now, actor.name)
    if waits:
        record_of(session, ticket, EventKind.WAITING_FOR_CITIZEN, now, actor.name)


def release(session: Session, actor: Actor, conversation_id: int, rules: OfficeRules, now: datetime) -> None:
    """Give a conversation back to the queue; it keeps its place, those on duty hear of it, and an answer is owed again:
    whoever takes it next must not be silent either. Raises HeldByAnother, AlreadyEnded."""
    conversation = conversations.lock(session, conversation_id)
    for ticket in held_by(session, actor, conversation_id):
        _let_go(session, ticket, EventKind.RELEASED, actor.name, now)
        if ticket.state is TicketState.WAITING_FOR_CITIZEN:
            continue
        targets.ensure(session, ticket, rules, now)  # clocks that stood go on
        targets.start_next_response(session, ticket, now, rules, now)
        alerts.announce_waiting(session, ticket.office_id, ticket.id, ticket.cycle, now)
    news.settle(session, conversation, now)


def due_to_end(session: Session, now: datetime, most: int) -> list[tuple[int, int]]:
    """Conversations with a claim whose lease is over: (id, office id)."""
    found = session.connection().execute(_OVER, {"now": now, "most": most})
    return [(row[0], row[1]) for row in found]


def end_silent(session: Session, conversation_id: int, rules: OfficeRules, now: datetime) -> None:
    """End the claims of a conversation whose lease is over.

    Where the citizen waits for a word, the officer loses it, with every ticket of it: back into the queue, and the
    supervisor hears. Where nothing is owed, the assistant speaks again, and the officer keeps the ticket: its clock
    goes on, unless they said that they wait for the citizen.
    """
    conversation = conversations.lock(session, conversation_id)
    held = [ticket for ticket in unended(session, conversation_id) if ticket.owner_id is not None]
    over = [ticket for ticket in held if ticket.claimed_until and ticket.claimed_until <= now]
    if any(targets.owes_answer(session, ticket) for ticket in over):
        for ticket in held:
            _lose(session, ticket, now)
    else:
        for ticket in over:
            _time_out(session, ticket, rules, now)
    news.settle(session, conversation, now)


def renew(ticket: Ticket, minutes: int, rules: OfficeRules, now: datetime) -> None:
    """The owner acted: the lease begins anew."""
    ticket.claimed_until = add_office_minutes(rules.calendar, now, minutes)


def answered(session: Session, ticket: Ticket, rules: OfficeRules, now: datetime, actor: str) -> None:
    """A person's words are on their way to the citizen: what was owed is met, and the owner's lease begins anew."""
    first = ticket.answered_at is None
    ticket.answered_at = ticket.answered_at or now
    targets.met(session, ticket, targets.RESPONSES, now, actor)
    renew(ticket, rules.release_minutes, rules, now)
    record_of(session, ticket, EventKind.OFFICER_ANSWERED, now, actor, first=first)


def is_live(ticket: Ticket, now: datetime) -> bool:
    """Whether an officer holds the ticket and their lease is not over."""
    return ticket.owner_id is not None and ticket.claimed_until is not None and ticket.claimed_until > now


def is_kept(ticket: Ticket) -> bool:
    """Whether it is still an officer's to end, after their hold of the conversation has timed out."""
    return ticket.owner_id is not None and ticket.claimed_until is None


def waits_for_papers(session: Session, ticket: Ticket) -> bool:
    """Whether its papers were returned and the citizen is waited for, whoever has it: nothing an officer takes or gives
    back changes that."""
    returned = (Submission.ticket_id == ticket.id, Submission.state == SubmissionState.RETURNED)
    is_paused = ticket.state is TicketState.WAITING_FOR_CITIZEN
    return is_paused and bool(session.scalar(select(exists().where(*returned))))


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


def free_or_own(session: Session, actor: Actor, conversation_id: int) -> list[Ticket]:
    """The tickets of a conversation that are the officer's, or nobody's, or kept by somebody after a time-out; none
    where it has ended. Raises HeldByAnother."""
    found = unended(session, conversation_id)
    _refuse_anothers(found, actor)
    return found


def held_by(session: Session, actor: Actor, conversation_id: int) -> list[Ticket]:
    """The officer's own tickets of a conversation. Raises HeldByAnother, NotYours, AlreadyEnded."""
    mine = unended(session, conversation_id)
    _refuse_anothers(mine, actor)
    own = [ticket for ticket in mine if ticket.owner_id == actor.post_id]
    if not own:
        raise (NotYours if mine else AlreadyEnded)(f"conversation {conversation_id}")
    return own


def refuse_anothers(session: Session, actor: Actor, conversation_id: int) -> None:
    """Raises HeldByAnother where a colleague has the conversation."""
    _refuse_anothers(unended(session, conversation_id), actor)


# Built once: building a statement costs several times what running it does, and the clock looks every few seconds.
_OVER = (
    select(Ticket.conversation_id, Ticket.office_id)
    .where(Ticket.claimed_until.is_not(None), Ticket.claimed_until <= bindparam("now", type_=UtcDateTime()))
    .distinct()
    .limit(bindparam("most", type_=Integer()))
)


def _refuse_anothers(tickets: Sequence[Ticket], actor: Actor) -> None:
    for ticket in tickets:
        if ticket.owner_id not in (None, actor.post_id) and not is_kept(ticket):
            raise HeldByAnother(ticket.owner_id)


def _let_go(session: Session, ticket: Ticket, kind: EventKind, actor: str, now: datetime) -> None:
    waits = waits_for_papers(session, ticket)
    ticket.state, ticket.owner_id, ticket.claimed_until = ticket.state if waits else TicketState.OPEN, None, None
    alerts.free(session, ticket, now)
    record_of(session, ticket, kind, now, actor)
    if waits:
        record_of(session, ticket, EventKind.WAITING_FOR_CITIZEN, now, actor)


def _lose(session: Session, ticket: Ticket, now: datetime) -> None:
    _let_go(session, ticket, EventKind.CLAIM_LOST, "clock", now)
    if targets.owes_answer(session, ticket):
        alerts.announce_lost_claim(session, ticket, now)


def _time_out(session: Session, ticket: Ticket, rules: OfficeRules, now: datetime) -> None:
    ticket.claimed_until = None
    ticket.follow_up_until = now + rules.follow_up
    record_of(session, ticket, EventKind.TIMED_OUT, now, "clock")
