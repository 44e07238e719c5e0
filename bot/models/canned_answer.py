from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import Base, Key, OfficeOwned, UtcDateTime, owned

TITLE_LENGTH = 60


class CannedAnswer(OfficeOwned, Base):
    """An answer that an office's officers give often. ``body`` may hold variables in braces, as ``{nama}``;
    ``edited_by``: the post of whoever wrote it last, None: it came with the office."""

    __tablename__ = "canned_answer"
    __table_args__ = owned(
        UniqueConstraint("office_id", "title"),
        ForeignKeyConstraint(["office_id", "edited_by"], ["post.office_id", "post.id"]),
    )

    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    body: Mapped[str] = mapped_column(Text)
    edited_by: Mapped[int | None] = mapped_column(Key)
    edited_at: Mapped[datetime] = mapped_column(UtcDateTime)
