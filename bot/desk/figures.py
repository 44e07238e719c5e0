"""Reading the facts that the supervisor's figures are made of, and the tickets behind a number.

From the event rows alone, in a constant number of queries. What is counted, and how: `bot.figures`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Text, or_, select, type_coerce
from sqlalchemy.orm import Session

from bot.calendar import OfficeCalendar
from bot.contracts import EventKind, Level
from bot.figures import DECIDING, KINDS, TELLING, Fact, Measured, measure
from bot.models import Contact, Conversation, Event, Ticket

_TICKET = "ticket:"
_WEEK = timedelta(days=7)
# Tens of thousands of rows in a busy week: decoding no more than a figure asks halves the time.
_KIND, _DATA = type_coerce(Event.kind, Text), type_coerce(Event.data, Text)
_KINDS = {str(kind): kind for kind in KINDS}
_BREACH = f'"level":"{Level.BREACH}"'  # as `bot.models.base.JsonText` writes it; of all alerts these alone count
_NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Week:
    """From Monday's midnight to the next, on the office's clock. ``until`` is no part of it."""

    monday: date
    since: datetime
    until: datetime

    @classmethod
    def of(cls, day: date, calendar: OfficeCalendar) -> Week:
        """The week in which this day lies."""
        monday = day - timedelta(days=day.weekday())
        return cls(monday, calendar.instant(monday, time.min), calendar.instant(monday + _WEEK, time.min))

    def before(self, calendar: OfficeCalendar) -> Week:
        return Week.of(self.monday - _WEEK, calendar)

    def holds(self, at: datetime) -> bool:
        return self.since <= at < self.until


@dataclass(frozen=True, slots=True)
class Known:
    """What a list tells of a ticket."""

    number: str
    conversation_id: int
    kind: str
    name: str


def measured(session: Session, since: datetime, until: datetime, calendar: OfficeCalendar) -> list[Measured]:
    """Everything that counts from ``since`` to before ``until``, in the order in which it happened."""
    facts = _facts(session, since, until)
    return [one for one in measure(facts, calendar) if since <= one.at < until]


def known(session: Session, ticket_ids: Collection[int]) -> Mapping[int, Known]:
    """By ticket id; one that is not kept any more is left out."""
    found = session.execute(
        select(Ticket.id, Ticket.number, Ticket.conversation_id, Ticket.kind, Contact.profile_name, Contact.address)
        .join(Conversation, Conversation.id == Ticket.conversation_id)
        .join(Contact, Contact.id == Conversation.contact_id)
        .where(Ticket.id.in_(ticket_ids))
    )
    return {row[0]: Known(row[1], row[2], row[3], row[4] or row[5].removeprefix("whatsapp:")) for row in found}


def _facts(session: Session, since: datetime, until: datetime) -> list[Fact]:
    """All facts, until then, of tickets in whose conversations something came to count: a ticket's cycle may have begun
    long before. The session is bound to the office."""
    at_work = (
        select(Event.conversation_id).where(Event.kind.in_(DECIDING), Event.at >= since, Event.at < until).distinct()
    )
    rows = session.execute(
        select(_KIND, Event.actor, Event.at, Event.subject, _DATA)
        .where(Event.conversation_id.in_(at_work), Event.kind.in_(KINDS), Event.at < until)
        .where(or_(Event.kind != EventKind.ALERT, _DATA.contains(_BREACH)))
        .order_by(Event.id)
    )
    read = cache(json.loads)  # most say the same few things
    return [
        Fact(_KINDS[kind], actor, at, int(subject.removeprefix(_TICKET)), read(data) if kind in TELLING else _NOTHING)
        for kind, actor, at, subject, data in rows
        if subject.startswith(_TICKET)
    ]
