from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import ADDRESS_LENGTH, SID_LENGTH, Base, Key, OfficeOwned, UtcDateTime, owned


class Office(Base):
    """A civil registry office. ``prefix`` (2 to 5 letters) begins its ticket numbers and names its knowledge."""

    __tablename__ = "office"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    prefix: Mapped[str] = mapped_column(String(5), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    sender: Mapped[str] = mapped_column(String(ADDRESS_LENGTH), unique=True)
    time_zone: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class OfficeTemplate(OfficeOwned, Base):
    """A WhatsApp template that was approved for an office's sender: our name for it, and Twilio's ContentSid."""

    __tablename__ = "office_template"
    __table_args__ = owned(UniqueConstraint("office_id", "name"))

    name: Mapped[str] = mapped_column(String(40))
    content_sid: Mapped[str] = mapped_column(String(SID_LENGTH))
