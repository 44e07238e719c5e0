"""Receipts of alerts: Twilio tells later whether a template reached the officer's phone. An alert that did not is sent
again where that can help; where it cannot, the person's other ways are not touched."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.contracts import MOVES, EventKind, NoticeState, OutboundState
from bot.desk.events import fact, record
from bot.desk.notices import GIVE_UP_AFTER
from bot.desk.pace import retry_delay
from bot.desk.receipts import Receipt, Taken
from bot.errors import PASSING
from bot.models import Alert, Notice, Ticket

BY_RECEIPT = "receipt"
_OURS = {
    OutboundState.SENT: NoticeState.SENT,
    OutboundState.DELIVERED: NoticeState.DELIVERED,
    OutboundState.READ: NoticeState.DELIVERED,
    OutboundState.FAILED: NoticeState.FAILED,
}


def take(session: Session, receipt: Receipt) -> Taken:
    """Move the notice forward, never back, also where the receipt overtakes our own record. A late copy of an earlier
    attempt's receipt settles nothing, unless that attempt turned out to be the one that went out."""
    if receipt.state is None or receipt.row_id is None:
        return Taken.LATE
    notice = session.scalar(select(Notice).where(Notice.id == receipt.row_id).with_for_update())
    if notice is None:
        return Taken.UNKNOWN
    to = _OURS[receipt.state]
    is_sent_as = notice.state is NoticeState.SENT and notice.sid == receipt.sid
    if not (is_sent_as or notice.attempts == receipt.attempt) or to not in MOVES[NoticeState].get(
        notice.state, frozenset()
    ):
        return Taken.LATE
    if to is NoticeState.FAILED:
        _fail(session, notice, receipt)
    else:
        _arrived(session, notice, to, receipt)
    return Taken.MOVED


def _arrived(session: Session, notice: Notice, to: NoticeState, receipt: Receipt) -> None:
    if notice.state is not NoticeState.SENT:  # our own record that it was taken is overtaken
        _record(session, notice, EventKind.ALERT_DELIVERED, receipt.at)
    notice.state, notice.sid = to, receipt.sid
    notice.sent_at = notice.sent_at or receipt.at
    notice.lease = notice.leased_until = None
    if to is NoticeState.DELIVERED:
        notice.delivered_at = receipt.at


def _fail(session: Session, notice: Notice, receipt: Receipt) -> None:
    notice.lease = notice.leased_until = None
    young = receipt.at - (notice.first_tried_at or notice.due_at) < GIVE_UP_AFTER
    if receipt.error_code in PASSING and young:
        notice.state, notice.sid = NoticeState.DUE, receipt.sid  # kept, so that it is not taken for the next one
        notice.due_at = receipt.at + retry_delay(notice.attempts)
        return
    notice.state, notice.sid, notice.reason = NoticeState.FAILED, receipt.sid, BY_RECEIPT
    _record(session, notice, EventKind.ALERT_FAILED, receipt.at, reason=BY_RECEIPT, code=receipt.error_code)


def _record(session: Session, notice: Notice, kind: EventKind, at: datetime, **data: object) -> None:
    alert = session.get_one(Alert, notice.alert_id)
    record(
        session,
        fact(
            kind,
            office_id=notice.office_id,
            conversation_id=session.get_one(Ticket, alert.ticket_id).conversation_id,
            at=at,
            actor="line",
            subject=f"notice:{notice.id}",
            level=str(alert.level),
            way=str(notice.way),
            **data,
        ),
    )
