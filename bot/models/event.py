from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.contracts import EventKind
from bot.models.base import Base, JsonText, Key, OfficeOwned, UtcDateTime, Word, owned


class Event(OfficeOwned, Base):
    """A fact, written once in the transaction that makes it true. ``data`` holds codes and ids, no personal data.

    ``subject`` names the row it is about, as ``<table>:<id>``; ``actor`` is ``citizen``, ``assistant``, ``line``
    or ``clock``.
    """

    __tablename__ = "event"
    __table_args__ = owned(
        ForeignKeyConstraint(["office_id", "conversation_id"], ["conversation.office_id", "conversation.id"]),
        Index("ix_event_office_id_kind_at", "office_id", "kind", "at"),
        Index("ix_event_conversation_id", "conversation_id"),
    )

    conversation_id: Mapped[int | None] = mapped_column(Key)
    kind: Mapped[EventKind] = mapped_column(Word(EventKind))
    actor: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    subject: Mapped[str] = mapped_column(String(60), default="")
    data: Mapped[dict[str, Any]] = mapped_column(JsonText, default=dict)
