"""Submissions and files as officers see them: what stands where, who decided it, and who looked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from bot.contracts import (
    Advice,
    AttachmentState,
    DeletionReason,
    EventKind,
    FileKind,
    Refusal,
    Rejection,
    SubmissionState,
    TicketState,
    Whom,
)
from bot.contracts.files import VaultPart
from bot.desk.files import KEPT
from bot.desk.reviews import UNDER_REVIEW
from bot.errors import NotFound
from bot.models import Attachment, Event, InboundMessage, Post, Staff, Submission, Ticket

LATEST_OPENINGS = 30


@dataclass(frozen=True, slots=True)
class File:
    """A citizen's file. ``number``: in its submission's list, 0: it is of none; ``document`` None: nobody knows which
    it is. ``seq`` and ``sent_at`` are its message's; ``reviewer``: the officer who decided, by name. ``gone_at``: it
    is out of sight since, or will be for good then. ``repeats``: an earlier file that is the same picture.
    ``replace_asked``: the citizen wants another in its place, ``is_proposed``: this is one."""

    id: int
    conversation_id: int
    submission_id: int | None
    number: int
    document: str | None
    page: int
    pages: int
    kind: FileKind | None
    state: AttachmentState
    seq: int
    sent_at: datetime
    advice: tuple[Advice, ...]
    doubts: tuple[str, ...]
    refusal: Refusal | None
    rejection: Rejection | None
    rejection_note: str
    reviewer: str | None
    reviewed_at: datetime | None
    delete_asked: bool
    replace_asked: bool
    is_proposed: bool
    deleted_why: DeletionReason | None
    gone_at: datetime | None
    repeats: int | None

    @property
    def is_shown(self) -> bool:
        """Whether the vault opens it."""
        return self.state in KEPT

    @property
    def is_undecided(self) -> bool:
        return self.state is AttachmentState.STORED


@dataclass(frozen=True, slots=True)
class SubmissionPapers:
    """``number``, ``ticket_state`` and ``owner_id`` are its ticket's, None until it was sent."""

    id: int
    conversation_id: int
    service: str
    whom: Whom | None
    answers: Mapping[str, str]
    state: SubmissionState
    sent_at: datetime | None
    cancel_asked: bool
    number: str | None
    ticket_state: TicketState | None
    owner_id: int | None
    files: tuple[File, ...] = field(default=())

    @property
    def is_under_review(self) -> bool:
        return self.state in UNDER_REVIEW

    @property
    def standing(self) -> str:
        """Changes with whatever is decided of it, comes to it or goes: what a page showed, a decision brings along."""
        asked = ("cancel_asked",) if self.cancel_asked else ()
        return " ".join((self.state, *asked, *(f"{one.id}:{one.state}" for one in self.files)))


@dataclass(frozen=True, slots=True)
class Opening:
    """Somebody looked at a file."""

    name: str
    at: datetime


def file(session: Session, file_id: int) -> File:
    """Raises NotFound, also for another office's."""
    found = _files(session, Attachment.id == file_id)
    if not found:
        raise NotFound(f"attachment {file_id}")
    return found[0]


def files_conversation(session: Session, file_id: int) -> int:
    """Raises NotFound, also for another office's."""
    found = session.scalar(select(Attachment.conversation_id).where(Attachment.id == file_id))
    if found is None:
        raise NotFound(f"attachment {file_id}")
    return found


def files_of_messages(session: Session, conversation_id: int, from_seq: int) -> dict[int, list[File]]:
    """The files of a conversation's messages from a sequence number on, by their message's."""
    found: dict[int, list[File]] = {}
    wanted = (Attachment.conversation_id == conversation_id, InboundMessage.seq >= from_seq)
    for one in _files(session, *wanted):
        found.setdefault(one.seq, []).append(one)
    return found


def submission(session: Session, submission_id: int) -> SubmissionPapers:
    """Raises NotFound, also for another office's."""
    found = _submissions(session, Submission.id == submission_id)
    if not found:
        raise NotFound(f"submission {submission_id}")
    return found[0]


def submissions_conversation(session: Session, submission_id: int) -> int:
    """Raises NotFound, also for another office's."""
    found = session.scalar(select(Submission.conversation_id).where(Submission.id == submission_id))
    if found is None:
        raise NotFound(f"submission {submission_id}")
    return found


