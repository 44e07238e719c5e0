"""Who else looks at a conversation, or types there: told by their pages, gone after ten seconds of silence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.orm import Session

from bot.contracts import Actor
from bot.db.upsert import ensure
from bot.errors import NotFound
from bot.models import Conversation, Post, Presence, Staff

STAYS = timedelta(seconds=10)
IN_PLACE = {"synchronize_session": False}


@dataclass(frozen=True, slots=True)
class Colleague:
    name: str
    is_typing: bool


def colleagues(session: Session, conversation_id: int, post_id: int, now: datetime) -> list[Colleague]:
    """Who is there besides this post. The session is bound to the office; raises NotFound for another office's."""
    if session.scalar(select(Conversation.id).where(Conversation.id == conversation_id)) is None:
        raise NotFound(f"conversation {conversation_id}")
    found = session.execute(
        select(Staff.name, Presence.typing_until)
        .join(Post, Post.id == Presence.post_id)
        .join(Staff, Staff.id == Post.staff_id)
        .where(Presence.conversation_id == conversation_id, Presence.post_id != post_id, Presence.until > now)
        .order_by(Staff.name, Post.id)
    )
    return [Colleague(name, typing_until is not None and typing_until > now) for name, typing_until in found]


def here(session: Session, actor: Actor, conversation_id: int, *, typing: bool, now: datetime) -> None:
    """This post is there now. The conversation must be of the actor's office: `colleagues` has looked.

    What is over goes on the way, so that the table never holds more than the people at work.
    """
    times = {"until": now + STAYS, "typing_until": now + STAYS if typing else None}
    mine = (Presence.conversation_id == conversation_id, Presence.post_id == actor.post_id)
    changed = session.execute(update(Presence).where(*mine).values(**times), execution_options=IN_PLACE)
    assert isinstance(changed, CursorResult)
    if changed.rowcount:
        return
    session.execute(delete(Presence).where(Presence.until <= now), execution_options=IN_PLACE)
    ensure(
        session,
        Presence,
        taken_by=("conversation_id", "post_id"),
        office_id=actor.office_id,
        conversation_id=conversation_id,
        post_id=actor.post_id,
        **times,
    )


def gone(session: Session, actor: Actor, conversation_id: int) -> None:
    """This post left the page."""
    mine = (Presence.conversation_id == conversation_id, Presence.post_id == actor.post_id)
    session.execute(delete(Presence).where(*mine), execution_options=IN_PLACE)
