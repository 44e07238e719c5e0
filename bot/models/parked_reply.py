from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.contracts import ParkedState
from bot.models.base import Base, Key, OfficeOwned, UtcDateTime, Word, owned


class ParkedReply(OfficeOwned, Base):
    """An officer's answer that WhatsApp does not take now, since the citizen's 24 hours are over: it is sent as soon as
    they write again. ``send_key``: the page's own, so that a form sent twice is one answer."""

    __tablename__ = "parked_reply"
    __table_args__ = owned(
        UniqueConstraint("conversation_id", "send_key"),
        ForeignKeyConstraint(["office_id", "conversation_id"], ["conversation.office_id", "conversation.id"]),
        ForeignKeyConstraint(["office_id", "post_id"], ["post.office_id", "post.id"]),
        Index(
            "ix_parked_reply_parked",
            "conversation_id",
            postgresql_where=text("state = 'parked'"),
            sqlite_where=text("state = 'parked'"),
        ),
    )

    conversation_id: Mapped[int] = mapped_column(Key)
    post_id: Mapped[int] = mapped_column(Key)
    send_key: Mapped[str] = mapped_column(String(64))
    body: Mapped[str] = mapped_column(Text)
    state: Mapped[ParkedState] = mapped_column(Word(ParkedState), default=ParkedState.PARKED)
    parked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
