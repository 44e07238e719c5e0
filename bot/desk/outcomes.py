"""What became of a message that was being sent: sent, put back, looked for later, or failed and seen by a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, bindparam, exists, select, update
from sqlalchemy.orm import Session

from bot.contracts import EventKind, HandOverReason, OutboundState, SentMessage
from bot.desk import queue, tickets
from bot.desk.events import fact, record
from bot.desk.outbox import SETTLING, Claimed
from bot.desk.pace import retry_delay
from bot.errors import PASSING
from bot.models import OutboundMessage

GIVE_UP_AFTER = timedelta(hours=24)  # then WhatsApp's window is closed for certain
LONGEST_LOOK = timedelta(minutes=10)
BY_RECEIPT = "receipt"


def mark_sent(session: Session, sent: Sequence[tuple[Claimed, SentMessage]], now: datetime) -> None:
    """Twilio took these messages. A receipt may have said so before."""
    if not sent:
        return
    run = session.connection().execute
    held_still = {(row.id, row.lease): row.office_id for row in run(_SENDING, {"ids": [held.id for held, _ in sent]})}
    taken = [(held, message) for held, message in sent if (held.id, held.lease) in held_still]
    if taken:
        run(_SENT, [{"message": held.id, "twilio_sid": message.sid, "now": now} for held, message in taken])
        facts = (sent_fact(held_still[held.id, held.lease], held.conversation_id, held.id, now) for held, _ in taken)
        record(session, *facts)


def sent_fact(office_id: int, conversation_id: int, message_id: int, now: datetime) -> dict[str, Any]:
    """The fact that Twilio took a message."""
    return fact(
        EventKind.SENT,
        office_id=office_id,
        conversation_id=conversation_id,
        at=now,
        actor="line",
        subject=f"outbound_message:{message_id}",
    )


def put_back(session: Session, held: Claimed, now: datetime, code: int | None = None) -> None:
    """It was not sent, for a reason that passes: try again later, each time a little later."""
    session.execute(
        update(OutboundMessage)
        .where(*_held_row(held))
        .values(
            state=OutboundState.QUEUED,
            due_at=now + retry_delay(held.attempts),
            error_code=code,
            lease=None,
            leased_until=None,
        )
    )


def look_again(session: Session, held: Claimed, now: datetime) -> None:
    """Nobody knows yet what became of it: keep it held, and ask Twilio later, each time a little later."""
    wait = max(SETTLING, min((now - held.first_tried_at) / 2, LONGEST_LOOK))
    session.execute(update(OutboundMessage).where(*_held_row(held)).values(leased_until=now + wait))


def known_sids(session: Session, conversation_id: int) -> set[str]:
    """The Twilio SIDs of a conversation's messages that are accounted for."""
    return set(
        session.scalars(
            select(OutboundMessage.sid).where(
                OutboundMessage.conversation_id == conversation_id, OutboundMessage.sid.is_not(None)
            )
        )
    )


def mark_failed(session: Session, held: Claimed, reason: str, code: int | None, now: datetime) -> None:
    """It cannot be sent; ``reason`` is a code of ours: ``refused``, ``gave_up`` or ``undecided``."""
    moved = session.execute(
        update(OutboundMessage)
        .where(*_held_row(held))
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
        fact(
            EventKind.FAILED,
            office_id=message.office_id,
            conversation_id=message.conversation_id,
            at=now,
            actor="line",
            subject=f"outbound_message:{message.id}",
            reason=message.reason,
            code=code,
        ),
    )
    queue.hand_over(
        session,
        message.office_id,
        message.conversation_id,
        kind=tickets.UNDELIVERED,
        reason=HandOverReason.UNDELIVERED,
        service=None,
        since=message.created_at,
        now=now,
        actor="line",
    )


# Built once: building a statement costs several times what running it does, and every reply runs these.
_message = OutboundMessage.__table__
_SENDING = (
    select(_message.c.id, _message.c.lease, _message.c.office_id)
    .where(_message.c.id.in_(bindparam("ids", expanding=True)), _message.c.state == OutboundState.SENDING)
    .order_by(_message.c.id)  # all lock in this order, so that none waits for the other
    .with_for_update(key_share=True)
)
_SENT = (
    update(_message)
    .where(_message.c.id == bindparam("message"))
    .values(
        state=OutboundState.SENT, sid=bindparam("twilio_sid"), sent_at=bindparam("now"), lease=None, leased_until=None
    )
)


def _held_row(held: Claimed) -> tuple[ColumnElement[bool], ...]:
    """The row, if this process still holds it."""
    return (
        OutboundMessage.id == held.id,
        OutboundMessage.lease == held.lease,
        OutboundMessage.state == OutboundState.SENDING,
    )
