"""The outbox: messages owed to citizens, sent in order within a conversation and never twice.

`queued` rows are claimed (and become `sending`), sent, and their outcome recorded (`bot.desk.outcomes`). A row still
`sending` when its lease has run out is one whose sending was cut short: nobody knows whether Twilio took it, so it is
asked before anything else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import Integer, Row, and_, bindparam, exists, func, insert, select, text, update
from sqlalchemy.orm import Session

from bot.contracts import FilledTemplate, OutboundState, OutgoingMessage, TemplateMessage
from bot.db.claim import DueRows, release_dead
from bot.desk.pace import earliest_by_pace, spend_pace
from bot.models import Contact, Conversation, Office, OfficeTemplate, OutboundMessage
from bot.models.base import UtcDateTime

LEASE = timedelta(seconds=30)  # longer than a send with its time-out
SETTLING = timedelta(seconds=10)  # a request that was cut off may still show in Twilio's list this much later
# written out as the partial indexes have it: with bound values SQLite reads the whole table, twenty times a second
UNSENT = text("outbound_message.state IN ('queued', 'sending')")
FAILED = text("outbound_message.state = 'failed'")


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message this process holds: nobody else touches it until the lease ends. A template whose approval was taken
    away has no ContentSid."""

    id: int
    lease: str
    attempts: int
    first_tried_at: datetime
    claimed_at: datetime
    conversation_id: int
    message: OutgoingMessage | TemplateMessage


