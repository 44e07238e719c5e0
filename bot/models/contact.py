from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import ADDRESS_LENGTH, Base, OfficeOwned, UtcDateTime, owned


class Contact(OfficeOwned, Base):
    """A citizen's channel address: ``whatsapp:+62…`` or ``whatsapp:ID.<opaque>``; a number is never assumed."""

    __tablename__ = "contact"
    __table_args__ = owned(UniqueConstraint("office_id", "address"))

    address: Mapped[str] = mapped_column(String(ADDRESS_LENGTH))
    profile_name: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
