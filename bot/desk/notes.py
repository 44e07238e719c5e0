"""Internal notes: what officers write for colleagues beside a conversation. Nothing of it ever leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.contracts import Actor, EventKind
from bot.desk import conversations
from bot.desk.events import fact, record
from bot.models import Note, Post, Staff

MOST = 100  # the newest notes of a conversation
TWICE = timedelta(minutes=1)  # the same words again within it are a form that was sent twice


@dataclass(frozen=True, slots=True)
class WrittenNote:
    """It stands behind the message of number ``after_seq``."""

    id: int
    after_seq: int
    author: str
    body: str
    at: datetime


def write(session: Session, actor: Actor, conversation_id: int, body: str, now: datetime) -> None:
    """Also beside a conversation that is a colleague's, or ended. Raises NotFound."""
    conversation = conversations.lock(session, conversation_id)
    newest = session.scalar(
        select(Note)
        .where(Note.conversation_id == conversation_id, Note.post_id == actor.post_id)
        .order_by(Note.id.desc())
        .limit(1)
    )
    if newest is not None and newest.body == body and now - newest.written_at < TWICE:
        return
    session.add(
        Note(
            office_id=actor.office_id,
            conversation_id=conversation_id,
            post_id=actor.post_id,
            after_seq=conversation.last_seq,
            body=body,
            written_at=now,
        )
    )
    session.flush()
    record(
        session,
        fact(
            EventKind.NOTED,
            office_id=actor.office_id,
            conversation_id=conversation_id,
            at=now,
            actor=actor.name,
            subject=f"conversation:{conversation_id}",
        ),
    )


def of_conversation(session: Session, conversation_id: int) -> Sequence[WrittenNote]:
    """In the order they were written."""
    rows = session.execute(
        select(Note, Staff.name)
        .join(Post, Post.id == Note.post_id)
        .join(Staff, Staff.id == Post.staff_id)
        .where(Note.conversation_id == conversation_id)
        .order_by(Note.id.desc())
        .limit(MOST)
    )
    return [WrittenNote(note.id, note.after_seq, name, note.body, note.written_at) for note, name in rows][::-1]
