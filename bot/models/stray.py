from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import SID_LENGTH, Base, JsonText, Key, UtcDateTime


class StrayDelivery(Base):
    """A signed message to an address that is no office's: kept whole, and an alarm until somebody looks."""

    __tablename__ = "stray_delivery"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    sid: Mapped[str] = mapped_column(String(SID_LENGTH), unique=True)
    form: Mapped[dict[str, Any]] = mapped_column(JsonText)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