def submissions_of(session: Session, conversation_id: int) -> list[SubmissionPapers]:
    """A conversation's, the one worked on last first."""
    return _submissions(session, Submission.conversation_id == conversation_id)


def openings(session: Session, file_id: int) -> list[Opening]:
    """Who looked at a file, the latest first; thumbnails do not count."""
    whose = select(Attachment.conversation_id).where(Attachment.id == file_id).scalar_subquery()
    facts = session.execute(
        select(Event.actor, Event.at, Event.data)
        .where(Event.kind == EventKind.FILE_OPENED, Event.subject == f"attachment:{file_id}")
        .where(Event.conversation_id == whose)  # by its index
        .order_by(Event.id.desc())
    ).all()
    looked = [(actor, at) for actor, at, data in facts if data.get("part") == VaultPart.FILE][:LATEST_OPENINGS]
    names = _names(session, {actor for actor, _ in looked})
    return [Opening(names.get(actor, ""), at) for actor, at in looked]


def _files(session: Session, *wanted: ColumnElement[bool]) -> list[File]:
    rows = session.execute(
        select(Attachment, InboundMessage.seq, InboundMessage.received_at)
        .join(InboundMessage, InboundMessage.id == Attachment.inbound_id)
        .where(*wanted)
        .order_by(Attachment.number, Attachment.id)
    ).all()
    names = _names(session, {row[0].reviewed_by for row in rows})
    return [_file(*row, names) for row in rows]


def _file(row: Attachment, seq: int, sent_at: datetime, names: Mapping[str, str]) -> File:
    return File(
        id=row.id,
        conversation_id=row.conversation_id,
        submission_id=row.submission_id,
        number=row.number,
        document=row.document,
        page=row.page,
        pages=row.pages or 1,
        kind=row.kind,
        state=row.state,
        seq=seq,
        sent_at=sent_at,
        advice=tuple(Advice(one) for one in row.advice),
        doubts=tuple(row.doubts),
        refusal=row.refusal,
        rejection=row.rejection,
        rejection_note=row.rejection_note,
        reviewer=names.get(row.reviewed_by or ""),
        reviewed_at=row.reviewed_at,
        delete_asked=row.delete_asked_at is not None,
        replace_asked=row.replace_asked_at is not None,
        is_proposed=row.replaces_id is not None,
        deleted_why=row.deleted_why,
        gone_at=row.deleted_at or row.delete_due_at,
        repeats=row.repeats_id,
    )


def _submissions(session: Session, wanted: ColumnElement[bool]) -> list[SubmissionPapers]:
    rows = session.execute(
        select(Submission, Ticket.number, Ticket.state, Ticket.owner_id)
        .outerjoin(Ticket, Ticket.id == Submission.ticket_id)
        .where(wanted)
        .order_by(Submission.touched_at.desc(), Submission.id.desc())
    ).all()
    if not rows:
        return []
    files: dict[int | None, list[File]] = {}
    for one in _files(session, Attachment.submission_id.in_([row[0].id for row in rows])):
        files.setdefault(one.submission_id, []).append(one)
    return [_submission(*row, files.get(row[0].id, ())) for row in rows]


def _submission(
    row: Submission, number: str | None, state: TicketState | None, owner_id: int | None, files: Sequence[File]
) -> SubmissionPapers:
    return SubmissionPapers(
        id=row.id,
        conversation_id=row.conversation_id,
        service=row.service,
        whom=row.whom,
        answers=row.answers,
        state=row.state,
        sent_at=row.sent_at,
        cancel_asked=row.cancel_asked_at is not None,
        number=number,
        ticket_state=state,
        owner_id=owner_id,
        files=tuple(files),
    )


def _names(session: Session, actors: set[str] | set[str | None]) -> dict[str, str]:
    """Event actors (``staff:<post>``) → the people's names."""
    posts = {actor: int(actor.removeprefix("staff:")) for actor in actors if actor and actor.startswith("staff:")}
    if not posts:
        return {}
    rows = session.execute(
        select(Post.id, Staff.name).join(Staff, Staff.id == Post.staff_id).where(Post.id.in_(posts.values()))
    )
    names = {row[0]: row[1] for row in rows}
    return {actor: names[post] for actor, post in posts.items() if post in names}
