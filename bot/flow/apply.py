"""Apply: write a decision down. Commands, replies, memory and events of a turn are one transaction.

1. The conversation is locked; if another worker took it over meanwhile, nothing of this turn stays.
2. If an officer has it, or took it over meanwhile, the assistant keeps silent and leaves the messages to the officer.
3. Commands run; what they made known (a ticket's number) fills the replies' slots.
4. The replies go to the outbox.

Several turns may share a commit; where one fails, each is done by itself (`bot.db.together`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from bot.contracts import ConversationState, Decision, EventKind, InboundState, Reading, SlotValue
from bot.desk import answers, turns
from bot.desk.events import record
from bot.desk.turns import DueConversation
from bot.flow import commands, memory
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
        _tell_officer(session, held, readings, assistant, now)
    slots: dict[str, SlotValue] = {}
    for command in decision.commands:
        slots |= commands.run(session, held, command, assistant.rules(held.office_prefix), now)
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


def _tell_officer(
    session: Session, held: DueConversation, readings: Mapping[int, Reading], assistant: Assistant, now: datetime
) -> None:
    """The officer's clock starts, unless all that was written is thanks."""
    all_read = len(readings) == len(held.messages)
    closing = all_read and assistant.is_closing([reading.intent for reading in readings.values()])
    rules = assistant.rules(held.office_prefix)
    answers.citizen_wrote(session, held.id, held.unanswered_since, closing=closing, rules=rules, now=now)
