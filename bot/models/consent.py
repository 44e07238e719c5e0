from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.contracts import ConsentAnswer
from bot.models.base import Base, Key, OfficeOwned, UtcDateTime, Word, owned


class Consent(OfficeOwned, Base):
    """What a citizen answered to the text about their data. Append only: the newest holds. ``version``: of the text."""

    __tablename__ = "consent"
    __table_args__ = owned(
        ForeignKeyConstraint(["office_id", "contact_id"], ["contact.office_id", "contact.id"]),
        Index("ix_consent_contact_id", "contact_id"),
    )

    contact_id: Mapped[int] = mapped_column(Key)
    answer: Mapped[ConsentAnswer] = mapped_column(Word(ConsentAnswer))
    version: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
