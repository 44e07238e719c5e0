"""Running a decision's commands within its turn's transaction; what becomes known fills the slots of its replies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from bot.contracts import Command, HandOver, OpenTicket, Reopen, Reply
from bot.desk import queue, tickets
from bot.desk.lookups import TailCheck
from bot.desk.turns import DueConversation
from bot.flow.document_commands import DocumentCommands
from bot.models import Ticket
from bot.rules import OfficeRules

Filled = dict[str, str | int | datetime]
REOPENED = "reopened"


@dataclass
class Ran:
    """What commands made known: the slots they fill (each command's own docstring), and the replies of those that name
    one for each outcome."""

    slots: Filled = field(default_factory=dict)
    replies: list[Reply] = field(default_factory=list)


def run_all(
    session: Session,
    held: DueConversation,
    commands: Sequence[Command],
    rules: OfficeRules,
    fits_tail: TailCheck,
    now: datetime,
) -> Ran:
    """Run a decision's commands, in order."""
    ran = Ran()
    papers = DocumentCommands(session, held, rules, fits_tail, now)
    for command in commands:
        if isinstance(command, OpenTicket):
            ran.slots |= _note(session, held, command, now)
        elif isinstance(command, HandOver):
            ran.slots |= _hand_over(session, held, command, rules, now)
        elif isinstance(command, Reopen):
            ran.slots |= _reopen(session, held, rules, now)
        else:
            filled, replies = papers.run(command)
            ran.slots |= filled
            ran.replies += replies
    return ran


def _note(session: Session, held: DueConversation, command: OpenTicket, now: datetime) -> Filled:
    opened = tickets.open_ticket(session, held.office_id, held.id, kind=command.kind, service=command.service, now=now)
    return {f"{command.kind}.number": opened.number}


def _hand_over(session: Session, held: DueConversation, command: HandOver, rules: OfficeRules, now: datetime) -> Filled:
    ticket = queue.hand_over(
        session,
        held.office_id,
        held.id,
        kind=command.kind,
        reason=command.reason,
        service=command.service,
        since=held.unanswered_since,
        now=now,
    )
    return _place(session, command.kind, ticket, rules, now)


def _reopen(session: Session, held: DueConversation, rules: OfficeRules, now: datetime) -> Filled:
    ticket = queue.reopen(session, held.id, since=held.unanswered_since, now=now)
    if ticket is None:  # somebody went on with it meanwhile: the citizen is in the queue with it
        ticket = queue.waiting_ticket(session, held.id)
    if ticket is None:
        return {f"{REOPENED}.{field}": "" for field in ("number", "place", "expected", "opens")}
    return _place(session, REOPENED, ticket, rules, now)


def _place(session: Session, ref: str, ticket: Ticket, rules: OfficeRules, now: datetime) -> Filled:
    session.flush()
    place = queue.place_of(session, ticket, rules, now)
    return {
        f"{ref}.number": place.number,
        f"{ref}.place": place.position or "",
        f"{ref}.expected": place.expected or "",
        f"{ref}.opens": place.opens or "",
    }
