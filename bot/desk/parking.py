"""Answers that wait: WhatsApp takes an officer's words only within a day of the citizen's last message. What is written
later is kept, and leaves as soon as they write again.

Whatever changes here holds the conversation's lock, so that an answer leaves once, and none is kept that could leave.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.contracts import Actor, EventKind, ParkedState, TicketState
from bot.db.wake import announce
from bot.desk import claims, conversations, outbox, targets
from bot.desk.events import fact, record, record_of
from bot.errors import AlreadyEnded, AlreadyLeft, HeldByAnother, NotFound
from bot.models import Conversation, ParkedReply, Post, Staff
from bot.rules import OfficeRules


@dataclass(frozen=True, slots=True)
class Parked:
    """An answer that waits for the citizen."""

    id: int
    body: str
    post_id: int
    author: str
    at: datetime


def waiting(session: Session, conversation_id: int) -> list[Parked]:
    """A conversation's answers that wait, in the order in which they will leave."""
    rows = session.execute(
        select(ParkedReply.id, ParkedReply.body, ParkedReply.post_id, Staff.name, ParkedReply.parked_at)
        .join(Post, Post.id == ParkedReply.post_id)
        .join(Staff, Staff.id == Post.staff_id)
        .where(ParkedReply.conversation_id == conversation_id, ParkedReply.state == ParkedState.PARKED)
        .order_by(ParkedReply.id)
    )
    return [Parked(*row) for row in rows]


def kept_under(session: Session, conversation_id: int, send_key: str) -> ParkedReply | None:
    """What the page's form with this key kept, whatever became of it. The caller holds the lock."""
    same = (ParkedReply.conversation_id == conversation_id, ParkedReply.send_key == send_key)
    return session.scalar(select(ParkedReply).where(*same).execution_options(populate_existing=True))


def may_leave(conversation: Conversation, now: datetime) -> bool:
    """Whether WhatsApp takes free text now."""
    return conversation.window_until is not None and conversation.window_until > now


def keep(
    session: Session,
    actor: Actor,
    conversation: Conversation,
    body: str,
    *,
    send_key: str,
    rules: OfficeRules,
    now: datetime,
) -> None:
    """Keep an officer's words until the citizen writes; as with an answer, whoever writes takes the conversation. It
    meets no deadline yet: the citizen has read nothing. Raises HeldByAnother, AlreadyEnded."""
    claims.claim(session, actor, conversation.id, rules, now)
    parked = ParkedReply(office_id=conversation.office_id, conversation_id=conversation.id, post_id=actor.post_id)
    parked.send_key, parked.body, parked.parked_at = send_key, body, now
    session.add(parked)
    conversation.has_parked = True
    session.flush()
    for ticket in claims.held_by(session, actor, conversation.id):
        owes = targets.owes_answer(session, ticket)
        claims.renew(ticket, rules.lease_minutes if owes else rules.release_minutes, rules, now)
    _record(session, parked, EventKind.PARKED, now, actor.name)


def withdraw(
    session: Session, actor: Actor, conversation_id: int, parked_id: int, rules: OfficeRules, now: datetime
) -> str:
    """Take an answer back; its words. Its author may, and whoever may answer the citizen. Where nothing waits any more
    it is the office's turn again: the clocks go on.

    Taking it back twice is no harm. Raises NotFound, AlreadyLeft, HeldByAnother.
    """
    conversation = conversations.lock(session, conversation_id)
    parked = session.get(ParkedReply, parked_id, populate_existing=True)
    if parked is None or parked.conversation_id != conversation_id:
        raise NotFound(f"parked reply {parked_id}")
    if parked.state is ParkedState.DELIVERED:
        raise AlreadyLeft(f"parked reply {parked_id}")
    if parked.state is ParkedState.PARKED:
        if parked.post_id != actor.post_id:
            claims.refuse_anothers(session, actor, conversation_id)
        _end(session, parked, ParkedState.WITHDRAWN, now, actor.name)
        conversation.has_parked = bool(waiting(session, conversation_id))
        if not conversation.has_parked:
            _our_turn(session, actor, conversation_id, rules, now)
    return parked.body


