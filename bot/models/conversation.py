from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.contracts import ConversationState
from bot.models.base import Base, JsonText, Key, OfficeOwned, UtcDateTime, Word, owned


class Conversation(OfficeOwned, Base):
    """All that one contact and the office wrote to each other, and what is owed next.

    ``answer_due_at``: when the messages received since the last answer become a turn; None: nothing is owed.
    ``quiet_until``: when it would be due if no picture had to be checked first.
    ``unanswered_since``: receipt of the oldest of them. ``lease``/``leased_until``: the worker busy with it.
    ``last_seq``: the newest number given to a message of either direction. ``window_until``: the end of
    WhatsApp's 24 hours for free text. ``has_parked``: an officer's answer waits until the citizen writes.
    ``paced_until``: when the recipient's budget of messages is full again.
    """

    __tablename__ = "conversation"
    __table_args__ = owned(
        UniqueConstraint("office_id", "contact_id"),
        ForeignKeyConstraint(["office_id", "contact_id"], ["contact.office_id", "contact.id"]),
        Index(  # for the claims, which go through the offices in turn
            "ix_conversation_due",
            "office_id",
            "answer_due_at",
            postgresql_where=text("answer_due_at IS NOT NULL"),
            sqlite_where=text("answer_due_at IS NOT NULL"),
        ),
    )

    contact_id: Mapped[int] = mapped_column(Key)
    state: Mapped[ConversationState] = mapped_column(Word(ConversationState), default=ConversationState.WITH_BOT)
    memory: Mapped[dict[str, Any]] = mapped_column(JsonText, default=dict)
    last_seq: Mapped[int] = mapped_column(default=0)
    window_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    has_parked: Mapped[bool] = mapped_column(default=False)
    paced_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    unanswered_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answer_due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    quiet_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    lease: Mapped[str | None] = mapped_column(String(64))
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
