"""What the desk shows: the queue and one's own conversations, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.orm import Session

from bot.contracts import ComplaintClass, HandOverReason, MessageKind, TargetState, TicketState
from bot.desk import claims, conversations, targets
from bot.models import Contact, Conversation, InboundMessage, Post, Staff, Target, Ticket

MOST = 200  # rows of a list; a longer queue is worked off from its front
LATEST = 10  # tickets of one conversation


class Tray(StrEnum):
    """The desk's lists."""

    WAITING = "waiting"
    MINE = "mine"
    OTHERS = "others"
    NOTED = "noted"


@dataclass(frozen=True, slots=True)
class Card:
    """A ticket in a list. ``due_at``: its next running deadline, which has ``minutes`` in all; ``said``: the citizen's
    last words, of ``said_kind``; ``is_kept``: its owner's to end, while the assistant talks with the citizen."""

    ticket_id: int
    conversation_id: int
    number: str
    kind: str
    service: str | None
    reason: HandOverReason | None
    complaint_class: ComplaintClass | None
    priority: str
    state: TicketState
    since: datetime
    due_at: datetime | None
    minutes: int
    paused: bool
    name: str
    said: str
    said_kind: MessageKind | None
    owner: str | None
    owner_id: int | None
    is_kept: bool


def cards(session: Session, tray: Tray, post_id: int) -> list[Card]:
    """A list of the desk, who waits longest first. The session is bound to the office."""
    return _cards(session, _list().where(*_of(tray, post_id)).order_by(_SINCE, Ticket.id).limit(MOST))


def counts(session: Session, post_id: int) -> dict[Tray, int]:
    """How many stand in each list."""
    return {
        tray: session.scalar(select(func.count()).select_from(Ticket).where(*_of(tray, post_id))) or 0 for tray in Tray
    }


def tickets_of(session: Session, conversation_id: int) -> list[Card]:
    """A conversation's tickets, the latest first."""
    return _cards(
        session, _list().where(Ticket.conversation_id == conversation_id).order_by(Ticket.id.desc()).limit(LATEST)
    )


_SINCE = func.coalesce(Ticket.queued_at, Ticket.opened_at)


def _list() -> Select[*tuple[Any, ...]]:
    return (
        select(Ticket, Contact.profile_name, Contact.address, Staff.name)
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


def _cards(session: Session, wanted: Select[*tuple[Any, ...]]) -> list[Card]:
    rows = session.execute(wanted).all()
    if not rows:
        return []
    words = _last_words(session, {row[0].conversation_id for row in rows})
    clocks = _clocks(session, [row[0].id for row in rows])
    return [_card(row, words, clocks) for row in rows]


def _last_words(session: Session, conversation_ids: Collection[int]) -> dict[int, tuple[str, MessageKind]]:
    newest = (
        select(func.max(InboundMessage.id))
        .where(InboundMessage.conversation_id.in_(conversation_ids))
        .group_by(InboundMessage.conversation_id)
    )
    found = session.execute(
        select(InboundMessage.conversation_id, InboundMessage.body, InboundMessage.kind).where(
            InboundMessage.id.in_(newest)
        )
    )
    return {row[0]: (row[1], row[2]) for row in found}


def _clocks(session: Session, ticket_ids: Sequence[int]) -> dict[int, list[Target]]:
    """The deadlines that are not met yet, the next one first."""
    found: dict[int, list[Target]] = {}
    live = (Target.ticket_id.in_(ticket_ids), Target.state.in_(targets.LIVE))
    for target in session.scalars(select(Target).where(*live).order_by(Target.due_at)):
        found.setdefault(target.ticket_id, []).append(target)
    return found


def _card(
    row: Row[*tuple[Any, ...]], words: dict[int, tuple[str, MessageKind]], clocks: dict[int, list[Target]]
) -> Card:
    ticket, name, address, owner = row
    said, said_kind = words.get(ticket.conversation_id, ("", None))
    live = clocks.get(ticket.id, [])
    running = next((target for target in live if target.state is TargetState.RUNNING), None)
    return Card(
        ticket_id=ticket.id,
        conversation_id=ticket.conversation_id,
        number=ticket.number,
        kind=ticket.kind,
        service=ticket.service,
        reason=ticket.reason,
        complaint_class=ticket.complaint_class,
        priority=ticket.priority,
        state=ticket.state,
        since=ticket.queued_at or ticket.opened_at,
        due_at=running.due_at if running else None,
        minutes=running.minutes if running else 0,
        paused=bool(live) and running is None,
        name=name or address.removeprefix("whatsapp:"),
        said=said,
        said_kind=said_kind,
        owner=owner,
        owner_id=ticket.owner_id,
        is_kept=claims.is_kept(ticket),
    )
