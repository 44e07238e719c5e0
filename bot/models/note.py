from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import Base, Key, OfficeOwned, UtcDateTime, owned


class Note(OfficeOwned, Base):
    """What an officer wrote for colleagues; no citizen ever reads it. It stands behind the conversation's message of
    number ``after_seq``."""

    __tablename__ = "note"
    __table_args__ = owned(
        ForeignKeyConstraint(["office_id", "conversation_id"], ["conversation.office_id", "conversation.id"]),
        ForeignKeyConstraint(["office_id", "post_id"], ["post.office_id", "post.id"]),
        Index("ix_note_conversation_id", "conversation_id"),
    )

    conversation_id: Mapped[int] = mapped_column(Key)
    post_id: Mapped[int] = mapped_column(Key)
    after_seq: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
