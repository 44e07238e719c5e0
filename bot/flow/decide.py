"""Decide: gather what an action may know, and ask the assistant. Nothing is written here."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.contracts import Decision, HandOver, HandOverReason, Reply, Slot, Talk, Turn
from bot.desk import documents
from bot.desk.tickets import UNANSWERED
from bot.desk.turns import DueConversation
from bot.flow import memory
from bot.flow.assistant import Assistant
from bot.flow.known import Known

NUMBER = f"{UNANSWERED}.number"
OPENED = "answer_opened"
"""The turn only asks for an officer's answer that waits."""


def decide(held: DueConversation, turn: Turn, known: Known, assistant: Assistant, now: datetime) -> Decision:
    """The assistant's decision about a turn. One without messages brings news of documents; where somebody told them
    meanwhile, there is nothing to say. One that only opens an officer's answer is answered by that, if it still waits
    when this is written down."""
    if held.messages and not turn.said:
        return Decision(replies=(Reply("nothing_parked"),), memory=memory.from_json(held.memory), intents=(OPENED,))
    if not turn.said and not documents.has_news(known.documents):
        return Decision(memory=memory.from_json(held.memory))
    talk = Talk(
        now=now,
        memory=memory.from_json(held.memory),
        state=held.state,
        first_contact=held.first_contact,
        place=known.place,
        resolved=known.resolved,
        documents=known.documents,
    )
    return assistant.answer(_with_answered(turn, known), talk, held.office_prefix)


def _with_answered(turn: Turn, known: Known) -> Turn:
    """Each message with the file that it replies to."""
    said = tuple(replace(one, answered_to=known.answered_to.get(one.message_id)) for one in turn.said)
    return replace(turn, said=said) if known.answered_to else turn


def leave_to_officer(held: DueConversation) -> Decision:
    """What the assistant could not answer goes to a person, and the citizen is told its number."""
    return Decision(
        replies=(Reply("left_to_officer", {"number": Slot(NUMBER)}),),
        commands=(HandOver(kind=UNANSWERED, reason=HandOverReason.UNANSWERED),),
        memory=memory.from_json(held.memory),
        intents=(UNANSWERED,),
    )
