"""What the processes know of each other."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import Base, UtcDateTime


class Heartbeat(Base):
    """The last sign of life of a kind of process (``worker``, ``clock``); one row a kind."""

    __tablename__ = "heartbeat"

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class JobRun(Base):
    """A clock job's lease and the point up to which its work is done, so that two clocks never do it twice."""

    __tablename__ = "job_run"

    job: Mapped[str] = mapped_column(String(60), primary_key=True)
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
