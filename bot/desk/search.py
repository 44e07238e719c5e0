"""Finding a conversation by what an officer remembers of it: a name, a number, a word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from bot.contracts.files import Detail
from bot.desk import marks
from bot.models import Attachment, Contact, Conversation, InboundMessage, Note, OutboundMessage, Ticket

MOST = 50  # conversations that are told
LOOKED = 400  # lines of each kind that are looked at: several may be of one conversation
SHORTEST = 2
NUMBER = re.compile(r"[A-Z]{2,5}\d{4,}[A-Z]?|\d{2,8}[A-Z]?")
SIGNS = re.compile(r"[\s./-]+")
IDENTITY_DIGITS = 16
PHONE_DIGITS = 4


class FoundBy(StrEnum):
    """What of a conversation fits."""

    IDENTITY = "identity"  # a NIK or KK read in a file
    TICKET = "ticket"
    PHONE = "phone"
    NAME = "name"
    CITIZEN = "citizen"  # the citizen's words
    OFFICE = "office"  # an answer's
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Hit:
    """A conversation that fits. ``line``: the words that do, '' where it is not by words; ``number``: of its newest
    ticket."""

    conversation_id: int
    name: str
    by: FoundBy
    line: str
    at: datetime | None
    number: str | None


def search(session: Session, text: str, key: Callable[[], bytes]) -> list[Hit]:
    """At most 50 conversations, what fits best first: numbers before names before words, the newest of each first.
    ``key``: of the hashes by which a NIK or KK is found (`bot.desk.marks`), asked for only then. Letters' case does not
    matter."""
    text = " ".join(text.split())
    if len(text) < SHORTEST:
        return []
    found: dict[int, tuple[FoundBy, str, datetime | None]] = {}
    for by, rows in _ways(session, text, key):
        for conversation_id, line, at in rows:
            found.setdefault(conversation_id, (by, line, at))
        if len(found) >= MOST:
            break
    return _hits(session, dict(list(found.items())[:MOST]))


def is_identity(text: str) -> bool:
    """Whether it is a NIK or KK: it must be shown masked, and stand in no address."""
    return _identity(text) is not None


Rows = Iterable[tuple[int, str, datetime | None]]


def _ways(session: Session, text: str, key: Callable[[], bytes]) -> Iterable[tuple[FoundBy, Rows]]:
    if (identity := _identity(text)) is not None:
        yield FoundBy.IDENTITY, _by_identity(session, identity, key())
        return
    digits = _digits(text)
    if NUMBER.fullmatch(plain := SIGNS.sub("", text.upper())):
        yield FoundBy.TICKET, _by_ticket(session, plain)
    if len(digits) >= PHONE_DIGITS and not re.search(r"[^\W\d]", text):
        yield FoundBy.PHONE, _by_phone(session, digits)
    yield FoundBy.NAME, _by_name(session, text)
    yield FoundBy.CITIZEN, _by_words(session, InboundMessage, InboundMessage.received_at, text)
    yield FoundBy.OFFICE, _by_words(session, OutboundMessage, OutboundMessage.created_at, text)
    yield FoundBy.NOTE, _by_words(session, Note, Note.written_at, text)


def _by_identity(session: Session, digits: str, key: bytes) -> Rows:
    office_id = session.info["office_id"]
    files = [
        one
        for detail in (Detail.NIK, Detail.KK)
        for one in marks.find_by_number(session, key, office_id, detail, digits)
    ]
    rows = select(Attachment.conversation_id).where(Attachment.id.in_(files)).order_by(Attachment.id.desc())
    return [(conversation_id, "", None) for conversation_id in session.scalars(rows)]


def _by_ticket(session: Session, plain: str) -> Rows:
    """What people write of a number: any part with a letter (``PKP26110042K``, ``0042K``); or digits alone, which are
    the serial, whole (``42`` is not 142), perhaps with its month (``2611-0042``)."""
    number = func.replace(Ticket.number, "-", "")
    serial = plain.lstrip("0") or plain
    fits = number.contains(plain, autoescape=True)
    if plain.isdigit():
        fits = Ticket.number.regexp_match(f"-0*{serial}[A-Z]$") | number.regexp_match(f"[A-Z]{plain}[A-Z]$")
    rows = select(Ticket.conversation_id, Ticket.opened_at).where(fits).order_by(Ticket.id.desc()).limit(LOOKED)
    return [(row[0], "", row[1]) for row in session.execute(rows)]


def _by_phone(session: Session, digits: str) -> Rows:
    """Written with 0 or with the country's 62 before it."""
    local = digits.removeprefix("62").removeprefix("0") or digits
    return _by_contact(session, Contact.address.contains(local, autoescape=True))


def _by_name(session: Session, text: str) -> Rows:
    return _by_contact(session, _contains(Contact.profile_name, text))


def _by_contact(session: Session, fits: ColumnElement[bool]) -> Rows:
    rows = session.execute(
        select(Conversation.id)
        .join(Contact, Contact.id == Conversation.contact_id)
        .where(fits)
        .order_by(Conversation.id.desc())
        .limit(LOOKED)
    )
    return [(row[0], "", None) for row in rows]


def _by_words(session: Session, model: Any, at: Any, text: str) -> Rows:
    rows: Select[Any] = (
        select(model.conversation_id, model.body, at)
        .where(_contains(model.body, text))
        .order_by(model.id.desc())
        .limit(LOOKED)
    )
    return [(row[0], row[1], row[2]) for row in session.execute(rows)]


def _contains(column: Any, text: str) -> ColumnElement[bool]:
    """``%`` and ``_`` are what they are."""
    fits: ColumnElement[bool] = column.icontains(text, autoescape=True)
    return fits


def _hits(session: Session, found: dict[int, tuple[FoundBy, str, datetime | None]]) -> list[Hit]:
    people = session.execute(
        select(Conversation.id, Contact.profile_name, Contact.address)
        .join(Contact, Contact.id == Conversation.contact_id)
        .where(Conversation.id.in_(found))
    )
    names = {row[0]: row[1] or row[2].removeprefix("whatsapp:") for row in people}
    newest = select(func.max(Ticket.id)).where(Ticket.conversation_id.in_(found)).group_by(Ticket.conversation_id)
    tickets = session.execute(select(Ticket.conversation_id, Ticket.number).where(Ticket.id.in_(newest)))
    numbers = {row[0]: row[1] for row in tickets}
    return [Hit(talk, names[talk], *told, numbers.get(talk)) for talk, told in found.items() if talk in names]


def _identity(text: str) -> str | None:
    """The NIK or KK in it, also with words and with gaps between its digits."""
    found = (re.sub(r"\D", "", run) for run in re.findall(r"\d[\d .-]+\d", text))
    return next((digits for digits in found if len(digits) == IDENTITY_DIGITS), None)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text) if re.fullmatch(r"[\d\s.+-]+", text) else ""
