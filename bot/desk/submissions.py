"""A citizen's submissions: begun, filled in, handed in under a ticket's number, cancelled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.contracts import (
    MOVES,
    DeletionReason,
    EventKind,
    SubmissionState,
    TicketState,
    Whom,
)
from bot.db.wake import announce
from bot.desk import alerts, asked, evidence, files, targets, tickets
from bot.desk.events import fact, record, record_of
from bot.errors import AlreadyEnded, NotFound
from bot.models import Submission, Ticket
from bot.rules import OfficeRules

KIND = tickets.SUBMISSION
UNENDED = (SubmissionState.COLLECTING, SubmissionState.SENT, SubmissionState.RETURNED)


def own(session: Session, conversation_id: int, submission_id: int) -> Submission:
    """A submission of this conversation, as the database has it now. Raises NotFound."""
    found = session.scalar(
        select(Submission)
        .where(Submission.id == submission_id, Submission.conversation_id == conversation_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound(f"submission {submission_id}")
    return found


def current(session: Session, conversation_id: int) -> Submission | None:
    """The one the citizen worked on last and may still add to; None: there is none."""
    return session.scalar(
        select(Submission)
        .where(Submission.conversation_id == conversation_id, Submission.state.in_(files.OPEN))
        .order_by(Submission.touched_at.desc(), Submission.id.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    )


def begin(
    session: Session, office_id: int, conversation_id: int, service: str, whom: Whom | None, now: datetime
) -> Submission:
    """Open a submission; loose files become its own, where the citizen agreed."""
    submission = Submission(
        office_id=office_id,
        conversation_id=conversation_id,
        service=service,
        whom=whom,
        answers={},
        state=SubmissionState.COLLECTING,
        last_number=0,
        opened_at=now,
        touched_at=now,
    )
    session.add(submission)
    session.flush()
    _tell(session, submission, "citizen", now)
    files.take_in_loose(session, submission, now)
    return submission


def change(
    session: Session, submission: Submission, whom: Whom | None, answers: Mapping[str, str | None], now: datetime
) -> None:
    """Set who it is for and answers to its questions (None takes one back), and make it the current one."""
    submission.whom = whom or submission.whom
    changed = {**submission.answers, **answers}
    submission.answers = {question: option for question, option in changed.items() if option is not None}
    submission.touched_at = now
    session.flush()


def send(session: Session, submission: Submission, rules: OfficeRules, now: datetime) -> str:
    """Hand it in: a ticket that waits for an officer, though not in the chat's queue. Returns its number; sending twice
    is no harm. Raises AlreadyEnded."""
    if submission.state is SubmissionState.SENT:
        return _number(session, submission)
    if submission.state not in files.OPEN:
        raise AlreadyEnded(f"submission {submission.id}")
    if submission.ticket_id is None:
        opened = tickets.open_ticket(
            session,
            submission.office_id,
            submission.conversation_id,
            kind=KIND,
            service=submission.service,
            now=now,
            actor="citizen",
            again=True,
        )
        submission.ticket_id = opened.id
    else:
        _go_on(session, session.get_one(Ticket, submission.ticket_id, populate_existing=True), rules, now)
    submission.sent_at, submission.news, submission.return_note = now, None, ""
    move(session, submission, SubmissionState.SENT, "citizen", now)
    submission.touched_at = now
    announce(session)
    return _number(session, submission)


def cancel(session: Session, submission: Submission, now: datetime) -> None:
    """End it, its files with ten minutes' undo; an officer is asked to end one that was sent. Raises AlreadyEnded."""
    if submission.state is SubmissionState.COLLECTING:
        move(session, submission, SubmissionState.CANCELLED, "citizen", now)
        drop_files(session, submission, DeletionReason.CANCELLED, "citizen", now, files.UNDO)
        return
    if submission.state not in UNENDED:
        raise AlreadyEnded(f"submission {submission.id}")
    submission.cancel_asked_at = now
    session.flush()
    asked.ask(session, submission, tickets.CANCEL, now)


def withdraw(session: Session, conversation_id: int, now: datetime) -> None:
    """The consent is withdrawn: what was not sent goes; for what was sent an officer decides what the law has the
    office keep."""
    drop_unsent(session, conversation_id, now)
    for submission in _unended(session, conversation_id):
        asked.ask(session, submission, tickets.PRIVACY, now)


def drop_unsent(session: Session, conversation_id: int, now: datetime) -> None:
    """The citizen does not agree: what was not sent ends, and its files go without undo, with those that are of no
    submission and those still being fetched. The evidence of another matter was sent on purpose, and stays."""
    for submission in _unended(session, conversation_id):
        if submission.state is SubmissionState.COLLECTING:
            move(session, submission, SubmissionState.CANCELLED, "citizen", now)
            drop_files(session, submission, DeletionReason.WITHDRAWN, "citizen", now)
    spared = evidence.among(session, conversation_id, now)
    for file in files.loose(session, conversation_id, files.OURS):
        if file.id not in spared:
            files.begin_deletion(session, file, DeletionReason.WITHDRAWN, "citizen", now, timedelta())


def reopen_cancelled(session: Session, submission_ids: set[int], now: datetime) -> None:
    """Their files were taken back: they are being collected again."""
    for submission_id in sorted(submission_ids):
        submission = session.get_one(Submission, submission_id)
        if submission.state is SubmissionState.CANCELLED and submission.ticket_id is None:
            submission.touched_at = now
            move(session, submission, SubmissionState.COLLECTING, "citizen", now)


def drop_files(
    session: Session,
    submission: Submission,
    why: DeletionReason,
    actor: str,
    now: datetime,
    undo: timedelta = timedelta(),
) -> None:
    """Delete all its files."""
    for file in files.of_submission(session, submission.id, files.OURS):
        files.begin_deletion(session, file, why, actor, now, undo)


def move(session: Session, submission: Submission, to: SubmissionState, actor: str, now: datetime) -> None:
    """Move on, with the fact; staying where it is changes nothing."""
    if submission.state is to:
        return
    assert to in MOVES[SubmissionState][submission.state], f"{submission.state} -> {to}"
    submission.state = to
    submission.ended_at = None if to in UNENDED else now
    session.flush()
    _tell(session, submission, actor, now)


def _unended(session: Session, conversation_id: int) -> Sequence[Submission]:
    mine = select(Submission).where(Submission.conversation_id == conversation_id, Submission.state.in_(UNENDED))
    return session.scalars(mine.order_by(Submission.id)).all()


def _go_on(session: Session, ticket: Ticket, rules: OfficeRules, now: datetime) -> None:
    """The citizen did what was asked: the office's clocks go on."""
    if ticket.state is not TicketState.WAITING_FOR_CITIZEN:
        return
    ticket.state = TicketState.IN_PROGRESS if ticket.owner_id else TicketState.OPEN
    session.flush()
    targets.resume(session, ticket, rules, now)
    targets.start_next_response(session, ticket, now, rules, now)
    record_of(session, ticket, EventKind.CITIZEN_CAME_BACK, now, "citizen")
    alerts.announce_waiting(session, ticket.office_id, ticket.id, ticket.cycle, now)


def _number(session: Session, submission: Submission) -> str:
    return session.get_one(Ticket, submission.ticket_id).number


def _tell(session: Session, submission: Submission, actor: str, now: datetime) -> None:
    record(
        session,
        fact(
            EventKind.SUBMISSION,
            office_id=submission.office_id,
            conversation_id=submission.conversation_id,
            at=now,
            actor=actor,
            subject=f"submission:{submission.id}",
            state=submission.state,
            service=submission.service,
        ),
    )
