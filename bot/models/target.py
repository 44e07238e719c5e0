from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.contracts import TargetKind, TargetState
from bot.models.base import Base, Key, OfficeOwned, UtcDateTime, Word, owned


class Target(OfficeOwned, Base):
    """One deadline of a ticket's cycle, in office minutes.

    ``ordinal`` counts those of a kind in a cycle from 0; a shorter one may take the place of another. ``started_at``:
    what began it; ``running_since``: the last time its clock was started; ``spent``: office minutes that ran before
    that; ``due_at``: the deadline as long as the clock runs; ``citizen_minutes``: minutes by the wall that the office
    waited for the citizen.
    """

    __tablename__ = "target"
    __table_args__ = owned(
        UniqueConstraint("ticket_id", "cycle", "kind", "ordinal"),
        ForeignKeyConstraint(["office_id", "ticket_id"], ["ticket.office_id", "ticket.id"]),
        Index(
            "ix_target_running",
            "office_id",
            "due_at",
            postgresql_where=text("state = 'running'"),
            sqlite_where=text("state = 'running'"),
        ),
    )

    ticket_id: Mapped[int] = mapped_column(Key)
    cycle: Mapped[int]
    kind: Mapped[TargetKind] = mapped_column(Word(TargetKind))
    ordinal: Mapped[int] = mapped_column(default=0)
    state: Mapped[TargetState] = mapped_column(Word(TargetState), default=TargetState.RUNNING)
    minutes: Mapped[int]
    spent: Mapped[int] = mapped_column(default=0)
    citizen_minutes: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    running_since: Mapped[datetime] = mapped_column(UtcDateTime)
    paused_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    met_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
