"""What a citizen does with their files: into a submission, to its place in the list, replaced, deleted and taken back.

Whoever calls holds the conversation's lock. Every change of a file's state goes through here or `bot.desk.fetched`,
`bot.desk.reviews`, `bot.desk.erasing`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from bot.contracts import MOVES, AttachmentState, DeletionReason, EventKind, SubmissionState
from bot.desk import consents, news
from bot.desk.events import fact, record
from bot.errors import NotFound
from bot.models import Attachment, IdentityMark, Submission

UNDO = timedelta(minutes=10)
KEPT = (AttachmentState.STORED, AttachmentState.ACCEPTED, AttachmentState.REJECTED)
OURS = (*KEPT, AttachmentState.PENDING)
"""Kept, or on the way there."""
OPEN = (SubmissionState.COLLECTING, SubmissionState.RETURNED)
CAN_BE_UNDONE = (DeletionReason.CITIZEN, DeletionReason.REPLACED, DeletionReason.CANCELLED)


def own(session: Session, conversation_id: int, attachment_id: int) -> Attachment:
    """A file of this conversation, as the database has it now. Raises NotFound."""
    found = session.scalar(
        select(Attachment)
        .where(Attachment.id == attachment_id, Attachment.conversation_id == conversation_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound(f"attachment {attachment_id}")
    return found


def move(file: Attachment, to: AttachmentState) -> None:
    """Move on; staying where it is changes nothing."""
    if file.state is to:
        return
    assert to in MOVES[AttachmentState][file.state], f"{file.state} -> {to}"
    file.state = to


def take_in(session: Session, submission: Submission, files: Iterable[Attachment], now: datetime) -> None:
    """Make files the submission's; each gets the next number of its list, which it keeps. What was said of a loose one
    still holds."""
    for file in files:
        if file.submission_id == submission.id and file.number:
            continue
        known_as = file.document if file.submission_id is None else None
        submission.last_number += 1
        file.submission_id, file.number = submission.id, submission.last_number
        file.document, file.page = None, 1
        marks = update(IdentityMark).where(IdentityMark.attachment_id == file.id)
        session.execute(marks.values(submission_id=submission.id))
        submission.touched_at = now
        session.flush()
        if known_as:
            place(session, file, known_as, now)


def take_in_loose(session: Session, submission: Submission, now: datetime) -> None:
    """What the citizen sent before becomes the submission's, once they agreed that it is kept; also what is still being
    fetched."""
    if submission.state not in OPEN or not consents.is_given(session, submission.conversation_id):
        return
    take_in(session, submission, loose(session, submission.conversation_id), now)
    for file in loose(session, submission.conversation_id, (AttachmentState.PENDING,)):
        file.submission_id = submission.id  # it gets its number when it is checked


def place(session: Session, file: Attachment, document: str, now: datetime) -> None:
    """Say which document a file is; it becomes the next page of it."""
    if file.document == document:
        return
    pages = (
        Attachment.submission_id == file.submission_id,
        Attachment.document == document,
        Attachment.state.in_(KEPT),
    )
    file.document = document
    file.page = 1
    if file.submission_id is not None:
        file.page = 1 + (session.scalar(select(func.max(Attachment.page)).where(*pages, Attachment.id != file.id)) or 0)
        session.get_one(Submission, file.submission_id).touched_at = now
    session.flush()


def is_free(session: Session, file: Attachment) -> bool:
    """Whether the citizen may delete it by themselves: as long as no officer has it to look at."""
    if file.submission_id is None:
        return True
    state = session.get_one(Submission, file.submission_id).state
    if state is SubmissionState.RETURNED:
        return file.state is not AttachmentState.ACCEPTED
    return state not in (SubmissionState.SENT, SubmissionState.ACCEPTED)


def begin_deletion(
    session: Session,
    file: Attachment,
    why: DeletionReason,
    actor: str,
    now: datetime,
    undo: timedelta = UNDO,
    replaced_by: int | None = None,
    is_news: bool = False,
) -> None:
    """Out of sight now, gone for good when ``undo`` is over (`bot.flow.erase`); whoever is fetching it just now will
    find that it is not theirs any more. ``is_news``: the citizen, who did not delete it, is told by itself."""
    if file.state in (AttachmentState.DELETING, AttachmentState.DELETED):
        return
    file.kept_as = file.state
    move(file, AttachmentState.DELETING)
    file.due_at = file.delete_due_at = now + undo
    file.lease = file.leased_until = None
    file.attempts = 0
    file.deleted_by, file.deleted_why, file.replaced_by = actor, why, replaced_by
    if why in news.OTHERS:
        file.told_at = None if is_news else now
    session.flush()
    tell(session, file, EventKind.FILE_DELETING, actor, now, why=why)


def undo_deletions(session: Session, conversation_id: int, now: datetime) -> list[Attachment]:
    """Take back what was deleted last, as long as it is not being erased; what went before that needs another word.
    Where a file was replaced, the one that took its place gives way for good. What was handed in stays as it is.
    Returns the files that are there again."""
    lost = (
        select(Attachment)
        .where(Attachment.conversation_id == conversation_id, Attachment.state == AttachmentState.DELETING)
        .where(Attachment.attempts == 0, Attachment.deleted_why.in_(CAN_BE_UNDONE))
        .order_by(Attachment.id)
        .with_for_update(skip_locked=True)  # one that is just being claimed for good is too late
        .execution_options(populate_existing=True)
    )
    found = [file for file in session.scalars(lost) if _may_come_back(session, file)]
    last = max((file.delete_due_at for file in found if file.delete_due_at), default=None)
    back = [file for file in found if file.delete_due_at == last]
    for file in back:
        successor = file.replaced_by
        _keep(session, file, now)
        if successor is not None:
            new = own(session, conversation_id, successor)
            begin_deletion(session, new, DeletionReason.UNDONE, "citizen", now, timedelta())
    return back


def _may_come_back(session: Session, file: Attachment) -> bool:
    """Whether that changes nothing that an officer has to look at, or ended."""
    if file.submission_id is not None:
        submission = session.get_one(Submission, file.submission_id, populate_existing=True)
        taken_back = submission.state is SubmissionState.CANCELLED and submission.ticket_id is None
        if submission.state not in OPEN and not taken_back:
            return False
    if file.replaced_by is None:
        return True
    return is_free(session, session.get_one(Attachment, file.replaced_by, populate_existing=True))


def place_beside(session: Session, new: Attachment, old: Attachment) -> None:
    """The same document and page as another of its submission, whose place it is to take."""
    new.document, new.page, new.replaces_id = old.document, old.page, old.id
    session.flush()


def give_way(session: Session, old: Attachment, new: Attachment, now: datetime) -> None:
    """The citizen sent another photo instead."""
    begin_deletion(session, old, DeletionReason.REPLACED, "citizen", now, replaced_by=new.id)


def ask_to_delete(session: Session, file: Attachment, now: datetime) -> None:
    """An officer is asked; the ticket is the caller's."""
    file.delete_asked_at = now
    session.flush()


