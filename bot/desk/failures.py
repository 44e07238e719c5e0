"""Messages that could not be sent: another try where that can help, else a person sees it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from bot.contracts import EventKind, OutboundState
from bot.desk import tickets
from bot.desk.events import record
from bot.desk.outbox import Claimed, held_rows
from bot.desk.pace import retry_delay
from bot.errors import PASSING
from bot.models import OutboundMessage

GIVE_UP_AFTER = timedelta(hours=24)  # then WhatsApp's window is closed for certain
BY_RECEIPT = "receipt"


def mark_failed(session: Session, held: Claimed, reason: str, code: int | None, now: datetime) -> None:
    """It cannot be sent; ``reason`` is a code of ours: ``refused``, ``gave_up`` or ``undecided``."""
    moved = session.execute(
        update(OutboundMessage)
        .where(*held_rows(held))
        .values(state=OutboundState.FAILED, reason=reason, error_code=code, lease=None, leased_until=None)
        .returning(OutboundMessage.id)
    ).first()
    if moved:
        after_failure(session, held.id, code=code, now=now)


def after_failure(session: Session, message_id: int, *, code: int | None, now: datetime) -> None:
    """What follows a failed message: another try where a receipt told of a passing error, else a person sees it."""
    message = session.get_one(OutboundMessage, message_id)
    overtaken = session.scalar(
        select(
            exists().where(
                OutboundMessage.conversation_id == message.conversation_id, OutboundMessage.seq > message.seq
            )
        )
    )
    young = now - message.created_at < GIVE_UP_AFTER
    if message.reason == BY_RECEIPT and code in PASSING and young and not overtaken:
        message.state = OutboundState.QUEUED
        message.sid = None
        message.due_at = now + retry_delay(message.attempts)
        return
    record(
        session,
        EventKind.FAILED,
        office_id=message.office_id,
        conversation_id=message.conversation_id,
        at=now,
        actor="line",
        subject=f"outbound_message:{message.id}",
        reason=message.reason,
        code=code,
    )
    tickets.open_ticket(
        session, message.office_id, message.conversation_id, kind=tickets.UNDELIVERED, service=None, now=now
    )
