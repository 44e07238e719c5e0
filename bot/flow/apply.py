"""Apply: write decisions down. Commands, replies, memory and events of a turn are one transaction.

1. The conversations are locked; if another worker took one over meanwhile, nothing of these turns stays.
2. An officer's answer that waited for the citizen leaves first: its author has the conversation again.
3. If an officer has one, or took it over meanwhile, the assistant keeps silent and leaves its messages to the officer.
4. Commands run; what they made known (a ticket's number) fills the replies' slots.
5. The replies go to the outbox.

Several turns share a commit; where one fails, each is done by itself (`bot.db.together`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from bot.contracts import Command, ConversationState, Decision, EventKind, InboundState, Reading, Reply
from bot.desk import answers, conversations, parking, queue, turns
from bot.desk.events import fact, record
from bot.desk.lookups import TailCheck
from bot.desk.news import ALL_TOLD, Told
from bot.desk.turns import Answer, Because, DueConversation, Locked
from bot.flow import commands, memory
from bot.flow.assistant import Assistant
from bot.flow.compose import pack
from bot.flow.decide import OPENED


@dataclass(frozen=True, slots=True)
class Decided:
    """A turn that only has to be written down. ``readings`` are by message id.

    ``offers_follow_up``: the citizen is asked whether to go on with what was resolved, once. ``told``: the files and
    submissions that the assistant knew of; None in it: all there are, since a person sees them now."""

    held: DueConversation
    decision: Decision
    readings: Mapping[int, Reading]
    state: InboundState = InboundState.ANSWERED
    offers_follow_up: bool = False
    told: Told = ALL_TOLD


def apply(
    session: Session, decided: Sequence[Decided], assistant: Assistant, fits_tail: TailCheck, now: datetime
) -> None:
    """Write the turns of held conversations. Raises LeaseLost before it has written anything."""
    locked = turns.hold(session, [one.held for one in decided])
    answers = [_answer(session, *pair, assistant, fits_tail, now) for pair in zip(decided, locked, strict=True)]
    record(
        session,
        *(
            fact(
                EventKind.UNDERSTOOD,
                office_id=one.held.office_id,
                conversation_id=one.held.id,
                at=now,
                actor="assistant",
                intents=list(one.decision.intents),
                services=sorted({reading.service for reading in one.readings.values() if reading.service}),
            )
            for one in decided
        ),
    )
    turns.finish(session, answers, now)


def _answer(
    session: Session,
    decided: Decided,
    locked: Locked,
    assistant: Assistant,
    fits_tail: TailCheck,
    now: datetime,
) -> Answer:
    held, decision, state, told = decided.held, decided.decision, decided.state, decided.told
    if locked.has_parked:
        locked = let_parked_leave(session, locked, held, assistant, now)
        if decision.intents == (OPENED,) and not locked.has_parked:
            decision = replace(decision, replies=())
    if locked.state is ConversationState.WITH_OFFICER:
        if held.messages:
            _tell_officer(session, held, decision, assistant, now)
        decision = Decision(memory=memory.from_json(held.memory))
        state = InboundState.LEFT_TO_OFFICER
        told = Told(submissions=())  # the officer sees the files; an outcome is told when the assistant is back
    ran = commands.run_all(session, held, decision.commands, assistant.rules(held.office_prefix), fits_tail, now)
    if decided.offers_follow_up:
        queue.spoken_of(session, held.id)
    replies = (*ran.replies, *decision.replies)
    return Answer(
        locked=locked,
        held=held,
        bodies=pack([assistant.render(reply, ran.slots, held.office_prefix, now) for reply in replies]),
        readings=decided.readings,
        state=state,
        memory=memory.to_json(decision.memory),
        told=told,
        because=_because(replies, decision.commands),
    )


def let_parked_leave(
    session: Session, locked: Locked, held: DueConversation, assistant: Assistant, now: datetime
) -> Locked:
    """Officers' answers that waited for the citizen go to the outbox; the conversation as it is then."""
    conversation = conversations.lock(session, locked.id)
    parking.leave(session, conversation, assistant.rules(held.office_prefix), now)
    (after,) = turns.hold(session, [held])
    return after


def name_of(command: type[Command]) -> str:
    """As a turn keeps it: HandOver → hand_over."""
    return _CAPITAL.sub("_", command.__name__).lower()


def _because(replies: Sequence[Reply], commands: Sequence[Command]) -> Because:
    return Because(tuple(reply.name for reply in replies), tuple(name_of(type(command)) for command in commands))


_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")


def _tell_officer(
    session: Session, held: DueConversation, decision: Decision, assistant: Assistant, now: datetime
) -> None:
    """The officer's clock starts, unless all that was written is thanks, or only opened their answer: a silent decision
    names what it heard only where it heard everything."""
    heard = decision.intents if held.state is ConversationState.WITH_OFFICER else ()
    rules = assistant.rules(held.office_prefix)
    opened = decision.intents == (OPENED,) and parking.left_last(session, held.id)
    closing = opened or assistant.is_closing(heard)
    answers.citizen_wrote(session, held.id, held.unanswered_since, closing=closing, rules=rules, now=now)
