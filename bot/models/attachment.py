from __future__ import annotations

from sqlalchemy import ForeignKeyConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.contracts import AttachmentState
from bot.models.base import Base, Key, OfficeOwned, Word, owned


class Attachment(OfficeOwned, Base):
    """A file of an inbound message. ``place`` is Twilio's index (MediaUrl0 → 0); ``url`` where Twilio keeps it."""

    __tablename__ = "attachment"
    __table_args__ = owned(
        UniqueConstraint("inbound_id", "place"),
        ForeignKeyConstraint(["office_id", "inbound_id"], ["inbound_message.office_id", "inbound_message.id"]),
    )

    inbound_id: Mapped[int] = mapped_column(Key)
    place: Mapped[int]
    url: Mapped[str] = mapped_column(Text)
    content_type: Mapped[str] = mapped_column(String(100))
    state: Mapped[AttachmentState] = mapped_column(Word(AttachmentState), default=AttachmentState.PENDING)