class Recipient(Protocol):
    """The conversation to send in, locked by the present transaction."""

    @property
    def id(self) -> int: ...
    @property
    def office_id(self) -> int: ...
    @property
    def paced_until(self) -> datetime | None: ...
    @property
    def last_seq(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Owed:
    """Message bodies for one citizen, in this order. ``post_id``: the officer who wrote them, None: the assistant;
    ``send_key``: the page's own name for its one message; ``template``: what the one body is sent as."""

    recipient: Recipient
    bodies: Sequence[str]
    turn_id: int | None = None
    post_id: int | None = None
    send_key: str | None = None
    template: FilledTemplate | None = None


def queue(session: Session, owed: Sequence[Owed], now: datetime) -> None:
    """Owe these messages to the conversations' citizens; they leave at WhatsApp's pace."""
    rows = [row for one in owed for row in _rows(one, now)]
    if rows:
        run = session.connection().execute
        run(_RESERVE, [{"conversation": one.recipient.id, "count": len(one.bodies)} for one in owed if one.bodies])
        run(_QUEUE, rows)


def claim_due(session: Session, now: datetime, most: int) -> list[Claimed]:
    """Take queued messages to send: at most one a conversation, none behind an earlier unsent one, and each spends
    of its recipient's budget of messages."""
    lease, ids = _DUE.claim(session, now=now, lease_for=LEASE, most=most)
    claimed = _load(session, lease, ids, now)
    if claimed:
        _spend_pace(session, claimed, now)
    return [held for held, _ in claimed]


def claim_cut_short(session: Session, now: datetime, most: int) -> list[Claimed]:
    """Take messages whose sending was cut short, to find out what became of them."""
    lease, ids = _CUT_SHORT.claim(session, now=now, lease_for=LEASE, most=most)
    return [held for held, _ in _load(session, lease, ids, now)]


def next_due_at(session: Session) -> datetime | None:
    """When the outbox next wants attention; None: it is empty."""
    return _NEXT.next(session)


def inherit(session: Session, now: datetime) -> None:
    """Look soon after what a process of this machine was sending when it died; its request may still be under way."""
    release_dead(session, OutboundMessage, now + SETTLING)


# Statements are built once: building one costs several times what running it does.
_message, _conversation = OutboundMessage.__table__, Conversation.__table__
_earlier = _message.alias("earlier")
_IS_FIRST = ~exists().where(
    _earlier.c.conversation_id == _message.c.conversation_id,
    _earlier.c.seq < _message.c.seq,
    text("earlier.state IN ('queued', 'sending')"),
)
_DUE = DueRows(
    OutboundMessage,
    "due_at",
    [UNSENT, _message.c.state == OutboundState.QUEUED, _IS_FIRST],
    {
        "state": OutboundState.SENDING,
        "attempts": _message.c.attempts + 1,
        "first_tried_at": func.coalesce(_message.c.first_tried_at, bindparam("now", type_=UtcDateTime())),
    },
)
_CUT_SHORT = DueRows(OutboundMessage, "due_at", [UNSENT, _message.c.state == OutboundState.SENDING])
_NEXT = DueRows(OutboundMessage, "due_at", [UNSENT, _IS_FIRST])
_RESERVE = (
    update(_conversation)
    .where(_conversation.c.id == bindparam("conversation"))
    .values(last_seq=_conversation.c.last_seq + bindparam("count", type_=Integer()))
)
_QUEUE = insert(_message)
_LOAD = (
    select(
        OutboundMessage.id,
        OutboundMessage.attempts,
        OutboundMessage.first_tried_at,
        OutboundMessage.conversation_id,
        OutboundMessage.body,
        OutboundMessage.template,
        OutboundMessage.variables,
        OfficeTemplate.content_sid,
        Conversation.paced_until,
        Contact.address,
        Office.sender,
    )
    .join(Conversation, Conversation.id == OutboundMessage.conversation_id)
    .join(Contact, Contact.id == Conversation.contact_id)
    .join(Office, Office.id == OutboundMessage.office_id)
    .outerjoin(
        OfficeTemplate,
        and_(OfficeTemplate.office_id == OutboundMessage.office_id, OfficeTemplate.name == OutboundMessage.template),
    )
    .where(OutboundMessage.id.in_(bindparam("ids", expanding=True)))
    .order_by(OutboundMessage.conversation_id)
)
_SPEND = (
    update(_conversation).where(_conversation.c.id == bindparam("conversation")).values(paced_until=bindparam("paced"))
)
_HOLD_BACK = (
    update(_message)
    .where(
        UNSENT,
        _message.c.conversation_id == bindparam("conversation"),
        _message.c.state == OutboundState.QUEUED,
        _message.c.due_at < bindparam("earliest"),
    )
    .values(due_at=bindparam("earliest"))
)


def _rows(owed: Owed, now: datetime) -> list[dict[str, Any]]:
    recipient = owed.recipient
    due_at = earliest_by_pace(recipient.paced_until, now)
    return [
        {
            "office_id": recipient.office_id,
            "conversation_id": recipient.id,
            "turn_id": owed.turn_id,
            "post_id": owed.post_id,
            "send_key": owed.send_key,
            "place": place,
            "seq": recipient.last_seq + 1 + place,
            "body": body,
            "template": owed.template.name if owed.template else None,
            "variables": dict(owed.template.variables) if owed.template else None,
            "state": OutboundState.QUEUED,
            "due_at": due_at,
            "attempts": 0,
            "created_at": now,
        }
        for place, body in enumerate(owed.bodies)
    ]


def _load(session: Session, lease: str, ids: Sequence[int], now: datetime) -> list[tuple[Claimed, datetime | None]]:
    """The claimed messages, each with its recipient's ``paced_until``, by conversation."""
    if not ids:
        return []
    return [
        (
            Claimed(
                id=row.id,
                lease=lease,
                attempts=row.attempts,
                first_tried_at=row.first_tried_at or now,
                claimed_at=now,
                conversation_id=row.conversation_id,
                message=_message_of(row),
            ),
            row.paced_until,
        )
        for row in session.connection().execute(_LOAD, {"ids": list(ids)})
    ]


def _message_of(row: Row[*tuple[Any, ...]]) -> OutgoingMessage | TemplateMessage:
    reference = f"{row.id}.{row.attempts}"
    if row.template is None:
        return OutgoingMessage(row.sender, row.address, row.body, reference)
    given = (row.content_sid or "", row.variables or {}, row.body, reference)
    return TemplateMessage(row.sender, row.address, *given)


def _spend_pace(session: Session, claimed: Sequence[tuple[Claimed, datetime | None]], now: datetime) -> None:
    """Spend each recipient's budget, and let what is queued behind wait for it."""
    run = session.connection().execute
    spent: list[dict[str, Any]] = [
        {"conversation": held.conversation_id, "paced": spend_pace(paced_until, now)} for held, paced_until in claimed
    ]
    run(_SPEND, spent)
    behind = [given | {"earliest": earliest_by_pace(given["paced"], now)} for given in spent]
    waiting = [given for given in behind if given["earliest"] > now]
    if waiting:
        run(_HOLD_BACK, waiting)
