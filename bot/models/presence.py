from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import Base, Key, OfficeOwned, UtcDateTime, owned


class Presence(OfficeOwned, Base):
    """A post has a conversation before its eyes until ``until``; ``typing_until``: and writes there. A row and not a
    memory, since colleagues may be served by different web processes."""

    __tablename__ = "presence"
    __table_args__ = owned(
        UniqueConstraint("conversation_id", "post_id"),
        ForeignKeyConstraint(["office_id", "conversation_id"], ["conversation.office_id", "conversation.id"]),
        ForeignKeyConstraint(["office_id", "post_id"], ["post.office_id", "post.id"]),
    )

    conversation_id: Mapped[int] = mapped_column(Key)
    post_id: Mapped[int] = mapped_column(Key)
    until: Mapped[datetime] = mapped_column(UtcDateTime)
    typing_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
