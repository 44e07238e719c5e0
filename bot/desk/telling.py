"""Telling a citizen whose WhatsApp day is over that an answer waits: by an approved template, at most once a day."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.contracts import Actor, EventKind, FilledTemplate, OutboundState
from bot.desk import outbox
from bot.desk.events import fact, record
from bot.desk.templates import approved_templates
from bot.errors import AlreadyTold, NotApproved
from bot.models import Conversation, OutboundMessage

ANSWER_WAITING = "answer_waiting"  # the template of data/knowledge/templates.yml
NOT_BEFORE = timedelta(days=1)  # WhatsApp pauses templates that people block, and nobody likes to be pressed


def told_at(session: Session, conversation_id: int) -> datetime | None:
    """When the citizen was last told; one that did not arrive does not count."""
    newest: datetime | None = session.scalar(
        select(func.max(OutboundMessage.created_at)).where(
            OutboundMessage.conversation_id == conversation_id,
            OutboundMessage.template == ANSWER_WAITING,
            OutboundMessage.state != OutboundState.FAILED,
        )
    )
    return newest


def may_tell_at(session: Session, conversation_id: int, now: datetime) -> datetime:
    """From when on they may be told: now, or a day after they were."""
    last = told_at(session, conversation_id)
    return max(now, last + NOT_BEFORE) if last else now


def tell(
    session: Session,
    actor: Actor,
    conversation: Conversation,
    word: FilledTemplate,
    *,
    send_key: str | None,
    now: datetime,
) -> None:
    """Owe the citizen the template. The caller holds the conversation's lock. Raises NotApproved, AlreadyTold."""
    if word.name not in approved_templates(session, conversation.office_id):
        raise NotApproved(word.name)
    if may_tell_at(session, conversation.id, now) > now:
        raise AlreadyTold(f"conversation {conversation.id}")
    session.flush()
    owed = outbox.Owed(conversation, [word.body], post_id=actor.post_id, send_key=send_key, template=word)
    outbox.queue(session, [owed], now)
    session.expire(conversation)
    record(
        session,
        fact(
            EventKind.TEMPLATE_SENT,
            office_id=actor.office_id,
            conversation_id=conversation.id,
            at=now,
            actor=actor.name,
            template=word.name,
        ),
    )
