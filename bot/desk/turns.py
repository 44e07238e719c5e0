"""Turns: taking the conversations that are owed an answer, and writing the answer down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from bot.contracts import ConversationState, EventKind, InboundState, MessageKind, Reading
from bot.db.claim import claim, next_due, release_dead
from bot.db.wake import announce
from bot.desk import outbox
from bot.desk.events import record
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


def claim_due(session: Session, now: datetime, limit: int) -> list[DueConversation]:
    """Take conversations whose answer is due, with what they wrote, in order of receipt."""
    lease, ids = claim(
        session,
        Conversation,
        Conversation.answer_due_at,
        [],
        now=now,
        lease_for=LEASE,
        limit=limit,
        values={"attempts": Conversation.attempts + 1},
    )
    if not ids:
        return []
    conversations = session.execute(
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
        .where(Conversation.id.in_(ids))
    )
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
    return next_due(session, Conversation, Conversation.answer_due_at, [])


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


def hold(session: Session, held: DueConversation) -> Conversation:
    """Lock the conversation for writing its answer. Raises LeaseLost when another worker has it by now."""
    conversation = session.scalar(
        select(Conversation).where(Conversation.id == held.id, Conversation.lease == held.lease).with_for_update()
    )
    if conversation is None:
        raise LeaseLost(f"conversation {held.id}")
    return conversation


def finish(
    session: Session,
    conversation: Conversation,
    held: DueConversation,
    bodies: Sequence[str],
    *,
    readings: Mapping[int, Reading],
    state: InboundState,
    memory: Mapping[str, Any],
    now: datetime,
) -> int:
    """Write the turn: its messages become ``state``, ``bodies`` go to the outbox, and the lease is given back.

    ``readings`` are by message id. Messages that came meanwhile stay due. Returns the turn's id.
    """
    turn = Turn(office_id=conversation.office_id, conversation_id=conversation.id, answered_at=now)
    session.add(turn)
    session.flush()
    _settle(session, held, turn.id, readings, state)
    outbox.queue(session, conversation, bodies, now=now, turn_id=turn.id)
    waiting_since = session.scalar(
        select(func.min(InboundMessage.received_at)).where(
            InboundMessage.conversation_id == conversation.id, InboundMessage.state == InboundState.RECEIVED
        )
    )
    conversation.memory = dict(memory)
    conversation.answered_at = now
    conversation.unanswered_since = waiting_since
    if waiting_since is None:
        conversation.answer_due_at = None
    conversation.attempts = 0
    conversation.lease = None
    conversation.leased_until = None
    record(
        session,
        EventKind.ANSWERED if state is InboundState.ANSWERED else EventKind.LEFT_TO_OFFICER,
        office_id=conversation.office_id,
        conversation_id=conversation.id,
        at=now,
        actor="assistant",
        subject=f"turn:{turn.id}",
        messages=len(held.messages),
        replies=len(bodies),
    )
    announce(session)
    return turn.id


def _unanswered(session: Session, conversation_ids: Sequence[int]) -> dict[int, list[Unanswered]]:
    files = (
        select(func.count())
        .where(Attachment.inbound_id == InboundMessage.id)
        .correlate(InboundMessage)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            InboundMessage.conversation_id,
            InboundMessage.id,
            InboundMessage.kind,
            InboundMessage.body,
            InboundMessage.payload,
            files.label("files"),
        )
        .where(
            InboundMessage.conversation_id.in_(conversation_ids),
            InboundMessage.state == InboundState.RECEIVED,
        )
        .order_by(InboundMessage.conversation_id, InboundMessage.seq)
    )
    found: dict[int, list[Unanswered]] = {}
    for row in rows:
        found.setdefault(row.conversation_id, []).append(
            Unanswered(id=row.id, kind=row.kind, body=row.body, payload=row.payload, files=row.files)
        )
    return found


def _settle(
    session: Session,
    held: DueConversation,
    turn_id: int,
    readings: Mapping[int, Reading],
    state: InboundState,
) -> None:
    for message in held.messages:
        reading = readings.get(message.id)
        session.execute(
            update(InboundMessage)
            .where(InboundMessage.id == message.id)
            .values(
                turn_id=turn_id,
                state=state,
                intent=reading.intent if reading else None,
                confidence=reading.confidence if reading else None,
                service=reading.service if reading else None,
            )
            .execution_options(synchronize_session=False)
        )
