"""Decide: gather what an action may know, and ask the assistant. Nothing is written here."""

from __future__ import annotations

from datetime import datetime

from bot.contracts import Decision, OpenTicket, Reply, Slot, Talk, Turn
from bot.desk.tickets import UNANSWERED
from bot.desk.turns import DueConversation
from bot.flow import memory
from bot.flow.assistant import Assistant

NUMBER = f"{UNANSWERED}.number"


def decide(held: DueConversation, turn: Turn, assistant: Assistant, now: datetime) -> Decision:
    """The assistant's decision about a turn."""
    talk = Talk(now=now, memory=memory.from_json(held.memory), state=held.state, first_contact=held.first_contact)
    return assistant.answer(turn, talk, held.office_prefix)


def leave_to_officer(held: DueConversation) -> Decision:
    """What the assistant could not answer goes to a person, and the citizen is told its number."""
    return Decision(
        replies=(Reply("left_to_officer", {"number": Slot(NUMBER)}),),
        commands=(OpenTicket(kind=UNANSWERED),),
        memory=memory.from_json(held.memory),
        intents=(UNANSWERED,),
    )
