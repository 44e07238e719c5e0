"""Tickets: what a person must act on, each under a number that can be read out on the telephone."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.contracts import EventKind, TicketState
from bot.db.upsert import ensure
from bot.desk.events import fact, record
from bot.models import Contact, Conversation, Office, Ticket, TicketSeries

UNDELIVERED = "undelivered"  # a reply did not reach the citizen, or nobody knows whether it did
UNANSWERED = "unanswered"  # the assistant could not answer

CHECK_LETTERS = "ACDEFGHJKLMNPQRTUVW"  # without I, O, S, B, Z, which are misread; 19 of them: a prime


def open_ticket(
    session: Session, office_id: int, conversation_id: int, *, kind: str, service: str | None, now: datetime
) -> Ticket:
    """The conversation's open ticket of this kind; a new one when there is none."""
    ticket = session.scalar(
        select(Ticket)
        .where(
            Ticket.conversation_id == conversation_id,
            Ticket.kind == kind,
            Ticket.state.not_in([TicketState.RESOLVED, TicketState.CLOSED]),
        )
        .order_by(Ticket.id.desc())
        .limit(1)
    )
    if ticket is not None:
        return ticket
    office = session.get_one(Office, office_id)
    ticket = Ticket(
        office_id=office.id,
        conversation_id=conversation_id,
        number=_next_number(session, office, now),
        kind=kind,
        service=service,
        opened_at=now,
    )
    session.add(ticket)
    session.flush()
    record(
        session,
        fact(
            EventKind.TICKET_OPENED,
            office_id=office.id,
            conversation_id=conversation_id,
            at=now,
            actor="assistant",
            subject=f"ticket:{ticket.id}",
            kind_of_ticket=kind,
        ),
    )
    return ticket


def open_tickets(session: Session, limit: int = 200) -> list[tuple[Ticket, str]]:
    """Open tickets, oldest first, with the citizen's channel address."""
    rows = session.execute(
        select(Ticket, Contact.address)
        .join(Conversation, Conversation.id == Ticket.conversation_id)
        .join(Contact, Contact.id == Conversation.contact_id)
        .where(Ticket.state == TicketState.OPEN)
        .order_by(Ticket.opened_at, Ticket.id)
        .limit(limit)
    )
    return [(row[0], row[1]) for row in rows]


def number_of(prefix: str, month: str, count: int) -> str:
    """``PKP-2611-0042K``: prefix, year and month, four digits or more, check letter.

    The letter is the number's digits weighed by powers of two modulo 19: it changes with any single wrong digit
    and with any two neighbours swapped.
    """
    digits = f"{month}{count:04d}"
    weighed = sum(int(digit) * pow(2, place, 19) for place, digit in enumerate(reversed(digits), start=1))
    return f"{prefix}-{month}-{count:04d}{CHECK_LETTERS[weighed % 19]}"


def _next_number(session: Session, office: Office, now: datetime) -> str:
    month = now.astimezone(ZoneInfo(office.time_zone)).strftime("%y%m")
    ensure(session, TicketSeries, taken_by=("office_id", "month"), office_id=office.id, month=month, last=0)
    count = session.scalar(
        update(TicketSeries)
        .where(TicketSeries.office_id == office.id, TicketSeries.month == month)
        .values(last=TicketSeries.last + 1)
        .returning(TicketSeries.last)
    )
    assert count is not None
    return number_of(office.prefix, month, count)
