"""Where a ticket stands, for who asks from another number: five tries of the last four digits of the NIK on file.

Nobody learns from a refusal whether there is such a ticket, nor which part was wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.contracts import EventKind
from bot.db.upsert import ensure
from bot.desk.events import fact, record
from bot.models import Conversation, StatusLookup, Submission, Ticket

TRIES = 5
TRIES_IN_ALL = 15
"""Of one conversation, over all numbers: who tries many tickets does not look for their own."""
LOCKED_FOR = timedelta(days=1)
LONGEST = 24

TailCheck = Callable[[Session, int, str], bool]
"""(session, submission id, four digits) → whether a NIK on file ends so; `bot.desk.marks` knows."""


def never_fits(_session: Session, _submission_id: int, _tail: str) -> bool:
    """Where there are no keys, nobody else's ticket is told."""
    return False


@dataclass(frozen=True, slots=True)
class Locked:
    """Too many tries."""


@dataclass(frozen=True, slots=True)
class Refused:
    """No such ticket, or the digits are not those on file."""


def look_up(
    session: Session, conversation_id: int, number: str, tail: str, fits_tail: TailCheck, now: datetime
) -> Ticket | Refused | Locked:
    """The ticket, for who may know of it: its own citizen, or who knows the digits. The conversation is locked."""
    written = re.sub(r"[^A-Z0-9]", "", number.upper())[:LONGEST]
    office_id, ticket = _found(session, conversation_id, written)
    if ticket is not None and ticket.conversation_id == conversation_id:
        return ticket
    tries = _tries(session, office_id, conversation_id, written, now)
    if tries.tries >= TRIES or _tries_in_all(session, conversation_id, now) >= TRIES_IN_ALL:
        _tell(session, office_id, conversation_id, "locked", now)
        return Locked()
    fits = ticket is not None and _fits(session, ticket, tail, fits_tail)
    tries.tries, tries.tried_at = 0 if fits else tries.tries + 1, now
    session.flush()
    _tell(session, office_id, conversation_id, "told" if fits else "refused", now)
    return ticket if ticket is not None and fits else Refused()


def _found(session: Session, conversation_id: int, written: str) -> tuple[int, Ticket | None]:
    """The asker's office, and its ticket of this number: letters and digits alone count."""
    office_id = session.scalars(select(Conversation.office_id).where(Conversation.id == conversation_id)).one()
    same = func.replace(Ticket.number, "-", "") == written
    found = session.scalar(select(Ticket).where(Ticket.office_id == office_id, same))
    while found is not None and found.merged_into is not None:  # it stands where the one stands that it became
        found = session.get_one(Ticket, found.merged_into)
    return office_id, found


def _fits(session: Session, ticket: Ticket, tail: str, fits_tail: TailCheck) -> bool:
    submission_id = session.scalar(select(Submission.id).where(Submission.ticket_id == ticket.id))
    return submission_id is not None and fits_tail(session, submission_id, tail)


def _tries(session: Session, office_id: int, conversation_id: int, written: str, now: datetime) -> StatusLookup:
    """The tries so far; those of more than a day ago are forgotten."""
    key = {"conversation_id": conversation_id, "number": written}
    ensure(session, StatusLookup, taken_by=tuple(key), office_id=office_id, tries=0, tried_at=now, **key)
    found = session.scalars(
        select(StatusLookup).filter_by(**key).with_for_update().execution_options(populate_existing=True)
    ).one()
    if now - found.tried_at >= LOCKED_FOR:
        found.tries = 0
    return found


def _tries_in_all(session: Session, conversation_id: int, now: datetime) -> int:
    lately = (StatusLookup.conversation_id == conversation_id, StatusLookup.tried_at > now - LOCKED_FOR)
    return session.scalar(select(func.coalesce(func.sum(StatusLookup.tries), 0)).where(*lately)) or 0


def _tell(session: Session, office_id: int, conversation_id: int, outcome: str, now: datetime) -> None:
    record(
        session,
        fact(
            EventKind.STATUS_TOLD,
            office_id=office_id,
            conversation_id=conversation_id,
            at=now,
            actor="citizen",
            outcome=outcome,
        ),
    )
