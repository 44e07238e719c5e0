from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.contracts import ComplaintClass, HandOverReason, Outcome, Priority, TicketState
from bot.models.base import Base, Key, OfficeOwned, UtcDateTime, Word, owned


class Ticket(OfficeOwned, Base):
    """Something a person must act on. ``kind`` is the intent it came from, or a code of the line's own.

    ``cycle`` counts from 1 and grows with every reopening. ``queued_at`` fixes its place in the queue: receipt of the
    first unanswered message; None: it is noted, and nobody waits in the chat. ``owner_id`` is the officer's post;
    ``claimed_until`` the end of the claim's lease. An owner without a lease keeps the ticket after a time-out: it is
    still theirs to end, but the assistant talks with the citizen, and any officer may take it.
    ``complaint_class``: what an officer gave it; None: what its kind and reason have. ``answered_at``: the first human
    answer of this cycle. ``follow_up_until``: a message before this time, not spoken of yet, may go on with what was
    resolved or timed out. ``merged_into``: it was another's double, which is gone on with.
    ``submission_id``: what was handed in of which something is asked (`Submission.ticket_id` is a submission's own).
    """

    __tablename__ = "ticket"
    __table_args__ = owned(
        UniqueConstraint("office_id", "number"),
        ForeignKeyConstraint(["office_id", "conversation_id"], ["conversation.office_id", "conversation.id"]),
        ForeignKeyConstraint(["office_id", "owner_id"], ["post.office_id", "post.id"]),
        ForeignKeyConstraint(["office_id", "merged_into"], ["ticket.office_id", "ticket.id"]),
        Index("ix_ticket_conversation_id", "conversation_id", "kind"),
        Index(
            "ix_ticket_queue",
            "office_id",
            "queued_at",
            postgresql_where=text("state IN ('open', 'in_progress', 'waiting_for_citizen')"),
            sqlite_where=text("state IN ('open', 'in_progress', 'waiting_for_citizen')"),
        ),
        Index(
            "ix_ticket_claimed",
            "office_id",
            "claimed_until",
            postgresql_where=text("claimed_until IS NOT NULL"),
            sqlite_where=text("claimed_until IS NOT NULL"),
        ),
    )

    conversation_id: Mapped[int] = mapped_column(Key)
    number: Mapped[str] = mapped_column(String(24))
    kind: Mapped[str] = mapped_column(String(40))
    service: Mapped[str | None] = mapped_column(String(40))
    state: Mapped[TicketState] = mapped_column(Word(TicketState), default=TicketState.OPEN)
    reason: Mapped[HandOverReason | None] = mapped_column(Word(HandOverReason))
    priority: Mapped[Priority] = mapped_column(Word(Priority), default=Priority.NORMAL)
    cycle: Mapped[int] = mapped_column(default=1)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    queued_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    owner_id: Mapped[int | None] = mapped_column(Key)
    claimed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    complaint_class: Mapped[ComplaintClass | None] = mapped_column(Word(ComplaintClass))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    resolved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[Outcome | None] = mapped_column(Word(Outcome))
    follow_up_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    merged_into: Mapped[int | None] = mapped_column(Key)
    submission_id: Mapped[int | None] = mapped_column(Key)


class TicketLink(OfficeOwned, Base):
    """Two tickets that belong together, of one citizen or of several: a pair, the lower id first."""

    __tablename__ = "ticket_link"
    __table_args__ = owned(
        UniqueConstraint("ticket_id", "other_id"),
        ForeignKeyConstraint(["office_id", "ticket_id"], ["ticket.office_id", "ticket.id"]),
        ForeignKeyConstraint(["office_id", "other_id"], ["ticket.office_id", "ticket.id"]),
        Index("ix_ticket_link_other_id", "other_id"),
    )

    ticket_id: Mapped[int] = mapped_column(Key)
    other_id: Mapped[int] = mapped_column(Key)


class TicketSeries(Base):
    """The last number given in an office's month (``yymm``, in the office's own time zone)."""

    __tablename__ = "ticket_series"

    office_id: Mapped[int] = mapped_column(Key, ForeignKey("office.id"), primary_key=True)
    month: Mapped[str] = mapped_column(String(4), primary_key=True)
    last: Mapped[int] = mapped_column(default=0)
