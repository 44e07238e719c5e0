"""Consent: asked before the first document is asked for, kept with the text's version, taken back in a word."""

from __future__ import annotations

from actions.documents.begin import open_submission
from actions.documents.case import current
from actions.documents.step import CONSENT, Step
from actions.subject import say, subject_named
from actions.way import way_label
from bot.contracts import Choice, ConsentAnswer, Decision, Reading, RecordConsent, Talk
from bot.knowledge import Knowledge

CONSENT_VERSION = "2026-11"
"""Of the sentence ``consent``: whoever changes what it says changes this too."""


def consent_answered(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    """Yes goes on where consent was asked for; no leads to the counter."""
    answer = ConsentAnswer(reading.value.split(":")[1])
    record = RecordConsent(answer, CONSENT_VERSION)
    subject = subject_named(reading.service, knowledge)
    service = subject.service if subject else None
    if answer is ConsentAnswer.AGREED and service:
        return open_submission(service.id, talk, knowledge, record)
    name = subject.name if subject else ""
    way = way_label(service, knowledge) if service else knowledge.office.fact("submission_channels")
    refused = say("consent_refused", talk, subject, _counter(reading.service), subject=name, way=way)
    return Decision(replies=refused.replies, commands=(record,), memory=refused.memory)


def _counter(service: str | None) -> tuple[Choice, ...]:
    """What to bring, and when."""
    papers = (Choice("Yang perlu dibawa ke loket", "ask_service", service),) if service else ()
    return (*papers, Choice("Jam buka", "ask_hours"))


def withdraw(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    """As easy as it was given."""
    record = RecordConsent(ConsentAnswer.WITHDRAWN, CONSENT_VERSION)
    kept = ", ".join(one.number for one in talk.documents.submissions if one.number)
    said = say("consent_withdrawn", talk, None, (), kept=kept)
    return Decision(replies=said.replies, commands=(record,), memory=said.memory)


def still_asked(talk: Talk, knowledge: Knowledge) -> Step | None:
    """The question for consent again, shortly, while it is open."""
    if talk.memory.asked != CONSENT or current(talk, knowledge):
        return None
    asked = say("consent_again", talk)
    choices = tuple(choice for choice in talk.memory.choices if choice.value.startswith("consent:"))
    return Step(asked.replies, choices, CONSENT) if choices else None
