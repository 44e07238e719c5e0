"""Labels: the words by which an office sorts its conversations."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from bot.contracts import Actor, EventKind
from bot.db.upsert import insert_new
from bot.desk import conversations
from bot.desk.events import fact, record
from bot.errors import LabelGone, NotFound, SapaError
from bot.models import ConversationLabel, Label
from bot.models.label import NAME_LENGTH


class LabelRefused(SapaError):
    """Not done; ``reason``: ``name`` (empty or too long) or ``taken``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def active(session: Session) -> list[Label]:
    """The office's labels that may be given, by name."""
    return list(session.scalars(select(Label).where(Label.active).order_by(func.lower(Label.name))))


def everything(session: Session) -> list[Label]:
    """The office's labels, the retired ones last."""
    return list(session.scalars(select(Label).order_by(Label.active.desc(), func.lower(Label.name))))


def of_conversations(session: Session, conversation_ids: Collection[int]) -> Mapping[int, tuple[str, ...]]:
    """The names of the labels that conversations have, by conversation."""
    rows = session.execute(
        select(ConversationLabel.conversation_id, Label.name)
        .join(Label, Label.id == ConversationLabel.label_id)
        .where(ConversationLabel.conversation_id.in_(conversation_ids))
        .order_by(func.lower(Label.name))
    )
    found: dict[int, tuple[str, ...]] = {}
    for conversation_id, name in rows:
        found[conversation_id] = (*found.get(conversation_id, ()), name)
    return found


def given(session: Session, conversation_id: int) -> set[int]:
    """The labels (ids) that a conversation has."""
    of = ConversationLabel.conversation_id == conversation_id
    return set(session.scalars(select(ConversationLabel.label_id).where(of)))


def give(session: Session, actor: Actor, conversation_id: int, label_id: int, now: datetime) -> None:
    """Raises LabelGone, NotFound. Giving it twice is no harm."""
    conversations.lock(session, conversation_id)
    label = _label(session, label_id)
    if not label.active:
        raise LabelGone(f"label {label_id}")
    values = {"office_id": label.office_id, "conversation_id": conversation_id, "label_id": label_id}
    if insert_new(session, ConversationLabel, taken_by=("conversation_id", "label_id"), **values):
        _tell(session, actor, EventKind.LABELLED, conversation_id, label_id, now)


def take(session: Session, actor: Actor, conversation_id: int, label_id: int, now: datetime) -> None:
    """Raises NotFound. Taking what is not there is no harm."""
    conversations.lock(session, conversation_id)
    _label(session, label_id)
    wanted = (ConversationLabel.conversation_id == conversation_id, ConversationLabel.label_id == label_id)
    if session.execute(delete(ConversationLabel).where(*wanted).returning(ConversationLabel.id)).all():
        _tell(session, actor, EventKind.UNLABELLED, conversation_id, label_id, now)


def add(session: Session, actor: Actor, name: str, now: datetime) -> Label:
    """A new label; one of that name that was retired comes back. Raises LabelRefused."""
    name = _checked(name)
    old = _named(session, name)
    if old is not None and old.active:
        raise LabelRefused("taken")
    label = old or Label(office_id=actor.office_id, name=name)
    label.active, label.name = True, name
    session.add(label)
    session.flush()
    _changed(session, actor, label, "added", now)
    return label


def rename(session: Session, actor: Actor, label_id: int, name: str, now: datetime) -> None:
    """Raises NotFound, LabelRefused."""
    label, name = _label(session, label_id), _checked(name)
    other = _named(session, name)
    if other is not None and other.id != label.id:
        raise LabelRefused("taken")
    label.name = name
    session.flush()
    _changed(session, actor, label, "renamed", now)


def retire(session: Session, actor: Actor, label_id: int, now: datetime) -> None:
    """It stays where it was given, and is given no more. Raises NotFound."""
    label = _label(session, label_id)
    label.active = False
    session.flush()
    _changed(session, actor, label, "retired", now)


def _label(session: Session, label_id: int) -> Label:
    found = session.scalar(select(Label).where(Label.id == label_id))
    if found is None:
        raise NotFound(f"label {label_id}")
    return found


def _named(session: Session, name: str) -> Label | None:
    """Whatever its letters' case: SQLite lowers ASCII alone, so the comparison is ours."""
    return next((one for one in session.scalars(select(Label)) if one.name.casefold() == name.casefold()), None)


def _checked(name: str) -> str:
    name = " ".join(name.split())
    if not 0 < len(name) <= NAME_LENGTH:
        raise LabelRefused("name")
    return name


def _tell(session: Session, actor: Actor, kind: EventKind, conversation_id: int, label_id: int, now: datetime) -> None:
    record(
        session,
        fact(
            kind,
            office_id=actor.office_id,
            conversation_id=conversation_id,
            at=now,
            actor=actor.name,
            subject=f"conversation:{conversation_id}",
            label=label_id,
        ),
    )


def _changed(session: Session, actor: Actor, label: Label, how: str, now: datetime) -> None:
    record(
        session,
        fact(
            EventKind.DESK_CHANGED,
            office_id=label.office_id,
            at=now,
            actor=actor.name,
            subject=f"label:{label.id}",
            what="label",
            how=how,
        ),
    )
