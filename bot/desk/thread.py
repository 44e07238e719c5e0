"""One conversation as an officer reads it: both directions in one order, with ticks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from bot.contracts import ConversationState, EventKind, InboundState, MessageKind, OutboundState
from bot.errors import NotFound
from bot.models import Contact, Conversation, Event, InboundMessage, OutboundMessage, Post, Staff, Turn

MOST = 200  # messages of a page


@dataclass(frozen=True, slots=True)
class Line:
    """One message. ``author``: an officer's name; None with ``from_citizen`` False: the assistant. ``understood`` is an
    intent, of ``service``; None: not read. ``turn_id``: the turn that answered it, ``because`` as that has it;
    ``is_left``: it was left to an officer."""

    seq: int
    from_citizen: bool
    body: str
    at: datetime
    kind: MessageKind = MessageKind.TEXT
    understood: str | None = None
    service: str | None = None
    confidence: float | None = None
    state: OutboundState | None = None
    author: str | None = None
    turn_id: int | None = None
    because: Mapping[str, Sequence[str]] | None = None
    is_left: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A page of what was said. ``is_cut``: there is more before it."""

    lines: list[Line]
    is_cut: bool


@dataclass(frozen=True, slots=True)
class Head:
    """Whom one talks with. ``window_until``: the end of WhatsApp's day for free text; ``has_parked``: an answer waits
    for the citizen."""

    conversation_id: int
    name: str
    address: str
    state: ConversationState
    window_until: datetime | None
    last_seq: int
    has_parked: bool


def head(session: Session, conversation_id: int) -> Head:
    """Raises NotFound, also for another office's."""
    row = session.execute(
        select(Conversation, Contact)
        .join(Contact, Contact.id == Conversation.contact_id)
        .where(Conversation.id == conversation_id)
    ).first()
    if row is None:
        raise NotFound(f"conversation {conversation_id}")
    conversation, contact = row
    address = contact.address.removeprefix("whatsapp:")
    return Head(
        conversation.id,
        contact.profile_name or address,
        address,
        conversation.state,
        conversation.window_until,
        conversation.last_seq,
        conversation.has_parked,
    )


def lines(session: Session, conversation_id: int, *, before: int | None = None) -> Said:
    """The newest 200 messages, of those before a sequence number; in order."""
    inbound = () if before is None else (InboundMessage.seq < before,)
    outbound = () if before is None else (OutboundMessage.seq < before,)
    both = [*_inbound(session, conversation_id, *inbound), *_outbound(session, conversation_id, *outbound)]
    return Said(sorted(both, key=lambda line: line.seq)[-MOST:], len(both) > MOST)


def last_of(session: Session, conversation_id: int, post_id: int) -> Line | None:
    """What the officer who has it wrote there last, since it became theirs; not what is sent under their name by
    itself: a farewell, a template."""
    hands = (Event.conversation_id == conversation_id, Event.kind.in_((EventKind.CLAIMED, EventKind.TRANSFERRED)))
    taken = select(func.max(Event.at)).where(*hands).scalar_subquery()
    theirs = (OutboundMessage.post_id == post_id, OutboundMessage.created_at >= taken)
    typed = (OutboundMessage.send_key.is_not(None), OutboundMessage.template.is_(None))
    found = _outbound(session, conversation_id, *theirs, *typed)
    return found[0] if found else None


def _inbound(session: Session, conversation_id: int, *more: ColumnElement[bool]) -> list[Line]:
    rows = session.execute(
        select(InboundMessage, Turn.because)
        .outerjoin(Turn, Turn.id == InboundMessage.turn_id)
        .where(InboundMessage.conversation_id == conversation_id, *more)
        .order_by(InboundMessage.seq.desc())
        .limit(MOST + 1)
    )
    return [
        Line(
            seq=message.seq,
            from_citizen=True,
            body=message.body,
            at=message.received_at,
            kind=message.kind,
            understood=message.intent,
            service=message.service,
            confidence=message.confidence,
            turn_id=message.turn_id,
            because=because,
            is_left=message.state is InboundState.LEFT_TO_OFFICER,
        )
        for message, because in rows
    ]


def _outbound(session: Session, conversation_id: int, *more: ColumnElement[bool]) -> list[Line]:
    """The newest first."""
    rows = session.execute(
        select(OutboundMessage, Staff.name)
        .outerjoin(Post, Post.id == OutboundMessage.post_id)
        .outerjoin(Staff, Staff.id == Post.staff_id)
        .where(OutboundMessage.conversation_id == conversation_id, *more)
        .order_by(OutboundMessage.seq.desc())
        .limit(MOST + 1)
    )
    return [
        Line(
            seq=message.seq,
            from_citizen=False,
            body=message.body,
            at=message.created_at,
            state=message.state,
            author=author,
        )
        for message, author in rows
    ]
