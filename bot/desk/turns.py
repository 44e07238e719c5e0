"""Turns: taking the conversations that are owed an answer, and writing the answer down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Text, and_, bindparam, case, cast, func, insert, select, update
from sqlalchemy.orm import Session

from bot.contracts import Actor, ConversationState, EventKind, InboundState, MessageKind, Reading
from bot.db.claim import DueRows, release_dead
from bot.db.wake import announce
from bot.desk import news, outbox
from bot.desk.events import fact, record
from bot.desk.inbox import RECEIVED
from bot.desk.news import ALL_TOLD, Told
from bot.errors import LeaseLost
from bot.models import Attachment, Contact, Conversation, InboundMessage, Office, Post, Turn

REPLIED_TO = "OriginalRepliedMessageSid"
LEASE = timedelta(seconds=30)  # longer than the NLU's time-out and the work on a batch


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A citizen's message that waits for its answer. ``replied_to``: the SID of the message it replies to, or ''."""

    id: int
    kind: MessageKind
    body: str
    payload: str
    files: int
    replied_to: str = ""


@dataclass(frozen=True, slots=True)
class DueConversation:
    """A conversation this process holds, as it stood when it was taken. ``officer``: it is with one of the office's own
    people, who write from their own number. ``has_parked``: an officer's answer waits for what was written now."""

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
    officer: Actor | None = None
    has_parked: bool = False


@dataclass(frozen=True, slots=True)
class Locked:
    """A conversation locked by the present transaction."""

    id: int
    office_id: int
    state: ConversationState
    paced_until: datetime | None
    last_seq: int
    has_parked: bool


@dataclass(frozen=True, slots=True)
class Because:
    """Why the assistant answered so: the names of its replies and of what it did, in order."""

    replies: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()

    def as_row(self) -> dict[str, list[str]] | None:
        """None: it said and did nothing."""
        if not self.replies and not self.commands:
            return None
        return {"replies": list(self.replies), "commands": list(self.commands)}


@dataclass(frozen=True, slots=True)
class Answer:
    """What ends a turn: its messages become ``state``, ``bodies`` go to the outbox. ``readings`` are by message id;
    ``told``: the files and submissions that the citizen hears of."""

    locked: Locked
    held: DueConversation
    bodies: Sequence[str]
    readings: Mapping[int, Reading]
    state: InboundState
    memory: Mapping[str, Any]
    told: Told = ALL_TOLD
    because: Because = Because()


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
            officer=Actor(row.post_id, row.office_id, row.role) if row.post_id else None,
            has_parked=row.has_parked,
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


def hold(session: Session, held: Sequence[DueConversation]) -> list[Locked]:
    """Lock the conversations for writing their answers. Raises LeaseLost when another worker has one of them by now."""
    rows = session.connection().execute(_LOCK, {"ids": [one.id for one in held]})
    locked = {(row.id, row.lease): Locked(*row[:-1]) for row in rows}
    lost = [one.id for one in held if (one.id, one.lease) not in locked]
    if lost:
        raise LeaseLost(f"conversations {lost}")
    return [locked[one.id, one.lease] for one in held]


