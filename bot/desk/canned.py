"""Canned answers: what an office's officers write often, with variables that a page fills in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.contracts import Actor, EventKind
from bot.desk.events import fact, record
from bot.errors import NotFound, SapaError
from bot.models import CannedAnswer, Event, Post, Staff
from bot.models.canned_answer import TITLE_LENGTH

VARIABLES = ("nama", "nomor", "layanan", "petugas", "kantor", "jam_buka")
LONGEST = 1200  # letters: filled in, it must still fit a message
UNKNOWN = "[…]"
"""What stands for a variable whose value is not known here: to be seen and written by hand."""
PLACE = re.compile(r"\{([^{}]*)\}")


class CannedRefused(SapaError):
    """Not done; ``reason``: ``title``, ``body``, ``taken``, or ``variable`` with its ``name``."""

    def __init__(self, reason: str, name: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.name = name


@dataclass(frozen=True, slots=True)
class Canned:
    """``editor``: who wrote it last, None: it came with the office."""

    id: int
    title: str
    body: str
    editor: str | None
    edited_at: datetime


def fill(body: str, values: Mapping[str, str]) -> str:
    """The text with its variables filled in."""
    return PLACE.sub(lambda place: values.get(place[1]) or UNKNOWN, body)


def answers(session: Session) -> Sequence[Canned]:
    """The office's, by title."""
    rows = session.execute(
        select(CannedAnswer, Staff.name)
        .outerjoin(Post, Post.id == CannedAnswer.edited_by)
        .outerjoin(Staff, Staff.id == Post.staff_id)
        .order_by(func.lower(CannedAnswer.title))
    )
    return [Canned(row.id, row.title, row.body, name, row.edited_at) for row, name in rows]


def answer(session: Session, answer_id: int) -> Canned:
    """Raises NotFound."""
    found = next((one for one in answers(session) if one.id == answer_id), None)
    if found is None:
        raise NotFound(f"canned answer {answer_id}")
    return found


def save(session: Session, actor: Actor, answer_id: int | None, title: str, body: str, now: datetime) -> None:
    """A new one (``answer_id`` None), or other words for one. Raises NotFound, CannedRefused."""
    title, body = _checked(title, body)
    same = next((one for one in answers(session) if one.title.casefold() == title.casefold()), None)
    if same is not None and same.id != answer_id:
        raise CannedRefused("taken")
    if answer_id is None:
        row = CannedAnswer(office_id=actor.office_id)
        session.add(row)
    else:
        row = _row(session, answer_id)
    row.title, row.body, row.edited_by, row.edited_at = title, body, actor.post_id, now
    session.flush()
    _changed(session, row, actor.office_id, "added" if answer_id is None else "edited", actor.name, now)


def remove(session: Session, actor: Actor, answer_id: int, now: datetime) -> None:
    """Raises NotFound."""
    row = _row(session, answer_id)
    session.delete(row)
    session.flush()
    _changed(session, row, actor.office_id, "removed", actor.name, now)


def put_first(session: Session, office_id: int, given: Sequence[tuple[str, str]], now: datetime) -> None:
    """Titles and bodies that an office begins with. One that ever had any gets none: what was deleted stays so."""
    had = select(func.count()).where(CannedAnswer.office_id == office_id)
    changed = select(func.count()).where(
        Event.office_id == office_id,
        Event.kind == EventKind.DESK_CHANGED,
        Event.subject.startswith("canned_answer:"),
    )
    if session.scalar(had) or session.scalar(changed):
        return
    for title, body in given:
        title, body = _checked(title, body)
        row = CannedAnswer(office_id=office_id, title=title, body=body, edited_at=now)
        session.add(row)
        session.flush()
        _changed(session, row, office_id, "added", "line", now)


def _row(session: Session, answer_id: int) -> CannedAnswer:
    found = session.scalar(select(CannedAnswer).where(CannedAnswer.id == answer_id))
    if found is None:
        raise NotFound(f"canned answer {answer_id}")
    return found


def _checked(title: str, body: str) -> tuple[str, str]:
    title, body = " ".join(title.split()), body.replace("\r\n", "\n").strip()
    if not 0 < len(title) <= TITLE_LENGTH:
        raise CannedRefused("title")
    if not 0 < len(body) <= LONGEST:
        raise CannedRefused("body")
    if unknown := [name for name in PLACE.findall(body) if name not in VARIABLES]:
        raise CannedRefused("variable", unknown[0])
    return title, body


def _changed(session: Session, row: CannedAnswer, office_id: int, how: str, actor: str, now: datetime) -> None:
    record(
        session,
        fact(
            EventKind.DESK_CHANGED,
            office_id=office_id,
            at=now,
            actor=actor,
            subject=f"canned_answer:{row.id}",
            what="canned_answer",
            how=how,
        ),
    )
