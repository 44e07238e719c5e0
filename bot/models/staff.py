"""The people of the offices: one account a person, one post an office they serve in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.contracts import Role
from bot.models.base import ADDRESS_LENGTH, Base, JsonText, Key, OfficeOwned, UtcDateTime, Word, owned


class Staff(Base):
    """A person's account. ``fs_uniquifier`` ends all sessions when it changes; ``tf_…`` and ``mf_…`` are
    Flask-Security's names for the second factor; ``tf_last_counter`` is the time step of the last code used, since a
    code opens once. ``locked_until``: too many wrong passwords."""

    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    email: Mapped[str] = mapped_column(String(255), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    language: Mapped[str] = mapped_column(String(5), default="id")
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(String(255))
    tf_last_counter: Mapped[int | None] = mapped_column(BigInteger)
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(JsonText)
    failed_logins: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Post(OfficeOwned, Base):
    """A person's post in an office. ``duty_days`` has a ``1`` for every weekday on duty, Monday first; ``whatsapp`` is
    their own channel address, for alerts; ``away_until``: they said they are not at the desk."""

    __tablename__ = "post"
    __table_args__ = owned(
        UniqueConstraint("office_id", "staff_id"),
        UniqueConstraint("office_id", "whatsapp"),
        Index("ix_post_staff_id", "staff_id"),
    )

    staff_id: Mapped[int] = mapped_column(Key, ForeignKey("staff.id"))
    role: Mapped[Role] = mapped_column(Word(Role))
    active: Mapped[bool] = mapped_column(default=True)
    whatsapp: Mapped[str | None] = mapped_column(String(ADDRESS_LENGTH))
    duty_days: Mapped[str] = mapped_column(String(7), default="1111111")
    away_until: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Absence(OfficeOwned, Base):
    """A post is not on duty from ``starts_at`` until ``ends_at``."""

    __tablename__ = "absence"
    __table_args__ = owned(
        ForeignKeyConstraint(["office_id", "post_id"], ["post.office_id", "post.id"]),
        Index("ix_absence_post_id", "post_id"),
    )

    post_id: Mapped[int] = mapped_column(Key)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
