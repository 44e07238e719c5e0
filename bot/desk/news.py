"""When a turn need not wait for its pictures any longer, and news that make a turn of their own: a file checked after
its turn was answered, a word of an officer about a submission."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, bindparam, exists, or_, select, update
from sqlalchemy.orm import Session

from bot.contracts import AttachmentState, ConversationState, DeletionReason, SubmissionNews
from bot.db.wake import announce
from bot.desk import conversations
from bot.desk.pace import earliest_by_pace
from bot.models import Attachment, Conversation, Submission

SOON = timedelta(seconds=15)
"""A file that is tried again within this time is waited for; one that is put off for longer is not."""
SETTLED = (
    AttachmentState.STORED,
    AttachmentState.ACCEPTED,
    AttachmentState.REJECTED,
    AttachmentState.REFUSED,
    AttachmentState.LOST,
)


GONE = (AttachmentState.DELETING, AttachmentState.DELETED)
OTHERS = (DeletionReason.OFFICER, DeletionReason.RETENTION)
"""Deleted by somebody else than the citizen."""


def untold() -> ColumnElement[bool]:
    """The files of which the citizen is still to hear: what came of them, or that somebody else deleted them."""
    return or_(_untold_checked(), and_(Attachment.told_at.is_(None), *_gone()))


def _untold_checked() -> ColumnElement[bool]:
    return and_(Attachment.told_at.is_(None), Attachment.settled_at.is_not(None), Attachment.state.in_(SETTLED))


def _gone() -> tuple[ColumnElement[bool], ...]:
    return Attachment.state.in_(GONE), Attachment.deleted_why.in_(OTHERS)


@dataclass(frozen=True, slots=True)
class Told:
    """What an answer spoke of; None: of all that came of files, of all submissions. ``submissions``: (id, what of
    it). Where submissions are still to be told, so is what was deleted: an officer who has the talk told of neither."""

    files: Collection[int] | None = None
    submissions: Collection[tuple[int, SubmissionNews]] | None = None


ALL_TOLD = Told()


def tell_soon(session: Session, conversation_id: int, now: datetime, wait: timedelta = timedelta()) -> None:
    """Have the conversation answered when that makes sense: at once (or after ``wait``, in which more may come) if it
    is owed an answer or news, and no file of it will be checked within seconds.

    An officer who holds the conversation sees the files at the desk, so the assistant keeps silent; and nothing is
    said to a citizen who has not written for a day: then it is told when they write again.
    """
    conversation = conversations.lock(session, conversation_id)
    session.flush()
    if _is_checked_soon(session, conversation_id, now):
        return
    if conversation.answer_due_at is not None:
        ready = max(now + wait, conversation.quiet_until or now)
        conversation.answer_due_at = min(conversation.answer_due_at, ready)
    elif _may_speak(conversation, now) and _has_news(session, conversation_id):
        conversation.answer_due_at = earliest_by_pace(conversation.paced_until, now + wait)
    else:
        return
    announce(session)


def settle(session: Session, conversation: Conversation, now: datetime) -> None:
    """The state that follows from the conversation's tickets. Where no officer has it any more, the assistant tells
    what it kept to itself meanwhile."""
    before = conversation.state
    conversations.settle(session, conversation)
    if before is ConversationState.WITH_OFFICER and conversation.state is not before:
        tell_soon(session, conversation.id, now)


def mark_told(session: Session, conversation_id: int, told: Told, now: datetime) -> None:
    """The citizen hears of these files and submissions in the answer that is just being written."""
    files = [Attachment.conversation_id == conversation_id]
    if told.files is not None:
        files += [untold(), Attachment.id.in_(told.files)]
    else:
        files += [untold() if told == ALL_TOLD else _untold_checked()]
    if told.files is None or told.files:
        session.execute(update(Attachment).where(*files).values(told_at=now))
    news = Submission.conversation_id == conversation_id
    if told.submissions is None:
        session.execute(update(Submission).where(news, Submission.news.is_not(None)).values(news=None))
    for submission_id, what in told.submissions or ():
        session.execute(
            update(Submission).where(news, Submission.id == submission_id, Submission.news == what).values(news=None)
        )


def with_news(session: Session, conversation_ids: Sequence[int]) -> list[int]:
    """Those of these conversations in which there is something to be told."""
    return list(session.connection().execute(_WITH_NEWS, {"ids": list(conversation_ids)}).scalars())


_NEWS = (
    exists().where(Attachment.conversation_id == Conversation.id, untold())
    | exists().where(Submission.conversation_id == Conversation.id, Submission.news.is_not(None))
)  # fmt: skip
# built once: every answer asks
_WITH_NEWS = (
    select(Conversation.id)
    .where(Conversation.id.in_(bindparam("ids", expanding=True)), _NEWS)
    .order_by(Conversation.id)
)


def _has_news(session: Session, conversation_id: int) -> bool:
    return bool(with_news(session, [conversation_id]))


def _may_speak(conversation: Conversation, now: datetime) -> bool:
    open_window = conversation.window_until is not None and conversation.window_until > now
    return open_window and conversation.state is not ConversationState.WITH_OFFICER


def _is_checked_soon(session: Session, conversation_id: int, now: datetime) -> bool:
    soon = exists().where(
        Attachment.conversation_id == conversation_id,
        Attachment.state == AttachmentState.PENDING,
        Attachment.due_at <= now + SOON,
    )
    return bool(session.scalar(select(soon)))
