"""The supervisor's first look, as of now: how many, and which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from bot.contracts import EventKind, TargetState, TicketState
from bot.desk import conversations
from bot.desk.outbox import UNSENT
from bot.models import Contact, Conversation, Event, OutboundMessage, Target, Ticket

DAMAGED_FOR = timedelta(days=7)


class Standing(StrEnum):
    """The numbers of tickets as of now."""

    WAITING = "waiting"
    LATE = "late"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Overview:
    """``tickets``: how many of each; ``waits_since``: of the longest wait in the queue; ``unsent_since``: since when
    the oldest message to a citizen is tried in vain or on its way; ``damaged``: files of the last seven days that
    were found changed, gone or under a key that we do not have."""

    tickets: dict[Standing, int]
    waits_since: datetime | None
    unsent_since: datetime | None
    damaged: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A ticket behind a number. ``since``: it waits or was noted; ``due_at``: its next running deadline."""

    ticket_id: int
    conversation_id: int
    number: str
    kind: str
    service: str | None
    name: str
    since: datetime
    due_at: datetime | None
    owner_id: int | None


def look(session: Session, now: datetime) -> Overview:
    """The session is bound to the office."""
    since = select(func.min(Ticket.queued_at)).where(*_which(Standing.WAITING, now))
    unsent = select(func.min(OutboundMessage.first_tried_at)).where(UNSENT)
    return Overview(
        tickets={one: count(session, one, now) for one in Standing},
        waits_since=session.scalar(since),
        unsent_since=session.scalar(unsent),
        damaged=_damaged(session, now),
    )


def count(session: Session, standing: Standing, now: datetime) -> int:
    return session.scalar(select(func.count()).select_from(Ticket).where(*_which(standing, now))) or 0


def _damaged(session: Session, now: datetime) -> int:
    found = (Event.kind == EventKind.FILE_DAMAGED, Event.at > now - DAMAGED_FOR)
    return session.scalar(select(func.count(Event.subject.distinct())).where(*found)) or 0


def listed(session: Session, standing: Standing, now: datetime, *, skip: int, most: int | None) -> list[Listed]:
    """The very tickets of a count, who waits longest first; ``most``: None for all of them."""
    since = func.coalesce(Ticket.queued_at, Ticket.opened_at)
    rows = session.execute(
        select(Ticket, Contact.profile_name, Contact.address, since)
        .join(Conversation, Conversation.id == Ticket.conversation_id)
        .join(Contact, Contact.id == Conversation.contact_id)
        .where(*_which(standing, now))
        .order_by(since, Ticket.id)
        .offset(skip)
        .limit(most)
    ).all()
    due = _due(session, [row[0].id for row in rows])
    return [
        Listed(
            ticket_id=ticket.id,
            conversation_id=ticket.conversation_id,
            number=ticket.number,
            kind=ticket.kind,
            service=ticket.service,
            name=name or address.removeprefix("whatsapp:"),
            since=waits,
            due_at=due.get(ticket.id),
            owner_id=ticket.owner_id,
        )
        for ticket, name, address, waits in rows
    ]


def _due(session: Session, ticket_ids: Sequence[int]) -> dict[int, datetime]:
    """The next running deadline of each ticket that has one."""
    running = (Target.ticket_id.in_(ticket_ids), Target.state == TargetState.RUNNING)
    rows = session.execute(select(Target.ticket_id, Target.due_at).where(*running).order_by(Target.due_at.desc()))
    return {row[0]: row[1] for row in rows}


def _which(standing: Standing, now: datetime) -> Sequence[ColumnElement[bool]]:
    overdue = select(Target.ticket_id).where(Target.state == TargetState.RUNNING, Target.due_at < now)
    return {
        Standing.WAITING: (Ticket.state == TicketState.OPEN, Ticket.queued_at.is_not(None)),
        Standing.LATE: (Ticket.id.in_(overdue),),
        Standing.HELD: (Ticket.state.in_(conversations.HELD), Ticket.owner_id.is_not(None)),
    }[standing]