def finish(session: Session, answers: Sequence[Answer], now: datetime) -> None:
    """Write turns and give their leases back. Messages that came meanwhile stay due.

    One statement does a thing for all of them: on SQLite nobody else writes meanwhile.
    """
    run = session.connection().execute
    new = [
        {
            "office_id": one.locked.office_id,
            "conversation_id": one.locked.id,
            "answered_at": now,
            "because": one.because.as_row(),
        }
        for one in answers
    ]
    turn_ids = {row.conversation_id: row.id for row in run(_NEW_TURN, new)}
    settled = [
        _settled(message.id, turn_ids[one.locked.id], one.state, one.readings.get(message.id))
        for one in answers
        for message in one.held.messages
    ]
    if settled:
        run(_SETTLE, settled)
    outbox.queue(session, [outbox.Owed(one.locked, one.bodies, turn_ids[one.locked.id]) for one in answers], now)
    waiting_since = {row[0]: row[1] for row in run(_WAITING_SINCE, {"ids": list(turn_ids)})}
    done = [
        {
            "conversation": one.locked.id,
            "memory": dict(one.memory),
            "now": now,
            "waiting_since": waiting_since.get(one.locked.id),
        }
        for one in answers
    ]
    for statement, is_waiting in ((_GIVE_BACK, False), (_GIVE_BACK_DUE, True)):
        given = [row for row in done if (row["waiting_since"] is not None) == is_waiting]
        if given:
            run(statement, given)
    _tell_of_files(session, answers, now)
    record(session, *(_answered(one, turn_ids[one.locked.id], now) for one in answers))
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
        Conversation.has_parked,
        Post.id.label("post_id"),
        Post.role,
    )
    .join(Office, Office.id == Conversation.office_id)
    .join(Contact, Contact.id == Conversation.contact_id)
    .outerjoin(Post, and_(Post.office_id == Contact.office_id, Post.whatsapp == Contact.address, Post.active))
    .where(Conversation.id.in_(bindparam("ids", expanding=True)))
)
_UNANSWERED = (
    select(
        InboundMessage.conversation_id,
        InboundMessage.id,
        InboundMessage.kind,
        InboundMessage.body,
        InboundMessage.payload,
        case((cast(InboundMessage.form, Text).contains(REPLIED_TO), InboundMessage.form)).label("form"),
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
    select(
        Conversation.id,
        Conversation.office_id,
        Conversation.state,
        Conversation.paced_until,
        Conversation.last_seq,
        Conversation.has_parked,
        Conversation.lease,
    )
    .where(Conversation.id.in_(bindparam("ids", expanding=True)))
    .order_by(Conversation.id)  # all lock in this order, so that none waits for the other
    .with_for_update(key_share=True)  # what hangs on the conversation need not wait
)
_NEW_TURN = insert(Turn.__table__).returning(Turn.__table__.c.conversation_id, Turn.__table__.c.id)
_SETTLE = (
    update(InboundMessage.__table__)
    .where(InboundMessage.__table__.c.id == bindparam("message"))
    .values({name: bindparam(f"new_{name}") for name in ("turn_id", "state", "intent", "confidence", "service")})
)
_WAITING_SINCE = (
    select(InboundMessage.conversation_id, func.min(InboundMessage.received_at))
    .where(InboundMessage.conversation_id.in_(bindparam("ids", expanding=True)), RECEIVED)
    .group_by(InboundMessage.conversation_id)
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
_GIVE_BACK = _GIVE_BACK_DUE.values(answer_due_at=None, quiet_until=None)


def _tell_of_files(session: Session, answers: Sequence[Answer], now: datetime) -> None:
    """What became known while the answer was made is told in a turn of its own."""
    ids = [one.locked.id for one in answers]
    with_news = news.with_news(session, ids)
    for one in answers:
        if one.locked.id in with_news:
            news.mark_told(session, one.locked.id, one.told, now)
    for conversation_id in news.with_news(session, with_news) if with_news else ():
        news.tell_soon(session, conversation_id, now)


def _answered(answer: Answer, turn_id: int, now: datetime) -> dict[str, Any]:
    return fact(
        EventKind.ANSWERED if answer.state is InboundState.ANSWERED else EventKind.LEFT_TO_OFFICER,
        office_id=answer.locked.office_id,
        conversation_id=answer.locked.id,
        at=now,
        actor="assistant",
        subject=f"turn:{turn_id}",
        messages=len(answer.held.messages),
        replies=len(answer.bodies),
    )


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
            Unanswered(
                id=row.id,
                kind=row.kind,
                body=row.body,
                payload=row.payload,
                files=row.files,
                replied_to=str((row.form or {}).get(REPLIED_TO) or ""),
            )
        )
    return found
