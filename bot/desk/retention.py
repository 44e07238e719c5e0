"""How long documents stay that nobody handed in or that are done with, and the reminder before (rules §4)."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from bot.contracts import (
    ENDED_FOR,
    UNSENT_FOR,
    ConversationState,
    DeletionReason,
    Refusal,
    SubmissionNews,
    SubmissionState,
)
from bot.desk import conversations, evidence, files, news, submissions
from bot.models import Attachment, Conversation, InboundMessage, Office, Submission

REMIND_AFTER = timedelta(hours=4)
CLOCK = "clock"


def due_to_remind(session: Session, now: datetime, most: int) -> list[tuple[int, str, str]]:
    """Submissions that lie half done while WhatsApp still lets us say so: (id, office prefix, service)."""
    idle = (Submission.state == SubmissionState.COLLECTING, Submission.touched_at <= now - REMIND_AFTER)
    rows = session.execute(
        select(Submission.id, Office.prefix, Submission.service)
        .join(Office, Office.id == Submission.office_id)
        .join(Conversation, Conversation.id == Submission.conversation_id)
        .where(*idle, Submission.reminded_at.is_(None), Submission.news.is_(None))
        .where(Conversation.window_until > now, Conversation.state == ConversationState.WITH_BOT)
        .order_by(Submission.touched_at)
        .limit(most)
    )
    return [(row[0], row[1], row[2]) for row in rows]


def remind(session: Session, submission_id: int, now: datetime) -> None:
    """Once in its life; whoever works on it again meanwhile is not reminded."""
    submission = _locked(session, submission_id)
    if submission.state is not SubmissionState.COLLECTING or submission.reminded_at is not None:
        return
    if submission.touched_at > now - REMIND_AFTER:
        return
    submission.reminded_at, submission.news = now, SubmissionNews.REMINDER
    news.tell_soon(session, submission.conversation_id, now)


def due_to_expire(session: Session, now: datetime, most: int) -> list[int]:
    """Submissions that were not sent in time."""
    old = (Submission.state == SubmissionState.COLLECTING, Submission.touched_at <= now - UNSENT_FOR)
    return list(session.scalars(select(Submission.id).where(*old).order_by(Submission.touched_at).limit(most)))


def expire(session: Session, submission_id: int, now: datetime) -> None:
    """It ends, and its files go for good; the citizen is told."""
    submission = _locked(session, submission_id)
    if submission.state is not SubmissionState.COLLECTING or submission.touched_at > now - UNSENT_FOR:
        return
    submissions.move(session, submission, SubmissionState.EXPIRED, CLOCK, now)
    submissions.drop_files(session, submission, DeletionReason.RETENTION, CLOCK, now)
    submission.news = SubmissionNews.STATE
    news.tell_soon(session, submission.conversation_id, now)


def due_to_go(session: Session, now: datetime, most: int) -> list[tuple[int, int]]:
    """Files that are of no submission for too long, those of submissions that ended long ago, and what was not kept
    since the citizen did not agree, once they were told: (id, conversation id). A voice or a card was never fetched,
    but Twilio has it still."""
    loose = Attachment.submission_id.is_(None) & (InboundMessage.received_at <= now - UNSENT_FOR)
    unwanted = (Attachment.refusal == Refusal.UNAGREED) & Attachment.told_at.is_not(None)
    ended = exists().where(Submission.id == Attachment.submission_id, Submission.ended_at <= now - ENDED_FOR)
    rows = session.execute(
        select(Attachment.id, Attachment.conversation_id)
        .join(InboundMessage, InboundMessage.id == Attachment.inbound_id)
        .where(
            Attachment.state.not_in(news.GONE),
            (loose & ~evidence.of_a_matter(now)) | unwanted | ended,
        )
        .order_by(Attachment.id)
        .limit(most)
    )
    return [(row[0], row[1]) for row in rows]


def let_go(session: Session, attachment_id: int, conversation_id: int, now: datetime) -> None:
    """Delete such a file, unless it was put into a submission meanwhile. Of a loose one the citizen is told: they may
    have meant to go on with it."""
    conversations.lock(session, conversation_id)
    file = files.own(session, conversation_id, attachment_id)
    is_news = file.submission_id is None and file.state in files.KEPT
    if file.submission_id is not None:
        ended_at = session.get_one(Submission, file.submission_id, populate_existing=True).ended_at
        if ended_at is None or ended_at > now - ENDED_FOR:
            return
    files.begin_deletion(session, file, DeletionReason.RETENTION, CLOCK, now, timedelta(), is_news=is_news)
    if is_news:
        news.tell_soon(session, conversation_id, now)


def _locked(session: Session, submission_id: int) -> Submission:
    conversation_id = session.scalars(select(Submission.conversation_id).where(Submission.id == submission_id)).one()
    conversations.lock(session, conversation_id)
    return submissions.own(session, conversation_id, submission_id)
