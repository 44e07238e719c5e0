"""Requests that a person acts on: they are noted under a number, and the citizen is told just that."""

from __future__ import annotations

from actions.additions import ADDED, FINISHED, INVITING, finish
from actions.faq import special_case
from actions.hours import open_now
from actions.subject import Subject, after, say, subject_of, tell
from actions.way import way_label
from actions.words import words
from bot.contracts import Choice, Decision, OpenTicket, Reading, Reply, Slot, Talk
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
    replies = (Reply("fraud_lost"), *said.replies) if lost else said.replies
    return Decision(replies=replies, commands=(OpenTicket(kind, talk.memory.service),), memory=said.memory)


def start_submission(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    subject = subject_of(reading, talk, knowledge)
    choices = (Choice(f"Syarat {subject.name}", "ask_service", subject.id),) if subject else ()
    service = subject.service if subject else None
    way = way_label(service, knowledge) if service else knowledge.office.fact("submission_channels")
    name = subject.name if subject else ""
    return note("start_submission", talk, knowledge, subject, choices, subject=name, way=way)


def replace_document(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    return note("replace_document", talk, knowledge)


def delete_document(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    return note("delete_document", talk, knowledge)


def check_status(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    subject = subject_of(reading, talk, knowledge)
    name = subject.name if subject else ""
    return note("check_status", talk, knowledge, subject, subject=name)


def cancel_request(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    return note("cancel_request", talk, knowledge)


def talk_to_human(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    return after(note("talk_to_human", talk, knowledge), open_now(talk, knowledge))


def complaint(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    if answer := special_case(reading, None, knowledge):
        return tell(answer, talk)
    return note("complaint", talk, knowledge)


def suggestion(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    return note("suggestion", talk, knowledge)


def take_survey(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    return note("take_survey", talk, knowledge)


def privacy_request(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    if answer := special_case(reading, None, knowledge):
        return tell(answer, talk)
    return note("privacy_request", talk, knowledge)
