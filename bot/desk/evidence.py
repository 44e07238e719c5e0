"""Loose photos that were sent for a matter an officer settles: a complaint's evidence is none of the papers that a
citizen may still hand in, and goes with its matter (rules §4: 30 days after it closes)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from bot.contracts import ENDED_FOR
from bot.desk import tickets
from bot.models import Attachment, InboundMessage, Ticket


def of_a_matter(now: datetime) -> ColumnElement[bool]:
    """Whether an `Attachment` was sent before a matter of its conversation was settled, and that is not long ago."""
    sent_at = (
        select(InboundMessage.received_at)
        .where(InboundMessage.id == Attachment.inbound_id)
        .correlate(Attachment)
        .scalar_subquery()
    )
    lately = and_(Ticket.resolved_at > now - ENDED_FOR, Ticket.resolved_at >= sent_at)
    return exists().where(
        Ticket.conversation_id == Attachment.conversation_id,
        Ticket.kind.not_in(tickets.OF_PAPERS),
        or_(Ticket.resolved_at.is_(None), lately),
    )


def among(session: Session, conversation_id: int, now: datetime) -> set[int]:
    """The loose files of a conversation that are evidence."""
    loose = (Attachment.conversation_id == conversation_id, Attachment.submission_id.is_(None))
    return set(session.scalars(select(Attachment.id).where(*loose, of_a_matter(now))))
