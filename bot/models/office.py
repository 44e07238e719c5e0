from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import ADDRESS_LENGTH, Base, Key, UtcDateTime


class Office(Base):
    """A civil registry office. ``prefix`` (2 to 5 letters) begins its ticket numbers and names its knowledge."""

    __tablename__ = "office"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    prefix: Mapped[str] = mapped_column(String(5), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    sender: Mapped[str] = mapped_column(String(ADDRESS_LENGTH), unique=True)
    time_zone: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
