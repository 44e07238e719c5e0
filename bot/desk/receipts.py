"""Receipts: what became of a message that Twilio took. They come late, twice and out of order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import Update, bindparam, select, update
from sqlalchemy.orm import Session

from bot.contracts import MOVES, OutboundState
from bot.desk import outcomes
from bot.desk.events import record
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
    """``row_id`` (of a message, or of a notice) and ``attempt`` are what we gave along; ``state`` None when Twilio
    tells nothing new."""

    sid: str
    state: OutboundState | None
    error_code: int | None
    row_id: int | None
    attempt: int | None
    at: datetime

    @classmethod
    def from_form(cls, form: Mapping[str, str], reference: str, at: datetime) -> Receipt | None:
        """None when the form is no receipt."""
        sid = form.get("MessageSid", "") or form.get("SmsSid", "")
        status = form.get("MessageStatus", "") or form.get("SmsStatus", "")
        if not sid or not status:
            return None
        row_id, _, attempt = reference.partition(".")
        return cls(
            sid=sid[:64],
            state=OF_TWILIO.get(status),
            error_code=_number(form.get("ErrorCode", "")),
            row_id=_number(row_id),
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
    run = session.connection().execute
    given = {"twilio_sid": receipt.sid, "now": receipt.at, "code": receipt.error_code}
    row = run(_by_sid(receipt.state), given).first()
    if row is None and receipt.row_id is not None and receipt.attempt is not None:
        given |= {"message": receipt.row_id, "attempt": receipt.attempt}
        row = run(_by_reference(receipt.state), given).first()
        if row is not None and receipt.state is not OutboundState.FAILED:
            record(session, outcomes.sent_fact(row.office_id, row.conversation_id, row.id, receipt.at))
    if row is None:
        known = run(_KNOWN, {"twilio_sid": receipt.sid}).first()
        return Taken.UNKNOWN if known is None else Taken.LATE
    if receipt.state is OutboundState.FAILED:
        outcomes.after_failure(session, row.id, code=receipt.error_code, now=receipt.at)
    return Taken.MOVED


# Statements are built once: building one costs several times what running it does.
_message = OutboundMessage.__table__
_KNOWN = select(_message.c.id).where(_message.c.sid == bindparam("twilio_sid"))


@cache
def _by_sid(state: OutboundState) -> Any:
    """Moves the message with this SID, if its present state allows it; one statement, so no race."""
    before = [earlier for earlier, after in MOVES[OutboundState].items() if state in after]
    return _with_row(_moved(state).where(_message.c.sid == bindparam("twilio_sid"), _message.c.state.in_(before)))


@cache
def _by_reference(state: OutboundState) -> Any:
    """Moves the message whose SID we do not know yet; a failure tells nothing of one that was put back."""
    found = [OutboundState.SENDING] if state is OutboundState.FAILED else [OutboundState.SENDING, OutboundState.QUEUED]
    return _with_row(
        _moved(state).where(
            _message.c.id == bindparam("message"),
            _message.c.attempts == bindparam("attempt"),
            _message.c.sid.is_(None),
            _message.c.state.in_(found),
        )
    )


def _moved(state: OutboundState) -> Update:
    values: dict[str, Any] = {"state": state, "sid": bindparam("twilio_sid"), "lease": None, "leased_until": None}
    if state is OutboundState.FAILED:
        values |= {"error_code": bindparam("code"), "reason": outcomes.BY_RECEIPT}
    else:
        values[_TIME_COLUMN[state]] = bindparam("now")
    return update(_message).values(values)


def _with_row(statement: Update) -> Any:
    return statement.returning(_message.c.id, _message.c.office_id, _message.c.conversation_id)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
