"""What to say when a text was not understood: meanings to choose from, then a person."""

from __future__ import annotations

from dataclasses import replace

from actions.hand_over import hand_over
from actions.office import PERSON
from actions.subject import menu, say, subject_named
from actions.waiting import added
from bot.contracts import Choice, Decision, HandOverReason, Reading, Talk
from bot.knowledge import Knowledge

_OFFERED_AT_MOST = 3
NOT_OFFERED = frozenset(
    {"greet", "thank", "goodbye", "affirm", "deny", "cancel", "help", "bot_challenge", "out_of_scope"}
)
"""Meanings nobody would pick from a list."""
_ONLY_WHEN_LIKELY = frozenset(
    {"delete_document", "replace_document", "cancel_request", "privacy_request", "take_survey", "suggestion"}
)
"""Meanings that startle whoever meant something else ("Batalkan permohonan?" to somebody who mourns)."""
_LIKELY = 0.25
_FAINT = 0.05
"""Confidence under which a meaning is no better than any other."""


def unsure(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    """The first time the best meanings, the second time in a row a person. Nothing is noted before they say yes."""
    choices = _meanings(reading, talk, knowledge)
    if len(choices) < 2 and talk.memory.service:
        choices = tuple(dict.fromkeys((*choices, meaning("ask_service", reading, talk, knowledge), PERSON)))
    if len(choices) < 2:
        return failed(say("not_understood", talk, None, menu(knowledge)), talk, knowledge)
    return failed(say("did_you_mean", talk, None, choices), talk, knowledge)


def failed(first_time: Decision, talk: Talk, knowledge: Knowledge) -> Decision:
    """``first_time``, and the failure counts; a hand-over when the turn before failed too. Where an officer is waited
    for it is no failure: it is for the officer."""
    if talk.place:
        return added(talk, knowledge)
    if talk.memory.misunderstood:
        return hand_over(HandOverReason.MISUNDERSTOOD, talk, knowledge)
    return replace(first_time, memory=replace(first_time.memory, misunderstood=1))


def _meanings(reading: Reading, talk: Talk, knowledge: Knowledge) -> tuple[Choice, ...]:
    likely = {reading.intent: reading.confidence} | dict(reading.ranking)
    offered = [
        intent
        for intent, confidence in likely.items()
        if intent in knowledge.intents
        and intent not in NOT_OFFERED
        and confidence >= (_LIKELY if intent in _ONLY_WHEN_LIKELY else _FAINT)
    ]
    return tuple(meaning(intent, reading, talk, knowledge) for intent in offered[:_OFFERED_AT_MOST])


def meaning(intent: str, reading: Reading, talk: Talk, knowledge: Knowledge) -> Choice:
    """A meaning as a choice, named by its label and what it is about."""
    label = knowledge.labels.intents[intent]
    subject = subject_named(reading.service, knowledge) or subject_named(talk.memory.service, knowledge)
    title = label.replace("{subjek}", subject.name if subject else "dokumen")
    return Choice(title, intent, subject.id if subject and "{subjek}" in label else reading.service)
