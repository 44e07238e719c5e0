"""One conversation as an officer reads it: both directions in one order, with ticks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.contracts import ConversationState, MessageKind, OutboundState
from bot.errors import NotFound
from bot.models import Contact, Conversation, InboundMessage, OutboundMessage, Post, Staff

MOST = 200  # the newest messages; older ones are reached by `before`


@dataclass(frozen=True, slots=True)
class Line:
    """One message. ``author``: an officer's name; None with ``from_citizen`` False: the assistant. ``understood`` is an
    intent, of ``service``; None: not read."""

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


@dataclass(frozen=True, slots=True)
class Head:
    """Whom one talks with. ``window_until``: the end of WhatsApp's day for free text."""

    conversation_id: int
    name: str
    address: str
    state: ConversationState
    window_until: datetime | None
    last_seq: int


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
    )


def lines(session: Session, conversation_id: int, *, after: int = 0) -> list[Line]:
    """The messages after a sequence number, in order, at most the newest 200."""
    both = [*_inbound(session, conversation_id, after), *_outbound(session, conversation_id, after)]
    return sorted(both, key=lambda line: line.seq)[-MOST:]


def _inbound(session: Session, conversation_id: int, after: int) -> list[Line]:
    messages = session.scalars(
        select(InboundMessage)
        .where(InboundMessage.conversation_id == conversation_id, InboundMessage.seq > after)
        .order_by(InboundMessage.seq.desc())
        .limit(MOST)
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
        )
        for message in messages
    ]


def _outbound(session: Session, conversation_id: int, after: int) -> list[Line]:
    rows = session.execute(
        select(OutboundMessage, Staff.name)
        .outerjoin(Post, Post.id == OutboundMessage.post_id)
        .outerjoin(Staff, Staff.id == Post.staff_id)
        .where(OutboundMessage.conversation_id == conversation_id, OutboundMessage.seq > after)
        .order_by(OutboundMessage.seq.desc())
        .limit(MOST)
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
