"""The outbox: messages owed to citizens, sent in order within a conversation and never twice.

`queued` rows are claimed (and become `sending`), sent, and recorded. A row still `sending` when its lease has run
out is one whose sending was cut short: nobody knows whether Twilio took it, so it is asked before anything else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import ColumnElement, Integer, bindparam, exists, insert, select, text, update
from sqlalchemy.orm import Session, aliased

from bot.contracts import EventKind, OutboundState, OutgoingMessage
from bot.db.claim import claim, next_due, release_dead
from bot.desk.events import record
from bot.desk.pace import earliest_by_pace, retry_delay, spend_pace
from bot.models import Contact, Conversation, Office, OutboundMessage

LEASE = timedelta(seconds=30)  # longer than a send with its time-out
LONGEST_LOOK = timedelta(minutes=10)
SETTLING = timedelta(seconds=10)  # a request that was cut off may still show in Twilio's list this much later
# written out as the partial indexes have it: with bound values SQLite reads the whole table, twenty times a second
UNSENT = text("outbound_message.state IN ('queued', 'sending')")
FAILED = text("outbound_message.state = 'failed'")


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message this process holds: nobody else touches it until the lease ends."""

    id: int
    lease: str
    attempts: int
    first_tried_at: datetime
    claimed_at: datetime
    conversation_id: int
    message: OutgoingMessage


class Recipient(Protocol):
    """The conversation to send in, locked by the present transaction."""

    @property
    def id(self) -> int: ...
    @property
    def office_id(self) -> int: ...
    @property
    def paced_until(self) -> datetime | None: ...


def queue(
    session: Session, conversation: Recipient, bodies: Sequence[str], *, now: datetime, turn_id: int | None
) -> None:
    """Owe these messages to the conversation's citizen, in this order; they leave at WhatsApp's pace."""
    if not bodies:
        return
    due_at = earliest_by_pace(conversation.paced_until, now)
    run = session.connection().execute
    last_seq = run(_RESERVE, {"conversation": conversation.id, "count": len(bodies)}).scalar_one()
    rows = [
        {
            "office_id": conversation.office_id,
            "conversation_id": conversation.id,
            "turn_id": turn_id,
            "place": place,
            "seq": last_seq - len(bodies) + 1 + place,
            "body": body,
            "state": OutboundState.QUEUED,
            "due_at": due_at,
            "attempts": 0,
            "created_at": now,
        }
        for place, body in enumerate(bodies)
    ]
    run(_QUEUE, rows)


# Built once: building a statement costs several times what running it does, and every reply runs these.
_RESERVE = (
    update(Conversation.__table__)
    .where(Conversation.__table__.c.id == bindparam("conversation"))
    .values(last_seq=Conversation.__table__.c.last_seq + bindparam("count", type_=Integer()))
    .returning(Conversation.__table__.c.last_seq)
)
_QUEUE = insert(OutboundMessage.__table__)
_SENT = (
    update(OutboundMessage.__table__)
    .where(
        OutboundMessage.__table__.c.id == bindparam("message"),
        OutboundMessage.__table__.c.lease == bindparam("held"),
        OutboundMessage.__table__.c.state == OutboundState.SENDING,
    )
    .values(
        state=OutboundState.SENT, sid=bindparam("twilio_sid"), sent_at=bindparam("now"), lease=None, leased_until=None
    )
    .returning(OutboundMessage.__table__.c.office_id)
)


def claim_due(session: Session, now: datetime, limit: int) -> list[Claimed]:
    """Take queued messages to send: at most one a conversation, none behind an earlier unsent one, and each spends
    of its recipient's budget of messages."""
    lease, ids = claim(
        session,
        OutboundMessage,
        OutboundMessage.due_at,
        [UNSENT, OutboundMessage.state == OutboundState.QUEUED, _is_first()],
        now=now,
        lease_for=LEASE,
        limit=limit,
        values={"state": OutboundState.SENDING, "attempts": OutboundMessage.attempts + 1},
    )
    if ids:
        session.execute(
            update(OutboundMessage)
            .where(OutboundMessage.id.in_(ids), OutboundMessage.first_tried_at.is_(None))
            .values(first_tried_at=now)
        )
        _spend_pace(session, ids, now)
    return _load(session, lease, ids, now)


def claim_cut_short(session: Session, now: datetime, limit: int) -> list[Claimed]:
    """Take messages whose sending was cut short, to find out what became of them."""
    lease, ids = claim(
        session,
        OutboundMessage,
        OutboundMessage.due_at,
        [UNSENT, OutboundMessage.state == OutboundState.SENDING],
        now=now,
        lease_for=LEASE,
        limit=limit,
    )
    return _load(session, lease, ids, now)


