"""What an officer does for a citizen: answer, now or as soon as they write, wait for them, resolve; and the citizen's
next word to the officer."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.contracts import Actor, EventKind, FilledTemplate, Outcome, ParkedState, TargetKind, TicketState
from bot.db.wake import announce
from bot.desk import alerts, claims, conversations, news, outbox, parking, targets, telling
from bot.desk.events import record_of
from bot.errors import KeyUsed, NothingWaits, WindowClosed
from bot.models import OutboundMessage, Ticket
from bot.rules import OfficeRules


def reply(
    session: Session,
    actor: Actor,
    conversation_id: int,
    body: str,
    *,
    send_key: str,
    rules: OfficeRules,
    now: datetime,
) -> None:
    """Owe the citizen an officer's words; whoever answers takes the conversation.

    ``send_key`` is made by the page: a form sent twice is one message. Raises HeldByAnother, AlreadyEnded,
    WindowClosed, KeyUsed.
    """
    conversation = conversations.lock(session, conversation_id)
    if _is_sent(session, conversation_id, send_key, body):
        return
    if not parking.may_leave(conversation, now):
        raise WindowClosed(f"conversation {conversation_id}")
    claims.claim(session, actor, conversation_id, rules, now)
    parking.leave(session, conversation, rules, now)  # the citizen wrote a moment ago: what was kept goes first
    session.flush()
    outbox.queue(session, [outbox.Owed(conversation, [body], post_id=actor.post_id, send_key=send_key)], now)
    session.expire(conversation)
    for ticket in claims.held_by(session, actor, conversation_id):
        claims.answered(session, ticket, rules, now, actor.name)
    announce(session)


def reply_when_they_write(
    session: Session,
    actor: Actor,
    conversation_id: int,
    body: str,
    word: FilledTemplate | None = None,
    *,
    send_key: str,
    rules: OfficeRules,
    now: datetime,
) -> None:
    """Owe the citizen an officer's words as soon as they write; where they have by now, at once.

    ``word``: the template that tells them so; then it is their turn, and the office's clocks stop. Kept alone, it
    leaves the office to act: nobody told the citizen. With it ``body`` may be empty, for what is kept already.
    Raises HeldByAnother, AlreadyEnded, NothingWaits, NotApproved, AlreadyTold, KeyUsed.
    """
    conversation = conversations.lock(session, conversation_id)
    if _is_sent(session, conversation_id, send_key, body):
        return
    if parking.may_leave(conversation, now):
        if body:
            reply(session, actor, conversation_id, body, send_key=send_key, rules=rules, now=now)
        return
    if body:
        parking.keep(session, actor, conversation, body, send_key=send_key, rules=rules, now=now)
    elif not conversation.has_parked:
        raise NothingWaits(f"conversation {conversation_id}")
    if word is not None:
        claims.claim(session, actor, conversation_id, rules, now)
        telling.tell(session, actor, conversation, word, send_key=None if body else send_key, now=now)
        wait_for_citizen(session, actor, conversation_id, rules, now)
    announce(session)


def wait_for_citizen(session: Session, actor: Actor, conversation_id: int, rules: OfficeRules, now: datetime) -> None:
    """It is the citizen's turn: the office's clocks stop until they write. An answer alone does not say so: "kami cek
    dulu" leaves the office to act. Raises HeldByAnother, AlreadyEnded."""
    conversations.lock(session, conversation_id)
    for ticket in claims.held_by(session, actor, conversation_id):
        if ticket.state is TicketState.IN_PROGRESS:
            ticket.state = TicketState.WAITING_FOR_CITIZEN
            targets.pause(session, ticket, rules, now)
            if not claims.is_kept(ticket):
                claims.renew(ticket, rules.release_minutes, rules, now)
            record_of(session, ticket, EventKind.WAITING_FOR_CITIZEN, now, actor.name)


def resolve(
    session: Session,
    actor: Actor,
    conversation_id: int,
    outcome: Outcome,
    *,
    farewell: str,
    rules: OfficeRules,
    now: datetime,
) -> list[Ticket]:
    """End the officer's tickets of a conversation; the assistant is back. ``farewell`` goes to the citizen, where
    WhatsApp still lets it. Raises HeldByAnother, AlreadyEnded."""
    conversation = conversations.lock(session, conversation_id)
    claims.claim(session, actor, conversation_id, rules, now)
    parking.leave(session, conversation, rules, now)
    ended = claims.held_by(session, actor, conversation_id)
    for ticket in ended:
        _end(session, actor, ticket, outcome, rules, now)
    if farewell and parking.may_leave(conversation, now):
        session.flush()
        outbox.queue(session, [outbox.Owed(conversation, [farewell], post_id=actor.post_id)], now)
        session.expire(conversation)
    news.settle(session, conversation, now)
    announce(session)
    return ended


def citizen_wrote(
    session: Session, conversation_id: int, since: datetime, *, closing: bool, rules: OfficeRules, now: datetime
) -> None:
    """The citizen wrote to the officer who holds the conversation. ``since``: receipt of the first of it; ``closing``:
    nothing but thanks or a goodbye, which starts no clock."""
    held = [ticket for ticket in claims.unended(session, conversation_id) if ticket.owner_id is not None]
    for ticket in held:
        record_of(session, ticket, EventKind.CITIZEN_ADDED, now, "citizen", closing=closing)
    if closing or not held:
        return
    owed = any(targets.owes_answer(session, ticket) for ticket in held)
    for ticket in held:
        if ticket.state is TicketState.WAITING_FOR_CITIZEN:
            ticket.state = TicketState.IN_PROGRESS
            targets.resume(session, ticket, rules, now)
            record_of(session, ticket, EventKind.CITIZEN_CAME_BACK, now, "citizen")
    if owed:
        return
    if not any(targets.owes_answer(session, ticket) for ticket in held):
        # one citizen waits, however many tickets: one clock
        targets.start_next_response(session, held[0], since, rules, now)
    for ticket in held:
        claims.renew(ticket, rules.lease_minutes, rules, now)


def _end(session: Session, actor: Actor, ticket: Ticket, outcome: Outcome, rules: OfficeRules, now: datetime) -> None:
    targets.met(session, ticket, TargetKind, now, actor.name)
    alerts.drop_waiting(session, ticket)
    ticket.state, ticket.outcome, ticket.resolved_at = TicketState.RESOLVED, outcome, now
    ticket.owner_id = ticket.claimed_until = None
    ticket.follow_up_until = now + rules.follow_up
    record_of(session, ticket, EventKind.RESOLVED, now, actor.name, outcome=str(outcome))


def _is_sent(session: Session, conversation_id: int, send_key: str, body: str) -> bool:
    """Whether these very words came under this key before. Where the answer to the first time was lost on the way, the
    page keeps its key, and what is typed by then may be something else: it must not pass for sent. Raises KeyUsed."""
    same = (OutboundMessage.conversation_id == conversation_id, OutboundMessage.send_key == send_key)
    sent = session.execute(select(OutboundMessage.body, OutboundMessage.template).where(*same)).first()
    parked = parking.kept_under(session, conversation_id, send_key)
    if sent is None and parked is None:
        return False
    words = parked.body if parked else "" if sent and sent.template else sent and sent.body
    if words != body or (parked and parked.state is ParkedState.WITHDRAWN):
        raise KeyUsed(f"conversation {conversation_id}")
    return True
