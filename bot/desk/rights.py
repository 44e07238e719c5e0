"""Who may open a citizen's file."""

from __future__ import annotations

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from bot.contracts import Actor, Role
from bot.desk import conversations
from bot.models import Post, Ticket

SERVE = (Role.OFFICER, Role.SUPERVISOR)


def may_open(session: Session, actor: Actor, conversation_id: int) -> bool:
    """Officers and supervisors of the session's office, as their post stands now: it may have ended since the page was
    shown. An administrator runs accounts and reads nobody's papers, unless they serve this citizen: a ticket of the
    conversation is theirs."""
    role = session.scalar(
        select(Post.role).where(Post.id == actor.post_id, Post.office_id == actor.office_id, Post.active)
    )
    return role in SERVE or (role is Role.ADMINISTRATOR and _serves(session, actor, conversation_id))


def _serves(session: Session, actor: Actor, conversation_id: int) -> bool:
    theirs = exists().where(
        Ticket.conversation_id == conversation_id,
        Ticket.owner_id == actor.post_id,
        Ticket.state.in_(conversations.HELD),
    )
    return bool(session.scalar(select(theirs)))
