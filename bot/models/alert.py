"""Alerts climb until a person acts; a notice is one alert to one person by one way."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.contracts import AlertState, Level, NoticeState, Way
from bot.models.base import SID_LENGTH, Base, Key, OfficeOwned, UtcDateTime, Word, owned


class Alert(OfficeOwned, Base):
    """One level of one target of a ticket. ``target`` names it: ``<cycle>.<kind>.<ordinal>``, or ``<cycle>.queue`` and
    ``<cycle>.claim``, which are no deadline and have no ``target_id``. ``round`` counts the repetitions of a level."""

    __tablename__ = "alert"
    __table_args__ = owned(
        UniqueConstraint("ticket_id", "target", "level", "round"),
        ForeignKeyConstraint(["office_id", "ticket_id"], ["ticket.office_id", "ticket.id"]),
        ForeignKeyConstraint(["office_id", "target_id"], ["target.office_id", "target.id"]),
        Index(
            "ix_alert_due",
            "office_id",
            "due_at",
            postgresql_where=text("state = 'due'"),
            sqlite_where=text("state = 'due'"),
        ),
    )

    ticket_id: Mapped[int] = mapped_column(Key)
    target_id: Mapped[int | None] = mapped_column(Key)
    target: Mapped[str] = mapped_column(String(40))
    level: Mapped[Level] = mapped_column(Word(Level))
    round: Mapped[int] = mapped_column(default=0)
    state: Mapped[AlertState] = mapped_column(Word(AlertState), default=AlertState.DUE)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    raised_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Notice(OfficeOwned, Base):
    """An alert to be brought to a person (`post_id`) by a way. ``reason`` is a code of ours for a failure."""

    __tablename__ = "notice"
    __table_args__ = owned(
        UniqueConstraint("alert_id", "post_id", "way"),
        ForeignKeyConstraint(["office_id", "alert_id"], ["alert.office_id", "alert.id"]),
        ForeignKeyConstraint(["office_id", "post_id"], ["post.office_id", "post.id"]),
        Index(
            "ix_notice_due",
            "office_id",
            "due_at",
            postgresql_where=text("state IN ('due', 'sending')"),
            sqlite_where=text("state IN ('due', 'sending')"),
        ),
        Index("ix_notice_post_id", "post_id", "state"),
    )

    alert_id: Mapped[int] = mapped_column(Key)
    post_id: Mapped[int] = mapped_column(Key)
    way: Mapped[Way] = mapped_column(Word(Way))
    state: Mapped[NoticeState] = mapped_column(Word(NoticeState), default=NoticeState.DUE)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    lease: Mapped[str | None] = mapped_column(String(64))
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    first_tried_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    delivered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sid: Mapped[str | None] = mapped_column(String(SID_LENGTH))
    reason: Mapped[str | None] = mapped_column(String(40))


class PushSubscription(Base):
    """A browser that a person allowed to show alerts."""

    __tablename__ = "push_subscription"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    staff_id: Mapped[int] = mapped_column(Key, ForeignKey("staff.id"))
    endpoint: Mapped[str] = mapped_column(String(1000), unique=True)
    p256dh: Mapped[str] = mapped_column(String(200))
    auth: Mapped[str] = mapped_column(String(100))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
