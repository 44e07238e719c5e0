"""Turns: taking the conversations that are owed an answer, and writing the answer down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from bot.contracts import ConversationState, EventKind, InboundState, MessageKind, Reading
from bot.db.claim import DueRows, release_dead
from bot.db.wake import announce
from bot.desk import outbox
from bot.desk.events import record
from bot.desk.inbox import RECEIVED
from bot.errors import LeaseLost
from bot.models import Attachment, Conversation, InboundMessage, Office, Turn

LEASE = timedelta(seconds=30)  # longer than the NLU's time-out and the work on a batch


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A citizen's message that waits for its answer."""

    id: int
    kind: MessageKind
    body: str
    payload: str
    files: int


@dataclass(frozen=True, slots=True)
class DueConversation:
    """A conversation this process holds, as it stood when it was taken."""

    id: int
    lease: str
    office_id: int
    office_prefix: str
    state: ConversationState
    memory: Mapping[str, Any]
    first_contact: bool
    unanswered_since: datetime
    attempts: int
    messages: tuple[Unanswered, ...]


@dataclass(frozen=True, slots=True)
class Locked:
    """A conversation locked by the present transaction."""

    id: int
    office_id: int
    state: ConversationState
    paced_until: datetime | None


def claim_due(session: Session, now: datetime, most: int) -> list[DueConversation]:
    """Take conversations whose answer is due, with what they wrote, in order of receipt."""
    lease, ids = _DUE.claim(session, now=now, lease_for=LEASE, most=most)
    if not ids:
        return []
    conversations = session.connection().execute(_LOAD, {"ids": ids})
    messages = _unanswered(session, ids)
    return [
        DueConversation(
            id=row.id,
            lease=lease,
            office_id=row.office_id,
            office_prefix=row.prefix,
            state=row.state,
            memory=row.memory,
            first_contact=row.answered_at is None,
            unanswered_since=row.unanswered_since or now,
            attempts=row.attempts,
            messages=tuple(messages.get(row.id, ())),
        )
        for row in conversations
    ]


def next_due_at(session: Session) -> datetime | None:
    """When the next conversation is owed an answer; None: nobody waits."""
    return _DUE.next(session)


def inherit(session: Session, now: datetime) -> None:
    """Take over at once what a process of this machine held when it died."""
    release_dead(session, Conversation, now)


def postpone(session: Session, held: DueConversation, until: datetime) -> None:
    """Let go of a conversation that cannot be answered now; it comes due again then."""
    session.execute(
        update(Conversation)
        .where(Conversation.id == held.id, Conversation.lease == held.lease)
        .values(answer_due_at=until, lease=None, leased_until=None)
    )


def hold(session: Session, held: DueConversation) -> Locked:
    """Lock the conversation for writing its answer. Raises LeaseLost when another worker has it by now."""
    found = session.execute(_LOCK, {"conversation": held.id, "held": held.lease}).first()
    if found is None:
        raise LeaseLost(f"conversation {held.id}")
    return Locked(*found)


def finish(
    session: Session,
    locked: Locked,
    held: DueConversation,
    bodies: Sequence[str],
    *,
    readings: Mapping[int, Reading],
    state: InboundState,
    memory: Mapping[str, Any],
    now: datetime,
) -> None:
    """Write the turn: its messages become ``state``, ``bodies`` go to the outbox, and the lease is given back.

    ``readings`` are by message id. Messages that came meanwhile stay due.
    """
    run = session.connection().execute
    turn_id = run(
        _NEW_TURN, {"office_id": locked.office_id, "conversation_id": locked.id, "answered_at": now}
    ).scalar_one()
    if held.messages:
        run(_SETTLE, [_settled(message.id, turn_id, state, readings.get(message.id)) for message in held.messages])
    outbox.queue(session, locked, bodies, now=now, turn_id=turn_id)
    waiting_since = run(_WAITING_SINCE, {"conversation": locked.id}).scalar()
    done = {"conversation": locked.id, "memory": dict(memory), "now": now, "waiting_since": waiting_since}
    run(_GIVE_BACK if waiting_since is None else _GIVE_BACK_DUE, done)
    record(
        session,
        EventKind.ANSWERED if state is InboundState.ANSWERED else EventKind.LEFT_TO_OFFICER,
        office_id=locked.office_id,
        conversation_id=locked.id,
        at=now,
        actor="assistant",
        subject=f"turn:{turn_id}",
        messages=len(held.messages),
        replies=len(bodies),
    )
    announce(session)


# Built once: building a statement costs several times what running it does, and every turn runs these.
_DUE = DueRows(Conversation, "answer_due_at", values={"attempts": Conversation.__table__.c.attempts + 1})
_LOAD = (
    select(
        Conversation.id,
        Conversation.office_id,
        Office.prefix,
        Conversation.state,
        Conversation.memory,
        Conversation.answered_at,
        Conversation.unanswered_since,
        Conversation.attempts,
    )
    .join(Office, Office.id == Conversation.office_id)
    .where(Conversation.id.in_(bindparam("ids", expanding=True)))
)
_UNANSWERED = (
    select(
        InboundMessage.conversation_id,
        InboundMessage.id,
        InboundMessage.kind,
        InboundMessage.body,
        InboundMessage.payload,
        select(func.count())
        .where(Attachment.inbound_id == InboundMessage.id)
        .correlate(InboundMessage)
        .scalar_subquery()
        .label("files"),
    )
    .where(InboundMessage.conversation_id.in_(bindparam("ids", expanding=True)), RECEIVED)
    .order_by(InboundMessage.conversation_id, InboundMessage.seq)
)
_LOCK = (
    select(Conversation.id, Conversation.office_id, Conversation.state, Conversation.paced_until)
    .where(Conversation.id == bindparam("conversation"), Conversation.lease == bindparam("held"))
    .with_for_update(key_share=True)  # what hangs on the conversation need not wait
)
_NEW_TURN = insert(Turn.__table__).returning(Turn.__table__.c.id)
_SETTLE = (
    update(InboundMessage.__table__)
    .where(InboundMessage.__table__.c.id == bindparam("message"))
    .values({name: bindparam(f"new_{name}") for name in ("turn_id", "state", "intent", "confidence", "service")})
)
_WAITING_SINCE = select(func.min(InboundMessage.__table__.c.received_at)).where(
    InboundMessage.__table__.c.conversation_id == bindparam("conversation"), RECEIVED
)
_GIVE_BACK_DUE = (
    update(Conversation.__table__)
    .where(Conversation.__table__.c.id == bindparam("conversation"))
    .values(
        memory=bindparam("memory"),
        answered_at=bindparam("now"),
        unanswered_since=bindparam("waiting_since"),
        attempts=0,
        lease=None,
        leased_until=None,
    )
)
_GIVE_BACK = _GIVE_BACK_DUE.values(answer_due_at=None)


def _settled(message_id: int, turn_id: int, state: InboundState, reading: Reading | None) -> dict[str, Any]:
    return {
        "message": message_id,
        "new_turn_id": turn_id,
        "new_state": state,
        "new_intent": reading.intent if reading else None,
        "new_confidence": reading.confidence if reading else None,
        "new_service": reading.service if reading else None,
    }


def _unanswered(session: Session, conversation_ids: Sequence[int]) -> dict[int, list[Unanswered]]:
    rows = session.connection().execute(_UNANSWERED, {"ids": list(conversation_ids)})
    found: dict[int, list[Unanswered]] = {}
    for row in rows:
        found.setdefault(row.conversation_id, []).append(
            Unanswered(id=row.id, kind=row.kind, body=row.body, payload=row.payload, files=row.files)
        )
    return found
