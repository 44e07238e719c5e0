"""Tickets: what a person must act on, each under a number that can be read out on the telephone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from bot.contracts import EventKind, Priority, TicketState
from bot.db.upsert import ensure
from bot.desk import alerts
from bot.desk.events import fact, record
from bot.models import Contact, Conversation, Office, Ticket, TicketSeries
from bot.models.base import Key

UNDELIVERED = "undelivered"  # a reply did not reach the citizen, or nobody knows whether it did
UNANSWERED = "unanswered"  # the assistant could not answer
SUBMISSION = "submission"
CANCEL, DELETE, REPLACE = "cancel_request", "delete_document", "replace_document"
PRIVACY = "privacy_request"
OF_PAPERS = (SUBMISSION, CANCEL, DELETE, REPLACE, PRIVACY)
"""Of documents themselves; of any other kind, a photo may be the evidence."""

CHECK_LETTERS = "ACDEFGHJKLMNPQRTUVW"  # without I, O, S, B, Z, which are misread; 19 of them: a prime


@dataclass(frozen=True, slots=True)
class Opened:
    """A ticket that is open, just now or from before."""

    id: int
    number: str


def open_ticket(
    session: Session,
    office_id: int,
    conversation_id: int,
    *,
    kind: str,
    service: str | None,
    now: datetime,
    actor: str = "assistant",
    again: bool = False,
    submission_id: int | None = None,
) -> Opened:
    """The conversation's open ticket of this kind (and of this submission, where something is asked of one); a new one
    when there is none, with the alert that it waits. ``again``: a new one also where there is one, since each is about
    something else."""
    run = session.connection().execute
    given = {"office": office_id, "conversation": conversation_id, "wanted": kind, "submission": submission_id}
    known = None if again else run(_OPEN, given).first()
    if known is not None:
        return Opened(*known)
    number = _next_number(session, office_id, now)
    ticket_id = run(
        _NEW,
        {
            "office_id": office_id,
            "conversation_id": conversation_id,
            "number": number,
            "kind": kind,
            "service": service,
            "state": TicketState.OPEN,
            "priority": Priority.NORMAL,
            "cycle": 1,
            "opened_at": now,
            "submission_id": submission_id,
        },
    ).scalar_one()
    record(
        session,
        fact(
            EventKind.TICKET_OPENED,
            office_id=office_id,
            conversation_id=conversation_id,
            at=now,
            actor=actor,
            subject=f"ticket:{ticket_id}",
            kind_of_ticket=kind,
            service=service,
        ),
    )
    alerts.announce_waiting(session, office_id, ticket_id, 1, now)
    return Opened(ticket_id, number)


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


# Built once: building a statement costs several times what running it does, and many a turn opens a ticket.
_OPEN = (
    select(Ticket.id, Ticket.number)
    .where(
        Ticket.office_id == bindparam("office"),
        Ticket.conversation_id == bindparam("conversation"),
        Ticket.kind == bindparam("wanted"),
        Ticket.submission_id.is_not_distinct_from(bindparam("submission", type_=Key)),
        Ticket.state.not_in([TicketState.RESOLVED, TicketState.CLOSED]),
    )
    .order_by(Ticket.id.desc())
    .limit(1)
)
_NEW = insert(Ticket.__table__).returning(Ticket.__table__.c.id)
_OFFICE = select(Office.prefix, Office.time_zone).where(Office.id == bindparam("office"))
_NEXT = (
    update(TicketSeries.__table__)
    .where(TicketSeries.__table__.c.office_id == bindparam("office"), TicketSeries.__table__.c.month == bindparam("of"))
    .values(last=TicketSeries.__table__.c.last + 1)
    .returning(TicketSeries.__table__.c.last)
)


def _next_number(session: Session, office_id: int, now: datetime) -> str:
    run = session.connection().execute
    prefix, time_zone = run(_OFFICE, {"office": office_id}).one()
    month = now.astimezone(ZoneInfo(time_zone)).strftime("%y%m")
    count = run(_NEXT, {"office": office_id, "of": month}).scalar()
    if count is None:  # the month's first
        ensure(session, TicketSeries, taken_by=("office_id", "month"), office_id=office_id, month=month, last=0)
        count = run(_NEXT, {"office": office_id, "of": month}).scalar_one()
    return number_of(prefix, month, count)
