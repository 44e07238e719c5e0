"""Writing facts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from bot.contracts import EventKind
from bot.models import Event, Ticket

_INSERT = insert(Event.__table__)  # built once: this runs several times a message


def fact(
    kind: EventKind,
    *,
    office_id: int,
    at: datetime,
    actor: str,
    conversation_id: int | None = None,
    subject: str = "",
    **data: Any,
) -> dict[str, Any]:
    """A fact for `record`. ``data``: codes and ids only, no personal data."""
    return {
        "office_id": office_id,
        "conversation_id": conversation_id,
        "kind": kind,
        "actor": actor,
        "at": at,
        "subject": subject,
        "data": data,
    }


def record(session: Session, *facts: dict[str, Any]) -> None:
    """Append facts, in this order, in the caller's transaction."""
    if facts:
        session.connection().execute(_INSERT, facts)


def record_of(session: Session, ticket: Ticket, kind: EventKind, now: datetime, actor: str, **data: Any) -> None:
    """Append a fact about a ticket's present cycle."""
    record(
        session,
        fact(
            kind,
            office_id=ticket.office_id,
            conversation_id=ticket.conversation_id,
            at=now,
            actor=actor,
            subject=f"ticket:{ticket.id}",
            cycle=ticket.cycle,
            **data,
        ),
    )