def leave(session: Session, conversation: Conversation, rules: OfficeRules, now: datetime) -> None:
    """The citizen wrote: what waited for it goes to the outbox, in order, and counts as answered now. The caller holds
    the lock; nothing happens where nothing waits, or where WhatsApp's day is over again.

    Like any answer it takes the conversation for its author, unless a colleague has it by now or the author has left.
    """
    if not (conversation.has_parked and may_leave(conversation, now)):
        return
    waits = (ParkedReply.conversation_id == conversation.id, ParkedReply.state == ParkedState.PARKED)
    parked = session.scalars(select(ParkedReply).where(*waits).order_by(ParkedReply.id)).all()
    for one in parked:
        outbox.queue(session, [outbox.Owed(conversation, [one.body], post_id=one.post_id, send_key=one.send_key)], now)
        session.refresh(conversation, ["last_seq"])
        _end(session, one, ParkedState.DELIVERED, now, _name(one))
    conversation.has_parked = False
    session.flush()
    if parked:
        _counts(session, conversation, parked[-1], rules, now)
        session.flush()
    announce(session)


def left_last(session: Session, conversation_id: int) -> bool:
    """Whether the last answer that waited has left, and was not taken back."""
    newest = select(ParkedReply.state).where(ParkedReply.conversation_id == conversation_id)
    return session.scalar(newest.order_by(ParkedReply.id.desc()).limit(1)) is ParkedState.DELIVERED


def _counts(
    session: Session, conversation: Conversation, parked: ParkedReply, rules: OfficeRules, now: datetime
) -> None:
    author = session.get_one(Post, parked.post_id)
    if author.active:
        # it is the colleague's, or nothing is open any more: the words leave all the same
        with suppress(HeldByAnother, AlreadyEnded):
            claims.claim(session, Actor(author.id, author.office_id, author.role), conversation.id, rules, now)
    for ticket in claims.unended(session, conversation.id):
        if ticket.claimed_until is None:
            continue
        if ticket.state is TicketState.WAITING_FOR_CITIZEN:
            ticket.state = TicketState.IN_PROGRESS
            targets.resume(session, ticket, rules, now)
            record_of(session, ticket, EventKind.CITIZEN_CAME_BACK, now, "citizen")
        claims.answered(session, ticket, rules, now, _name(parked))


def _our_turn(session: Session, actor: Actor, conversation_id: int, rules: OfficeRules, now: datetime) -> None:
    """Nothing waits for the citizen any more: who took it back goes on with it."""
    try:
        claims.claim(session, actor, conversation_id, rules, now)
    except (HeldByAnother, AlreadyEnded):
        return
    for ticket in claims.held_by(session, actor, conversation_id):
        if ticket.state is TicketState.WAITING_FOR_CITIZEN and not claims.waits_for_papers(session, ticket):
            ticket.state = TicketState.IN_PROGRESS
            targets.resume(session, ticket, rules, now)
            owes = targets.owes_answer(session, ticket)
            claims.renew(ticket, rules.lease_minutes if owes else rules.release_minutes, rules, now)
            record_of(session, ticket, EventKind.CLAIMED, now, actor.name)


def _end(session: Session, parked: ParkedReply, state: ParkedState, now: datetime, actor: str) -> None:
    parked.state, parked.ended_at = state, now
    session.flush()
    _record(session, parked, EventKind.PARKED_ENDED, now, actor, how=str(state))


def _record(session: Session, parked: ParkedReply, kind: EventKind, now: datetime, actor: str, **data: str) -> None:
    record(
        session,
        fact(
            kind,
            office_id=parked.office_id,
            conversation_id=parked.conversation_id,
            at=now,
            actor=actor,
            subject=f"parked_reply:{parked.id}",
            **data,
        ),
    )


def _name(parked: ParkedReply) -> str:
    return f"staff:{parked.post_id}"
