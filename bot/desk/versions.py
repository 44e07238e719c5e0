"""Has anything changed? Asked every few seconds by every open page, so each answer is a look at the end of an index."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.contracts import EventKind
from bot.models import Event, Notice, OutboundMessage


def of_office(session: Session, office_id: int, post_id: int) -> str:
    """Changes with every fact of the office, and with every alert to this post."""
    newest = select(Event.id).where(Event.office_id == office_id).order_by(Event.id.desc()).limit(1)
    return f"{session.scalar(newest) or 0}.{_newest_notice(session, post_id)}"


def of_conversation(session: Session, conversation_id: int, post_id: int) -> str:
    """Changes with every fact of the conversation, with the ticks of its messages, and with every alert to this post:
    a receipt writes no fact of its own."""
    facts = select(func.max(Event.id)).where(
        Event.conversation_id == conversation_id,
        Event.kind != EventKind.FILE_OPENED,  # else every page that shows a picture would be news to itself
    )
    ticks = select(
        func.count(OutboundMessage.sent_at),
        func.count(OutboundMessage.delivered_at),
        func.count(OutboundMessage.read_at),
        func.count(OutboundMessage.reason),
    ).where(OutboundMessage.conversation_id == conversation_id)
    counted = session.execute(ticks).one()
    return ".".join(map(str, (session.scalar(facts) or 0, *counted, _newest_notice(session, post_id))))


def _newest_notice(session: Session, post_id: int) -> int:
    return session.scalar(select(func.max(Notice.id)).where(Notice.post_id == post_id)) or 0