def loose(session: Session, conversation_id: int, states: Sequence[AttachmentState] = KEPT) -> list[Attachment]:
    """The files that are of no submission, oldest first, locked. A voice, which nobody fetches, is none."""
    fetched = or_(Attachment.state != AttachmentState.PENDING, Attachment.due_at.is_not(None))
    return list(
        session.scalars(
            select(Attachment)
            .where(Attachment.conversation_id == conversation_id, Attachment.submission_id.is_(None))
            .where(Attachment.state.in_(states), fetched)
            .order_by(Attachment.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    )


def of_submission(session: Session, submission_id: int, states: Sequence[AttachmentState] = KEPT) -> list[Attachment]:
    """A submission's files, by number, locked."""
    return list(
        session.scalars(
            select(Attachment)
            .where(Attachment.submission_id == submission_id, Attachment.state.in_(states))
            .order_by(Attachment.number)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    )


def tell(session: Session, file: Attachment, kind: EventKind, actor: str, now: datetime, **data: Any) -> None:
    """Append a fact about a file."""
    record(
        session,
        fact(
            kind,
            office_id=file.office_id,
            conversation_id=file.conversation_id,
            at=now,
            actor=actor,
            subject=f"attachment:{file.id}",
            **data,
        ),
    )


def _keep(session: Session, file: Attachment, now: datetime) -> None:
    assert file.kept_as is not None
    move(file, file.kept_as)
    file.due_at = now if file.state is AttachmentState.PENDING else None
    file.kept_as = file.delete_due_at = file.deleted_by = file.deleted_why = file.replaced_by = None
    session.flush()
    tell(session, file, EventKind.FILE_KEPT, "citizen", now)
