"""What a post was alerted to at the desk, for as long as it still matters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from bot.contracts import Level, NoticeState, TargetState, TicketState, Way
from bot.models import Alert, Contact, Conversation, Notice, Target, Ticket

MOST = 100


@dataclass(frozen=True, slots=True)
class Alerted:
    """The latest alert about a ticket of the citizen ``name``. ``seen``: it stood on an open page of theirs before."""

    notice_id: int
    conversation_id: int
    number: str
    kind: str
    service: str | None
    name: str
    level: Level
    at: datetime
    seen: bool


def standing(session: Session, post_id: int) -> list[Alerted]:
    """One a ticket, newest first. An alert is over when its deadline is met, or when somebody took what waited; what
    a colleague gave stands as long as it is theirs."""
    rows = session.execute(
        select(Notice, Alert, Ticket, Contact)
        .join(Alert, Alert.id == Notice.alert_id)
        .join(Ticket, Ticket.id == Alert.ticket_id)
        .join(Conversation, Conversation.id == Ticket.conversation_id)
        .join(Contact, Contact.id == Conversation.contact_id)
        .outerjoin(Target, Target.id == Alert.target_id)
        .where(Notice.post_id == post_id, Notice.way == Way.DESK)
        .where(
            or_(
                Target.state == TargetState.RUNNING,
                Alert.target_id.is_(None) & (Ticket.state == TicketState.OPEN),
                (Alert.level == Level.TRANSFERRED)
                & (Ticket.state == TicketState.IN_PROGRESS)
                & (Ticket.owner_id == post_id),
            )
        )
        .order_by(Notice.id.desc())
        .limit(MOST)
    )
    latest: dict[int, Alerted] = {}
    for notice, alert, ticket, contact in rows:
        if alert.target.startswith(f"{ticket.cycle}."):
            latest.setdefault(ticket.id, _alerted(notice, alert, ticket, contact))
    return list(latest.values())


def _alerted(notice: Notice, alert: Alert, ticket: Ticket, contact: Contact) -> Alerted:
    return Alerted(
        notice_id=notice.id,
        conversation_id=ticket.conversation_id,
        number=ticket.number,
        kind=ticket.kind,
        service=ticket.service,
        name=contact.profile_name or contact.address.removeprefix("whatsapp:"),
        level=alert.level,
        at=notice.sent_at or notice.due_at,
        seen=notice.state is NoticeState.DELIVERED,
    )
