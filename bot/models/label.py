from __future__ import annotations

from sqlalchemy import ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import Base, Key, OfficeOwned, owned

NAME_LENGTH = 40


class Label(OfficeOwned, Base):
    """A word by which an office sorts its conversations. One that is no longer ``active`` stays where it was given."""

    __tablename__ = "label"
    __table_args__ = owned(UniqueConstraint("office_id", "name"))

    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    active: Mapped[bool] = mapped_column(default=True)


class ConversationLabel(OfficeOwned, Base):
    """A conversation has a label."""

    __tablename__ = "conversation_label"
    __table_args__ = owned(
        UniqueConstraint("conversation_id", "label_id"),
        ForeignKeyConstraint(["office_id", "conversation_id"], ["conversation.office_id", "conversation.id"]),
        ForeignKeyConstraint(["office_id", "label_id"], ["label.office_id", "label.id"]),
        Index("ix_conversation_label_label_id", "label_id"),
    )

    conversation_id: Mapped[int] = mapped_column(Key)
    label_id: Mapped[int] = mapped_column(Key)
