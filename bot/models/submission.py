"""Requests handed in with files, and the tries of strangers to learn where one stands."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.contracts import SubmissionNews, SubmissionState, Whom
from bot.models.base import Base, JsonText, Key, OfficeOwned, UtcDateTime, Word, owned


class Submission(OfficeOwned, Base):
    """One request of a citizen for one service and one person.

    ``answers``: question → option. ``touched_at``: the citizen last worked on it; the newest is the current one.
    ``last_number``: given to a file of it. ``news``: what the citizen is still to be told. ``cancel_asked_at``: they
    wish to cancel what was sent. ``return_note``: an officer's words on why it came back. ``ended_at``: since when its
    files wait for the end of the retention.
    """

    __tablename__ = "submission"
    __table_args__ = owned(
        UniqueConstraint("ticket_id"),
        ForeignKeyConstraint(["office_id", "conversation_id"], ["conversation.office_id", "conversation.id"]),
        ForeignKeyConstraint(["office_id", "ticket_id"], ["ticket.office_id", "ticket.id"]),
        Index("ix_submission_conversation_id", "conversation_id", "touched_at"),
        Index(  # for the clock: what was never sent
            "ix_submission_unsent",
            "touched_at",
            postgresql_where=text("state = 'collecting'"),
            sqlite_where=text("state = 'collecting'"),
        ),
        Index(
            "ix_submission_ended_at",
            "ended_at",
            postgresql_where=text("ended_at IS NOT NULL"),
            sqlite_where=text("ended_at IS NOT NULL"),
        ),
    )

    conversation_id: Mapped[int] = mapped_column(Key)
    service: Mapped[str] = mapped_column(String(40))
    whom: Mapped[Whom | None] = mapped_column(Word(Whom))
    answers: Mapped[dict[str, str]] = mapped_column(JsonText, default=dict)
    state: Mapped[SubmissionState] = mapped_column(Word(SubmissionState), default=SubmissionState.COLLECTING)
    ticket_id: Mapped[int | None] = mapped_column(Key)
    last_number: Mapped[int] = mapped_column(default=0)
    news: Mapped[SubmissionNews | None] = mapped_column(Word(SubmissionNews))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    touched_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancel_asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    return_note: Mapped[str] = mapped_column(Text, default="")
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class StatusLookup(OfficeOwned, Base):
    """The tries of one conversation to learn where another's ticket stands. ``number``: as it was written, its letters
    and digits alone; it may be nobody's."""

    __tablename__ = "status_lookup"
    __table_args__ = owned(
        UniqueConstraint("conversation_id", "number"),
        ForeignKeyConstraint(["office_id", "conversation_id"], ["conversation.office_id", "conversation.id"]),
    )

    conversation_id: Mapped[int] = mapped_column(Key)
    number: Mapped[str] = mapped_column(String(24))
    tries: Mapped[int] = mapped_column(default=0)
    tried_at: Mapped[datetime] = mapped_column(UtcDateTime)
