"""Requests that a person acts on: they are noted under a number, and the citizen is told just that."""

from __future__ import annotations

from actions.additions import ADDED, FINISHED, INVITING, finish
from actions.faq import special_case
from actions.hand_over import REASONS
from actions.place import of_command
from actions.subject import Subject, say, tell
from actions.words import words
from bot.contracts import Choice, Command, Decision, HandOver, OpenTicket, Reading, Reply, Slot, Talk
from bot.knowledge import Knowledge

_GIVEN_AWAY = frozenset({"uang", "duit", "otp", "otpnya", "pin", "pinnya", "transfer", "rekening", "juta", "saldo"})
"""Words of somebody who may have lost more than time."""


def note(
    intent: str,
    talk: Talk,
    knowledge: Knowledge,
    subject: Subject | None = None,
    choices: tuple[Choice, ...] = (),
    /,
    **variables: str,
) -> Decision:
    """Opens a ticket of this kind; the reply ``noted_<intent>`` names its number."""
    choices = (*choices, *finish(intent))
    said = say(f"noted_{intent}", talk, subject, choices, number=Slot(f"{intent}.number"), **variables)
    command = OpenTicket(kind=intent, service=subject.id if subject else talk.memory.service)
    return Decision(replies=said.replies, commands=(command,), memory=said.memory)


def told_more(reading: Reading, talk: Talk) -> Decision | None:
    """The answer to what is added to an open note, or to its end; None for a request of its own."""
    if reading.intent not in INVITING or reading.part not in (FINISHED, ADDED):
        return None
    kind, ended = reading.intent, reading.part == FINISHED
    name = "noted_complete" if ended else "noted_more"
    said = say(name, talk, None, () if ended else finish(kind), number=Slot(f"{kind}.number"))
    lost = kind == "report_fraud" and _GIVEN_AWAY.intersection(words(reading.text))
    before = (Reply("fraud_lost"),) if lost else ()
    place = (of_command(kind),) if ended and kind in REASONS else ()
    return Decision(replies=(*before, *said.replies, *place), commands=(_again(kind, talk),), memory=said.memory)


def _again(kind: str, talk: Talk) -> Command:
    """The command that opened the note: an open ticket is used again, one ended meanwhile is not written to."""
    if reason := REASONS.get(kind):
        return HandOver(kind, reason, talk.memory.service)
    return OpenTicket(kind, talk.memory.service)


def suggestion(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    return note("suggestion", talk, knowledge)


def take_survey(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    return note("take_survey", talk, knowledge)


def privacy_request(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    if answer := special_case(reading, None, knowledge):
        return tell(answer, talk)
    return note("privacy_request", talk, knowledge)
