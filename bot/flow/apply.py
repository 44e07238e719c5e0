"""Apply: write a decision down. Commands, replies, memory and events of a turn are one transaction.

1. The conversation is locked; if another worker took it over meanwhile, nothing of this turn stays.
2. If an officer took it over meanwhile, the assistant keeps silent and leaves the messages to the officer.
3. Commands run; what they made known (a ticket's number) fills the replies' slots.
4. The replies go to the outbox.

Several turns may share a commit; where one fails, each is done by itself (`bot.db.together`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from bot.contracts import ConversationState, Decision, EventKind, InboundState, OpenTicket, Reading
from bot.desk import tickets, turns
from bot.desk.events import record
from bot.desk.turns import DueConversation, Locked
from bot.flow import memory
from bot.flow.assistant import Assistant
from bot.flow.compose import pack


def apply(
    session: Session,
    held: DueConversation,
    decision: Decision,
    readings: Mapping[int, Reading],
    assistant: Assistant,
    now: datetime,
    state: InboundState = InboundState.ANSWERED,
) -> None:
    """Write the turn of a held conversation. Raises LeaseLost before it has written anything."""
    locked = turns.hold(session, held)
    if locked.state is ConversationState.WITH_OFFICER:
        decision, state = Decision(memory=memory.from_json(held.memory)), InboundState.LEFT_TO_OFFICER
    slots: dict[str, str] = {}
    for command in decision.commands:
        slots |= _run(session, locked, command, now)
    record(
        session,
        EventKind.UNDERSTOOD,
        office_id=held.office_id,
        conversation_id=held.id,
        at=now,
        actor="assistant",
        intents=list(decision.intents),
        services=sorted({reading.service for reading in readings.values() if reading.service}),
    )
    turns.finish(
        session,
        locked,
        held,
        pack([assistant.render(reply, slots, held.office_prefix, now) for reply in decision.replies]),
        readings=readings,
        state=state,
        memory=memory.to_json(decision.memory),
        now=now,
    )


def _run(session: Session, locked: Locked, command: OpenTicket, now: datetime) -> dict[str, str]:
    ticket = tickets.open_ticket(
        session, locked.office_id, locked.id, kind=command.kind, service=command.service, now=now
    )
    return {f"{command.kind}.number": ticket.number}
