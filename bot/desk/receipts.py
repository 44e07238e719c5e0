"""Receipts: what became of a message that Twilio took. They come late, twice and out of order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, select, update
from sqlalchemy.orm import Session

from bot.contracts import MOVES, OutboundState
from bot.desk import outcomes
from bot.models import OutboundMessage

OF_TWILIO = {
    "sent": OutboundState.SENT,
    "delivered": OutboundState.DELIVERED,
    "read": OutboundState.READ,
    "undelivered": OutboundState.FAILED,
    "failed": OutboundState.FAILED,
    "canceled": OutboundState.FAILED,
}
"""Twilio's word → ours; its other words (queued, accepted, sending, scheduled) tell nothing that `sent` does not."""

_TIME_COLUMN = {
    OutboundState.SENT: "sent_at",
    OutboundState.DELIVERED: "delivered_at",
    OutboundState.READ: "read_at",
}


class Taken(StrEnum):
    MOVED = "moved"
    LATE = "late"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Receipt:
    """``message_id`` and ``attempt`` are what we gave along; ``state`` None when Twilio tells nothing new."""

    sid: str
    state: OutboundState | None
    error_code: int | None
    message_id: int | None
    attempt: int | None
    at: datetime

    @classmethod
    def from_form(cls, form: Mapping[str, str], reference: str, at: datetime) -> Receipt | None:
        """None when the form is no receipt."""
        sid = form.get("MessageSid", "") or form.get("SmsSid", "")
        status = form.get("MessageStatus", "") or form.get("SmsStatus", "")
        if not sid or not status:
            return None
        message_id, _, attempt = reference.partition(".")
        return cls(
            sid=sid[:64],
            state=OF_TWILIO.get(status),
            error_code=_number(form.get("ErrorCode", "")),
            message_id=_number(message_id),
            attempt=_number(attempt),
            at=at,
        )

    @property
    def tells_something(self) -> bool:
        return self.state is not None


def take(session: Session, receipt: Receipt) -> Taken:
    """Move the message forward, never back.

    A receipt may overtake our own record that Twilio took the message: then the row has no SID, and is found by the
    id and the number of the attempt that we gave along. That settles it, even where it was put back to be sent again.
    A late copy of an earlier attempt's receipt settles nothing.
    """
    if receipt.state is None:
        return Taken.LATE
    row = _move(session, receipt, OutboundMessage.sid == receipt.sid)
    if row is None and receipt.message_id is not None:
        row = _move(
            session,
            receipt,
            (OutboundMessage.id == receipt.message_id)
            & (OutboundMessage.attempts == receipt.attempt)
            & (OutboundMessage.sid.is_(None))
            & _unsettled(receipt.state),
        )
        if row is not None and receipt.state is not OutboundState.FAILED:
            outcomes.record_sent(session, row.office_id, row.conversation_id, row.id, receipt.at)
    if row is None:
        known = session.scalar(select(OutboundMessage.id).where(OutboundMessage.sid == receipt.sid))
        return Taken.UNKNOWN if known is None else Taken.LATE
    if receipt.state is OutboundState.FAILED:
        outcomes.after_failure(session, row.id, code=receipt.error_code, now=receipt.at)
    return Taken.MOVED


def _move(session: Session, receipt: Receipt, which: ColumnElement[bool]) -> Row[Any] | None:
    """Move the row that ``which`` names, if its present state allows it; one statement, so no race."""
    assert receipt.state is not None
    before = [state for state, after in MOVES.items() if receipt.state in after]
    values: dict[str, Any] = {"state": receipt.state, "sid": receipt.sid, "lease": None, "leased_until": None}
    if receipt.state is OutboundState.FAILED:
        values |= {"error_code": receipt.error_code, "reason": outcomes.BY_RECEIPT}
    else:
        values[_TIME_COLUMN[receipt.state]] = receipt.at
    table = OutboundMessage.__table__
    return (
        session.connection()
        .execute(
            update(table)
            .where(which, table.c.state.in_(before))
            .values(**values)
            .returning(table.c.id, table.c.office_id, table.c.conversation_id)
        )
        .first()
    )


def _unsettled(state: OutboundState) -> ColumnElement[bool]:
    """The states in which a message may be found by our reference; a failure tells nothing of one put back."""
    found = [OutboundState.SENDING] if state is OutboundState.FAILED else [OutboundState.SENDING, OutboundState.QUEUED]
    return OutboundMessage.state.in_(found)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
