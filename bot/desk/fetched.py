"""Files that are to be fetched and checked: claimed by a worker, and what came of it written down.

Each outcome is one transaction that begins with the conversation's lock and finds the row still held; where the
citizen deleted the file meanwhile, or another worker has it, nothing is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select, text
from sqlalchemy.orm import Session

from bot.contracts import AttachmentState, ConversationState, EventKind, FileKind, Inspection, Refusal
from bot.db.claim import DueRows, release_dead
from bot.desk import consents, conversations, evidence, files, marks, news, submissions, vault
from bot.desk.pace import retry_delay
from bot.desk.vault import SealedPart
from bot.models import Attachment, Submission
from bot.models.base import UtcDateTime
from bot.sealing import MasterKeys

LEASE = timedelta(minutes=4)  # longer than fetching and checking a whole claim, each with its time-outs
LONGEST_DELAY = timedelta(hours=1)
GIVE_UP_AFTER = timedelta(hours=22)  # within WhatsApp's day, so that the citizen can still be told
ALIKE_BITS = 6
"""Fingerprints (64 bits) that differ in no more are of one picture."""
GUESSES = 3


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A file this process holds. ``first_tried_at``: by this or an earlier claim."""

    id: int
    lease: str
    office_id: int
    conversation_id: int
    url: str
    attempts: int
    first_tried_at: datetime

    @property
    def last_try_at(self) -> datetime:
        """What fails from then on is lost."""
        return self.first_tried_at + GIVE_UP_AFTER


def claim_due(session: Session, now: datetime, most: int) -> list[HeldFile]:
    """Take files to fetch, the most overdue first: those of one burst in the order they came."""
    lease, ids = _DUE.claim(session, now=now, lease_for=LEASE, most=most)
    rows = {row.id: row for row in session.connection().execute(_LOAD, {"ids": ids})} if ids else {}
    return [HeldFile(lease=lease, **rows[file_id]._mapping) for file_id in ids if file_id in rows]


def next_due_at(session: Session) -> datetime | None:
    """When the next file is to be fetched; None: there is none."""
    return _DUE.next(session)


def inherit(session: Session, now: datetime) -> None:
    """Take over at once what a process of this machine held when it died."""
    release_dead(session, Attachment, now)


def keep(
    session: Session,
    held: HeldFile,
    found: Inspection,
    parts: Sequence[SealedPart],
    keys: MasterKeys,
    now: datetime,
) -> bool:
    """The file was checked, and its sealed parts are stored. It becomes the next of the submission that it was sent
    for, if the citizen agreed that files are kept. False: the parts are to be removed, since it is not ours any more,
    or the citizen does not agree that it is kept (then they are told)."""
    file = _still_held(session, held)
    if file is None:
        return False
    if _is_unwanted(session, file, now):
        _refuse(session, file, Refusal.UNAGREED, now)
        return False
    files.move(file, AttachmentState.STORED)
    file.kind, file.pages, file.fingerprint = found.kind, found.pages, found.fingerprint
    file.advice = sorted(found.advice)
    file.guesses = [document for document, _ in found.documents[:GUESSES]]
    file.doubts = list(found.doubts)
    file.repeats_id = _repeated(session, file)
    vault.keep(session, parts, now)
    key = marks.search_key(session, keys)
    marks.keep_marks(
        session,
        key,
        office_id=file.office_id,
        attachment_id=file.id,
        submission_id=None,
        details=found.details,
    )
    marks.keep_persons(session, key, office_id=file.office_id, attachment_id=file.id, persons=found.persons)
    home = _home(session, file)
    if home is None:
        file.submission_id = None
    else:
        files.take_in(session, home, [file], now)
    _settle(session, file, now)
    files.tell(session, file, EventKind.FILE_STORED, "line", now, kind_of_file=found.kind, advice=file.advice)
    return True


def refuse(session: Session, held: HeldFile, reason: Refusal, now: datetime) -> None:
    """It cannot be kept safely; the citizen is told why."""
    if (file := _still_held(session, held)) is not None:
        _refuse(session, file, reason, now)


