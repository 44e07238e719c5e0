"""What the desk shows: the queue and one's own conversations, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.orm import Session

from bot.contracts import TargetState, TicketState
from bot.desk import conversations
from bot.models import Contact, Conversation, InboundMessage, Post, Staff, Target, Ticket

MOST = 200  # rows of a list; a longer queue is worked off from its front


class Tray(StrEnum):
    """The desk's lists."""

    WAITING = "waiting"
    MINE = "mine"
    OTHERS = "others"
    NOTED = "noted"


@dataclass(frozen=True, slots=True)
class Card:
    """A ticket in a list. ``due_at``: its next running deadline; ``said``: the citizen's last words."""

    ticket_id: int
    conversation_id: int
    number: str
    kind: str
    service: str | None
    reason: str | None
    priority: str
    state: TicketState
    since: datetime
    due_at: datetime | None
    paused: bool
    name: str
    said: str
    owner: str | None


def cards(session: Session, tray: Tray, post_id: int) -> list[Card]:
    """A list of the desk, who waits longest first. The session is bound to the office."""
    rows = session.execute(_list().where(*_of(tray, post_id)).order_by(_SINCE, Ticket.id).limit(MOST)).all()
    words = _last_words(session, [row.Ticket.conversation_id for row in rows])
    return [_card(row, words) for row in rows]


def counts(session: Session, post_id: int) -> dict[Tray, int]:
    """How many stand in each list."""
    return {
        tray: session.scalar(select(func.count()).select_from(Ticket).where(*_of(tray, post_id))) or 0 for tray in Tray
    }


def card_of(session: Session, conversation_id: int) -> list[Card]:
    """A conversation's tickets that are not closed, the latest first."""
    rows = session.execute(
        _list().where(Ticket.conversation_id == conversation_id).order_by(Ticket.id.desc()).limit(10)
    ).all()
    return [_card(row, {}) for row in rows]


_SINCE = func.coalesce(Ticket.queued_at, Ticket.opened_at)


def _list() -> Select[*tuple[Any, ...]]:
    running = (
        select(func.min(Target.due_at))
        .where(Target.ticket_id == Ticket.id, Target.state == TargetState.RUNNING)
        .correlate(Ticket)
        .scalar_subquery()
    )
    paused = (
        select(func.count())
        .where(Target.ticket_id == Ticket.id, Target.state == TargetState.PAUSED)
        .correlate(Ticket)
        .scalar_subquery()
    )
    return (
        select(Ticket, Contact.profile_name, Contact.address, running, paused > 0, Staff.name)
        .join(Conversation, Conversation.id == Ticket.conversation_id)
        .join(Contact, Contact.id == Conversation.contact_id)
        .outerjoin(Post, Post.id == Ticket.owner_id)
        .outerjoin(Staff, Staff.id == Post.staff_id)
    )


def _of(tray: Tray, post_id: int) -> Sequence[ColumnElement[bool]]:
    held = Ticket.state.in_(conversations.HELD)
    return {
        Tray.WAITING: (Ticket.state == TicketState.OPEN, Ticket.queued_at.is_not(None)),
        Tray.MINE: (held, Ticket.owner_id == post_id),
        Tray.OTHERS: (held, Ticket.owner_id.is_not(None), Ticket.owner_id != post_id),
        Tray.NOTED: (Ticket.state == TicketState.OPEN, Ticket.queued_at.is_(None)),
    }[tray]


def _last_words(session: Session, conversation_ids: Sequence[int]) -> dict[int, str]:
    newest = (
        select(func.max(InboundMessage.id))
        .where(InboundMessage.conversation_id.in_(conversation_ids))
        .group_by(InboundMessage.conversation_id)
    )
    found = session.execute(
        select(InboundMessage.conversation_id, InboundMessage.body).where(InboundMessage.id.in_(newest))
    )
    return {row[0]: row[1] for row in found}


def _card(row: Row[*tuple[Any, ...]], words: dict[int, str]) -> Card:
    ticket, name, address, due_at, paused, owner = row
    return Card(
        ticket_id=ticket.id,
        conversation_id=ticket.conversation_id,
        number=ticket.number,
        kind=ticket.kind,
        service=ticket.service,
        reason=ticket.reason,
        priority=ticket.priority,
        state=ticket.state,
        since=ticket.queued_at or ticket.opened_at,
        due_at=due_at,
        paused=paused,
        name=name or address.removeprefix("whatsapp:"),
        said=words.get(ticket.conversation_id, ""),
        owner=owner,
    )