def next_due_at(session: Session) -> datetime | None:
    """When the outbox next wants attention; None: it is empty."""
    return next_due(session, OutboundMessage, OutboundMessage.due_at, [UNSENT, _is_first()])


def inherit(session: Session, now: datetime) -> None:
    """Look soon after what a process of this machine was sending when it died; its request may still be under way."""
    release_dead(session, OutboundMessage, now + SETTLING)


def mark_sent(session: Session, held: Claimed, sid: str, now: datetime) -> None:
    """Twilio took it. A receipt may have said so before."""
    given = {"message": held.id, "held": held.lease, "twilio_sid": sid, "now": now}
    taken = session.connection().execute(_SENT, given).first()
    if taken:
        record_sent(session, taken.office_id, held.conversation_id, held.id, now)


def put_back(session: Session, held: Claimed, now: datetime, code: int | None = None) -> None:
    """It was not sent, for a reason that passes: try again later, each time a little later."""
    session.execute(
        update(OutboundMessage)
        .where(*held_rows(held))
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
    session.execute(update(OutboundMessage).where(*held_rows(held)).values(leased_until=now + wait))


def known_sids(session: Session, conversation_id: int) -> set[str]:
    """The Twilio SIDs of a conversation's messages that are accounted for."""
    return set(
        session.scalars(
            select(OutboundMessage.sid).where(
                OutboundMessage.conversation_id == conversation_id, OutboundMessage.sid.is_not(None)
            )
        )
    )


def _spend_pace(session: Session, ids: Sequence[int], now: datetime) -> None:
    """Spend each recipient's budget, and let what is queued behind wait for it."""
    conversations = session.execute(
        select(Conversation.id, Conversation.paced_until)
        .join(OutboundMessage, OutboundMessage.conversation_id == Conversation.id)
        .where(OutboundMessage.id.in_(ids))
        .order_by(Conversation.id)
    ).all()
    run = session.connection().execute
    spent = [{"conversation": row.id, "paced": spend_pace(row.paced_until, now)} for row in conversations]
    run(_SPEND, spent)
    later = [given | {"earliest": earliest_by_pace(given["paced"], now)} for given in spent]
    if any(given["earliest"] > now for given in later):
        run(_HOLD_BACK, [given for given in later if given["earliest"] > now])


_SPEND = (
    update(Conversation.__table__)
    .where(Conversation.__table__.c.id == bindparam("conversation"))
    .values(paced_until=bindparam("paced"))
)
_HOLD_BACK = (
    update(OutboundMessage.__table__)
    .where(
        UNSENT,
        OutboundMessage.__table__.c.conversation_id == bindparam("conversation"),
        OutboundMessage.__table__.c.state == OutboundState.QUEUED,
        OutboundMessage.__table__.c.due_at < bindparam("earliest"),
    )
    .values(due_at=bindparam("earliest"))
)


def _is_first() -> ColumnElement[bool]:
    earlier = aliased(OutboundMessage, name="earlier")
    return ~exists().where(
        earlier.conversation_id == OutboundMessage.conversation_id,
        earlier.seq < OutboundMessage.seq,
        text("earlier.state IN ('queued', 'sending')"),
    )


def held_rows(held: Claimed) -> tuple[ColumnElement[bool], ...]:
    """The row, if this process still holds it."""
    return (
        OutboundMessage.id == held.id,
        OutboundMessage.lease == held.lease,
        OutboundMessage.state == OutboundState.SENDING,
    )


def _load(session: Session, lease: str, ids: Sequence[int], now: datetime) -> list[Claimed]:
    if not ids:
        return []
    rows = session.execute(
        select(
            OutboundMessage.id,
            OutboundMessage.attempts,
            OutboundMessage.first_tried_at,
            OutboundMessage.conversation_id,
            OutboundMessage.body,
            Contact.address,
            Office.sender,
        )
        .join(Conversation, Conversation.id == OutboundMessage.conversation_id)
        .join(Contact, Contact.id == Conversation.contact_id)
        .join(Office, Office.id == OutboundMessage.office_id)
        .where(OutboundMessage.id.in_(ids))
    ).all()
    return [
        Claimed(
            id=row.id,
            lease=lease,
            attempts=row.attempts,
            first_tried_at=row.first_tried_at or now,
            claimed_at=now,
            conversation_id=row.conversation_id,
            message=OutgoingMessage(row.sender, row.address, row.body, reference=f"{row.id}.{row.attempts}"),
        )
        for row in rows
    ]


def record_sent(session: Session, office_id: int, conversation_id: int, message_id: int, now: datetime) -> None:
    """The fact that Twilio took a message."""
    record(
        session,
        EventKind.SENT,
        office_id=office_id,
        conversation_id=conversation_id,
        at=now,
        actor="line",
        subject=f"outbound_message:{message_id}",
    )