def lose(session: Session, held: HeldFile, now: datetime) -> None:
    """It cannot be had any more; the citizen is asked for it again."""
    if (file := _still_held(session, held)) is not None:
        files.move(file, AttachmentState.LOST)
        file.submission_id = None
        _settle(session, file, now)
        files.tell(session, file, EventKind.FILE_LOST, "line", now)


def put_off(session: Session, held: HeldFile, now: datetime) -> None:
    """Not now: tried again later, each time a little later, and once more at the end of the tries. Its turn does not
    wait for that."""
    if (file := _still_held(session, held)) is not None:
        later = now + retry_delay(held.attempts, LONGEST_DELAY)
        file.due_at = min(later, held.last_try_at) if may_try_again(held, now) else later
        file.lease = file.leased_until = None
        news.tell_soon(session, file.conversation_id, now)


def may_try_again(held: HeldFile, now: datetime) -> bool:
    """Whether it is too early to say that a file is lost."""
    return now < held.last_try_at


def _still_held(session: Session, held: HeldFile) -> Attachment | None:
    conversations.lock(session, held.conversation_id)
    file = files.own(session, held.conversation_id, held.id)
    return file if file.lease == held.lease and file.state is AttachmentState.PENDING else None


def _home(session: Session, file: Attachment) -> Submission | None:
    """The submission it was sent for, as long as that takes files; where it was for none, the one worked on by now.
    None before the citizen agreed."""
    if not consents.is_given(session, file.conversation_id):
        return None
    if file.submission_id is None:
        return submissions.current(session, file.conversation_id)
    meant = submissions.own(session, file.conversation_id, file.submission_id)
    return meant if meant.state in files.OPEN else None


def _is_unwanted(session: Session, file: Attachment, now: datetime) -> bool:
    """Whether the citizen refused that files are kept; evidence that an officer waits for is no such file."""
    if not consents.is_refused(session, file.conversation_id):
        return False
    return file.id not in evidence.among(session, file.conversation_id, now)


def _refuse(session: Session, file: Attachment, reason: Refusal, now: datetime) -> None:
    files.move(file, AttachmentState.REFUSED)
    file.refusal, file.submission_id = reason, None
    _settle(session, file, now)
    files.tell(session, file, EventKind.FILE_REFUSED, "line", now, reason=reason)


def _settle(session: Session, file: Attachment, now: datetime) -> None:
    file.settled_at, file.due_at = now, None
    file.lease = file.leased_until = None
    conversation = conversations.lock(session, file.conversation_id)
    if conversation.state is ConversationState.WITH_OFFICER:
        file.told_at = now  # by the desk, to the officer
    session.flush()
    news.tell_soon(session, file.conversation_id, now)


def _repeated(session: Session, file: Attachment) -> int | None:
    """The earliest picture of this citizen that is the same. A PDF's pages may look alike without being so."""
    if not file.fingerprint or file.kind is FileKind.PDF:
        return None
    mine = (Attachment.conversation_id == file.conversation_id, Attachment.id != file.id)
    earlier = session.execute(
        select(Attachment.id, Attachment.fingerprint)
        .where(*mine, Attachment.state.in_(files.KEPT), Attachment.kind != FileKind.PDF)
        .order_by(Attachment.id)
    )
    return next((row[0] for row in earlier if row[1] and _differing_bits(row[1], file.fingerprint) <= ALIKE_BITS), None)


def _differing_bits(one: str, other: str) -> int:
    return (int(one, 16) ^ int(other, 16)).bit_count()


# Built once: building a statement costs several times what running it does, and every worker looks every few seconds.
_file = Attachment.__table__
_DUE = DueRows(
    Attachment,
    "due_at",
    [text("attachment.state = 'pending'")],
    {
        "attempts": _file.c.attempts + 1,
        "first_tried_at": func.coalesce(_file.c.first_tried_at, bindparam("now", type_=UtcDateTime())),
    },
)
_LOAD = select(
    Attachment.id,
    Attachment.office_id,
    Attachment.conversation_id,
    Attachment.url,
    Attachment.attempts,
    Attachment.first_tried_at,
).where(Attachment.id.in_(bindparam("ids", expanding=True)))
