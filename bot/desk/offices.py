"""Offices: creating and listing them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.models import Office


def ensure_first_office(
    session: Session, *, prefix: str, name: str, time_zone: str, sender: str, now: datetime
) -> Office:
    """The first office, created when there is none; its sender address follows the setting."""
    office = session.scalar(select(Office).order_by(Office.id).limit(1))
    if office is None:
        office = Office(prefix=prefix, name=name, sender=sender, time_zone=time_zone, created_at=now)
        session.add(office)
    office.sender = sender
    session.flush()
    return office


def ensure_office(session: Session, *, prefix: str, name: str, time_zone: str, sender: str, now: datetime) -> None:
    """Another office, created when there is none with this prefix."""
    if session.scalar(select(Office.id).where(Office.prefix == prefix)) is None:
        session.add(Office(prefix=prefix, name=name, sender=sender, time_zone=time_zone, created_at=now))
        session.flush()


def all_offices(session: Session) -> list[Office]:
    """Every office of the installation."""
    return list(session.scalars(select(Office).order_by(Office.id)))


def prefixes(session: Session) -> dict[int, str]:
    """Office id → prefix, by which its knowledge is found."""
    return {row.id: row.prefix for row in session.execute(select(Office.id, Office.prefix))}
