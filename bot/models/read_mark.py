from __future__ import annotations

from sqlalchemy import ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import Base, Key, OfficeOwned, owned


class ReadMark(OfficeOwned, Base):
    """A post has read a conversation up to its message of number ``seq``."""

    __tablename__ = "read_mark"
    __table_args__ = owned(
        UniqueConstraint("conversation_id", "post_id"),
        ForeignKeyConstraint(["office_id", "conversation_id"], ["conversation.office_id", "conversation.id"]),
        ForeignKeyConstraint(["office_id", "post_id"], ["post.office_id", "post.id"]),
    )

    conversation_id: Mapped[int] = mapped_column(Key)
    post_id: Mapped[int] = mapped_column(Key)
    seq: Mapped[int]
