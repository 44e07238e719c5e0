from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.contracts import TicketState
from bot.models.base import Base, Key, OfficeOwned, UtcDateTime, Word, owned


class Ticket(OfficeOwned, Base):
    """Something a person must act on. ``kind`` is the intent it came from, or a code of the line's own."""

    __tablename__ = "ticket"
    __table_args__ = owned(
        UniqueConstraint("office_id", "number"),
        ForeignKeyConstraint(["office_id", "conversation_id"], ["conversation.office_id", "conversation.id"]),
        Index("ix_ticket_conversation_id", "conversation_id", "kind"),
    )

    conversation_id: Mapped[int] = mapped_column(Key)
    number: Mapped[str] = mapped_column(String(24))
    kind: Mapped[str] = mapped_column(String(40))
    service: Mapped[str | None] = mapped_column(String(40))
    state: Mapped[TicketState] = mapped_column(Word(TicketState), default=TicketState.OPEN)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)


class TicketSeries(Base):
    """The last number given in an office's month (``yymm``, in the office's own time zone)."""

    __tablename__ = "ticket_series"

    office_id: Mapped[int] = mapped_column(Key, ForeignKey("office.id"), primary_key=True)
    month: Mapped[str] = mapped_column(String(4), primary_key=True)
    last: Mapped[int] = mapped_column(default=0)
