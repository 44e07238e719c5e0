"""What an officer does with a submission: accept or reject each file, ask for it again, accept or return the whole.

The session is bound to the officer's office. What the citizen is to hear is told by the assistant: at once within
WhatsApp's day, else when they write again; several rejections of one minute make one message.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.contracts import (
    Actor,
    AttachmentState,
    DeletionReason,
    EventKind,
    Outcome,
    Rejection,
    SubmissionNews,
    SubmissionState,
    TicketState,
)
from bot.db.wake import announce
from bot.desk import alerts, asked, claims, conversations, files, news, submissions, targets, tickets
from bot.desk.events import record_of
from bot.errors import AlreadyEnded, NoteMissing, NotFound
from bot.models import Attachment, Submission, Ticket
from bot.rules import OfficeRules

GATHER = timedelta(seconds=60)
UNDER_REVIEW = (SubmissionState.SENT, SubmissionState.RETURNED)


def accept_file(session: Session, actor: Actor, attachment_id: int, rules: OfficeRules, now: datetime) -> None:
    """It is as it should be. Where it was the last one rejected, the submission is the office's again; one that the
    citizen sent instead of another takes its place.

    Raises NotFound, AlreadyEnded, HeldByAnother.
    """
    file, submission = _begin(session, actor, attachment_id, rules, now)
    if file.state is AttachmentState.ACCEPTED:
        return
    _accept(session, file, actor, now)
    asked.end_done(session, submission, actor, now)
    news.tell_soon(session, submission.conversation_id, now, GATHER)
    if submission.state is SubmissionState.RETURNED and submission.news and not _rejected(session, submission):
        submission.news = None
        _take_back(session, submission, actor, rules, now)


def reject_file(
    session: Session,
    actor: Actor,
    attachment_id: int,
    reason: Rejection,
    note: str,
    rules: OfficeRules,
    now: datetime,
) -> None:
    """It cannot be used; the citizen is asked for it again by itself, with the advice of ``reason`` and the officer's
    ``note``. Raises NotFound, AlreadyEnded, HeldByAnother."""
    file, submission = _begin(session, actor, attachment_id, rules, now)
    files.move(file, AttachmentState.REJECTED)
    file.rejection, file.rejection_note, file.told_at = reason, note.strip(), None
    _reviewed(session, file, actor, now)
    files.tell(session, file, EventKind.FILE_REJECTED, actor.name, now, reason=reason)
    _return(session, submission, actor, rules, now)


def ask_again(session: Session, actor: Actor, submission_id: int, rules: OfficeRules, now: datetime) -> None:
    """Tell the citizen once more what was rejected. Raises NotFound, AlreadyEnded, HeldByAnother."""
    submission = _under_review(session, actor, submission_id)
    for file in _rejected(session, submission):
        file.told_at = None
    _return(session, submission, actor, rules, now)


def return_submission(
    session: Session, actor: Actor, submission_id: int, note: str, rules: OfficeRules, now: datetime
) -> None:
    """It is the citizen's turn: something is missing, and ``note`` tells them what; only rejected files say it
    themselves. Raises NoteMissing, NotFound, AlreadyEnded, HeldByAnother."""
    submission = _under_review(session, actor, submission_id)
    if not note.strip() and not _rejected(session, submission):
        raise NoteMissing(f"submission {submission_id}")
    submission.return_note = note.strip()
    _return(session, submission, actor, rules, now)


def accept_submission(session: Session, actor: Actor, submission_id: int, now: datetime) -> None:
    """All of it is as it should be: its files are accepted, its ticket ends. Raises NotFound, AlreadyEnded,
    HeldByAnother."""
    submission = _under_review(session, actor, submission_id)
    for file in files.of_submission(session, submission.id, (AttachmentState.STORED,)):
        _accept(session, file, actor, now)
    asked.end_done(session, submission, actor, now)
    _end(session, submission, SubmissionState.ACCEPTED, Outcome.DONE, actor, now)


def cancel_submission(session: Session, actor: Actor, submission_id: int, now: datetime) -> None:
    """As the citizen asked: it ends and its files are deleted, by the office: no word of the citizen brings them back.
    Raises NotFound, AlreadyEnded, HeldByAnother."""
    submission = _under_review(session, actor, submission_id)
    submissions.drop_files(session, submission, DeletionReason.OFFICER, actor.name, now, files.UNDO)
    for kind in (tickets.CANCEL, tickets.DELETE, tickets.REPLACE):
        asked.end(session, submission, kind, actor, now)
    _end(session, submission, SubmissionState.CANCELLED, Outcome.MISTAKE, actor, now)


def delete_file(session: Session, actor: Actor, attachment_id: int, now: datetime) -> None:
    """As the citizen asked, or because it should not be there; a photo sent instead of another is refused so. The
    citizen is told. Raises NotFound, HeldByAnother (its submission)."""
    file, submission_id = _found(session, attachment_id)
    is_news = file.state in files.KEPT
    if submission_id is not None:
        claims.refuse_anothers(session, actor, file.conversation_id)
    if file.replaces_id is not None:
        files.own(session, file.conversation_id, file.replaces_id).replace_asked_at = None
    files.begin_deletion(session, file, DeletionReason.OFFICER, actor.name, now, files.UNDO, is_news=is_news)
    if submission_id is not None:
        asked.end_done(session, submissions.own(session, file.conversation_id, submission_id), actor, now)
    news.tell_soon(session, file.conversation_id, now)


def _accept(session: Session, file: Attachment, actor: Actor, now: datetime) -> None:
    """Where it was sent instead of another, that one goes, and the citizen is told."""
    files.move(file, AttachmentState.ACCEPTED)
    file.rejection, file.rejection_note = None, ""
    file.told_at = now  # nothing of it is to be told by itself
    if file.replaces_id is not None:
        old = files.own(session, file.conversation_id, file.replaces_id)
        office = (DeletionReason.OFFICER, actor.name, now, files.UNDO)
        files.begin_deletion(session, old, *office, replaced_by=file.id, is_news=True)
        file.replaces_id = None
    _reviewed(session, file, actor, now)
    files.tell(session, file, EventKind.FILE_ACCEPTED, actor.name, now)


def _begin(
    session: Session, actor: Actor, attachment_id: int, rules: OfficeRules, now: datetime
) -> tuple[Attachment, Submission]:
    """The file and its submission, locked; whoever reviews has answered."""
    file, submission_id = _found(session, attachment_id)
    if submission_id is None or file.state not in files.KEPT:
        raise AlreadyEnded(f"attachment {attachment_id}")
    submission = _under_review(session, actor, submission_id)
    _answered(session, _ticket(session, submission), actor, rules, now)
    return file, submission


def _answered(session: Session, ticket: Ticket, actor: Actor, rules: OfficeRules, now: datetime) -> None:
    """Whoever reviews has answered; while the citizen is waited for, no clock runs."""
    if ticket.state is TicketState.WAITING_FOR_CITIZEN:
        return
    targets.ensure(session, ticket, rules, now)
    targets.met(session, ticket, targets.RESPONSES, now, actor.name)
    alerts.drop_waiting(session, ticket)
    ticket.answered_at = ticket.answered_at or now


def _found(session: Session, attachment_id: int) -> tuple[Attachment, int | None]:
    conversation_id = session.scalar(select(Attachment.conversation_id).where(Attachment.id == attachment_id))
    if conversation_id is None:
        raise NotFound(f"attachment {attachment_id}")
    conversations.lock(session, conversation_id)
    file = files.own(session, conversation_id, attachment_id)
    return file, file.submission_id


def _under_review(session: Session, actor: Actor, submission_id: int) -> Submission:
    conversation_id = session.scalar(select(Submission.conversation_id).where(Submission.id == submission_id))
    if conversation_id is None:
        raise NotFound(f"submission {submission_id}")
    conversations.lock(session, conversation_id)
    submission = submissions.own(session, conversation_id, submission_id)
    if submission.state not in UNDER_REVIEW:
        raise AlreadyEnded(f"submission {submission_id}")
    claims.refuse_anothers(session, actor, conversation_id)
    return submission


def _ticket(session: Session, submission: Submission) -> Ticket:
    return session.get_one(Ticket, submission.ticket_id, populate_existing=True)


def _reviewed(session: Session, file: Attachment, actor: Actor, now: datetime) -> None:
    file.reviewed_at, file.reviewed_by = now, actor.name
    session.flush()


def _rejected(session: Session, submission: Submission) -> list[Attachment]:
    return files.of_submission(session, submission.id, (AttachmentState.REJECTED,))


def _return(session: Session, submission: Submission, actor: Actor, rules: OfficeRules, now: datetime) -> None:
    """The office's clocks stop until the citizen sends it again."""
    ticket = _ticket(session, submission)
    if ticket.state in (TicketState.OPEN, TicketState.IN_PROGRESS):
        _answered(session, ticket, actor, rules, now)
        targets.pause(session, ticket, rules, now)
        ticket.state = TicketState.WAITING_FOR_CITIZEN
        session.flush()
        record_of(session, ticket, EventKind.WAITING_FOR_CITIZEN, now, actor.name)
    submissions.move(session, submission, SubmissionState.RETURNED, actor.name, now)
    submission.news = SubmissionNews.STATE
    news.tell_soon(session, submission.conversation_id, now, GATHER)


def _take_back(session: Session, submission: Submission, actor: Actor, rules: OfficeRules, now: datetime) -> None:
    """A rejection that the citizen has not heard of yet was a slip."""
    ticket = _ticket(session, submission)
    if ticket.state is TicketState.WAITING_FOR_CITIZEN:
        ticket.state = TicketState.IN_PROGRESS if ticket.owner_id else TicketState.OPEN
        session.flush()
        targets.resume(session, ticket, rules, now)
        record_of(session, ticket, EventKind.GOES_ON, now, actor.name)
    submissions.move(session, submission, SubmissionState.SENT, actor.name, now)


def _end(
    session: Session, submission: Submission, to: SubmissionState, outcome: Outcome, actor: Actor, now: datetime
) -> None:
    asked.resolve(session, _ticket(session, submission), outcome, actor, now)
    submissions.move(session, submission, to, actor.name, now)
    submission.news = SubmissionNews.STATE
    conversations.settle(session, conversations.lock(session, submission.conversation_id))
    news.tell_soon(session, submission.conversation_id, now)
    announce(session)
