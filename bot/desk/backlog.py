"""How much is waiting, for the health page and the figures of a running installation."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.contracts import EventKind, TicketState
from bot.db.upsert import ensure
from bot.desk.inbox import RECEIVED
from bot.desk.outbox import FAILED, UNSENT
from bot.models import Event, Heartbeat, InboundMessage, Office, OutboundMessage, StrayDelivery, Ticket


def sizes(session: Session) -> dict[str, int]:
    """Counts over all offices: unanswered messages, unsent replies, failed replies, open tickets, strays, files that
    were found damaged."""
    counted = {
        "unanswered": select(func.count()).select_from(InboundMessage).where(RECEIVED),
        "unsent": select(func.count()).select_from(OutboundMessage).where(UNSENT),
        "failed": select(func.count()).select_from(OutboundMessage).where(FAILED),
        "open_tickets": select(func.count()).where(Ticket.state == TicketState.OPEN),
        "strays": select(func.count()).select_from(StrayDelivery),
        "damaged_files": select(func.count(Event.subject.distinct())).where(
            Event.office_id.in_(select(Office.id)), Event.kind == EventKind.FILE_DAMAGED
        ),
    }
    return {kind: session.scalar(query) or 0 for kind, query in counted.items()}


def beat(session: Session, kind: str, now: datetime) -> None:
    """Leave a sign of life of a kind of process."""
    heartbeat = session.get(Heartbeat, kind, with_for_update=True)
    if heartbeat is None:
        ensure(session, Heartbeat, taken_by=("kind",), kind=kind, at=now)
    else:
        heartbeat.at = now


def last_beat(session: Session, kind: str) -> datetime | None:
    """When a kind of process last gave a sign of life."""
    return session.scalar(select(Heartbeat.at).where(Heartbeat.kind == kind))
