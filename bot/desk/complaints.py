"""Complaints: which of the classes of PermenPANRB 62/2018 one is, and so how long its end may take.

A citizen's words do not tell whether a complaint is a request for information, an ordinary one or one that needs an
inspection: an officer who has read it does.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from bot.contracts import Actor, ComplaintClass, EventKind
from bot.desk import claims, conversations, targets
from bot.desk.events import record_of
from bot.errors import AlreadyEnded
from bot.rules import OfficeRules


def classify(
    session: Session,
    actor: Actor,
    conversation_id: int,
    ticket_id: int,
    wanted: ComplaintClass,
    rules: OfficeRules,
    now: datetime,
) -> None:
    """Give a complaint its class; its deadlines are counted anew from the same start.

    It need not be one's own: a supervisor sorts them as well. Raises AlreadyEnded (it is resolved, or no complaint at
    all), NotFound.
    """
    conversations.lock(session, conversation_id)
    ticket = next((one for one in claims.unended(session, conversation_id) if one.id == ticket_id), None)
    before = rules.complaint_class(targets.matter_of(ticket)) if ticket else None
    if ticket is None or before is None:
        raise AlreadyEnded(f"ticket {ticket_id}")
    if before is wanted:
        return
    ticket.complaint_class = wanted
    session.flush()
    record_of(session, ticket, EventKind.CLASSIFIED, now, actor.name, complaint_class=str(wanted), before=str(before))
    targets.ensure(session, ticket, rules, now)
    targets.recount(session, ticket, rules, now)
