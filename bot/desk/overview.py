"""The supervisor's first look, as of now: how many, and which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from bot.contracts import EventKind, TargetState
from bot.desk import conditions
from bot.desk.board import Spot
from bot.desk.conditions import SINCE
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


@dataclass(frozen=True, slots=True)
class ListedPage:
    """``following``: where the next page begins; None: this is the last."""

    rows: list[Listed]
    following: Spot | None


@dataclass(frozen=True, slots=True)
class Damaged:
    """A citizen's file that could not be opened. ``what``: ``missing``, ``changed`` or ``locked``."""

    file_id: int
    conversation_id: int
    name: str
    what: str
    at: datetime


def look(session: Session, now: datetime) -> Overview:
    """The session is bound to the office."""
    since = select(func.min(Ticket.queued_at)).where(_which(Standing.WAITING, now))
    unsent = select(func.min(OutboundMessage.first_tried_at)).where(UNSENT)
    return Overview(
        tickets={one: count(session, one, now) for one in Standing},
        waits_since=session.scalar(since),
        unsent_since=session.scalar(unsent),
        damaged=session.scalar(select(func.count(Event.subject.distinct())).where(*_damaged_since(now))) or 0,
    )


def count(session: Session, standing: Standing, now: datetime) -> int:
    return session.scalar(select(func.count()).select_from(Ticket).where(_which(standing, now))) or 0


def _damaged_since(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return Event.kind == EventKind.FILE_DAMAGED, Event.at > now - DAMAGED_FOR


def damaged(session: Session, now: datetime) -> list[Damaged]:
    """The very files of the count, what was found last first."""
    last = select(func.max(Event.id)).where(*_damaged_since(now)).group_by(Event.subject)
    rows = session.execute(
        select(Event, Conversation.id, Contact.profile_name, Contact.address)
        .join(Conversation, Conversation.id == Event.conversation_id)
        .join(Contact, Contact.id == Conversation.contact_id)
        .where(Event.id.in_(last))
        .order_by(Event.id.desc())
    )
    return [
        Damaged(
            file_id=int(fact.subject.removeprefix("attachment:")),
            conversation_id=conversation_id,
            name=name or address.removeprefix("whatsapp:"),
            what=fact.data["what"],
            at=fact.at,
        )
        for fact, conversation_id, name, address in rows
    ]


def listed(
    session: Session, standing: Standing, now: datetime, *, after: Spot | None = None, most: int | None
) -> ListedPage:
    """A page of the very tickets of a count, who waits longest first; ``most``: None for all of them. Pages begin
    behind a ticket, since who comes and goes meanwhile would shift counted ones."""
    asked = (
        select(Ticket, Contact.profile_name, Contact.address, SINCE)
        .join(Conversation, Conversation.id == Ticket.conversation_id)
        .join(Contact, Contact.id == Conversation.contact_id)
        .where(_which(standing, now))
        .order_by(SINCE, Ticket.id)
    )
    if after is not None:
        asked = asked.where(after.beyond(SINCE))
    rows = session.execute(asked.limit(most + 1) if most else asked).all()
    shown = rows[:most]
    due = _due(session, [row[0].id for row in shown])
    found = [
        Listed(
            ticket_id=ticket.id,
            conversation_id=ticket.conversation_id,
            number=ticket.number,
            kind=ticket.kind,
            service=ticket.service,
            name=name or address.removeprefix("whatsapp:"),
            since=since,
            due_at=due.get(ticket.id),
            owner_id=ticket.owner_id,
        )
        for ticket, name, address, since in shown
    ]
    return ListedPage(found, Spot(found[-1].since, found[-1].ticket_id) if len(rows) > len(shown) else None)


def _due(session: Session, ticket_ids: Sequence[int]) -> dict[int, datetime]:
    """The next running deadline of each ticket that has one."""
    running = (Target.ticket_id.in_(ticket_ids), Target.state == TargetState.RUNNING)
    rows = session.execute(select(Target.ticket_id, Target.due_at).where(*running).order_by(Target.due_at.desc()))
    return {row[0]: row[1] for row in rows}


def _which(standing: Standing, now: datetime) -> ColumnElement[bool]:
    return {
        Standing.WAITING: conditions.WAITS,
        Standing.LATE: conditions.late(now),
        Standing.HELD: conditions.HELD,
    }[standing]
