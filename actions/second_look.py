"""A second look at what the NLU was not sure of, or took for another office's business: the words decide."""

from __future__ import annotations

from dataclasses import replace

from actions.faq import situations_in
from actions.keywords import read_keyword
from actions.meant import named_instead, narrowed, only_denies, tells_only_an_age
from actions.subject import subject_named
from actions.words import words
from bot.contracts import Memory, Reading, ReadingSource
from bot.knowledge import Knowledge

SURE = 0.45
"""From this confidence on a reading is answered; below it the citizen is asked."""
_SURE_TO_NOTE = 0.6
"""For what opens a request: a wrong answer is passed over, a wrong request costs somebody's time."""
_NOTED = frozenset(
    {"check_status", "complaint", "talk_to_human", "cancel_request", "delete_document", "replace_document"}
    | {"suggestion", "take_survey", "privacy_request"}
)
_A_KEYWORD_OR_TWO = 2
_A_SHORT_QUESTION = 3
_A_SHORT_TEXT = 4
_HOW = frozenset(
    {"cara", "caranya", "langkah", "langkahnya", "prosedur", "prosedurnya", "urusnya", "gimana", "gmn"}
    | {"bagaimana", "bgmn", "bagaimanakah"}
)
_STEPS = 99
"""A card's last part, however many it has."""


def is_sure(reading: Reading) -> bool:
    return reading.confidence >= (_SURE_TO_NOTE if reading.intent in _NOTED else SURE)


def second_look(reading: Reading, memory: Memory, knowledge: Knowledge) -> Reading:
    """The reading, or the better one that its words give; a sure reading of ours is left alone."""
    if reading.intent == "out_of_scope" and is_sure(reading):
        return _ours_after_all(reading, memory, knowledge) or reading
    if is_sure(reading):
        return _sure(reading, memory, knowledge)
    if narrower := narrowed(reading.text, memory, knowledge):
        return _by_words(reading, "ask_service", narrower)
    subject = subject_named(reading.service, knowledge) or subject_named(memory.service, knowledge)
    if situation := next(situations_in(reading.text, subject, knowledge), None):
        return _by_words(reading, situation.intents[0], reading.service)
    if len(words(reading.text)) <= (_A_SHORT_TEXT if memory.service else _A_KEYWORD_OR_TWO):
        return read_keyword(reading.text, knowledge) or reading
    return reading


def _sure(reading: Reading, memory: Memory, knowledge: Knowledge) -> Reading:
    """A no that says what is meant instead, or how-to about the service just spoken of."""
    if reading.intent == "deny" and (meant := named_instead(reading.text, knowledge)):
        return _by_words(reading, "ask_service", meant)
    if reading.intent == "ask_service" and only_denies(reading.text, knowledge):
        return _by_words(reading, "deny", None)
    if reading.intent == "ask_service" and tells_only_an_age(reading, memory, knowledge):
        return _by_words(reading, "ask_service", memory.service)
    if reading.intent == "help" and memory.service and _HOW.intersection(words(reading.text)):
        return replace(_by_words(reading, "ask_service", memory.service), part=_STEPS)
    return reading


def _ours_after_all(reading: Reading, memory: Memory, knowledge: Knowledge) -> Reading | None:
    """A word that is always ours; or a short question about the service just spoken of ("syaratnya apa")."""
    said = words(reading.text)
    if narrower := narrowed(reading.text, memory, knowledge):
        return _by_words(reading, "ask_service", narrower)
    ours = next((knowledge.keywords.always_ours[word] for word in said if word in knowledge.keywords.always_ours), None)
    if ours:
        return _by_words(reading, "ask_service", ours)
    keyword = read_keyword(reading.text, knowledge) if memory.service and len(said) <= _A_SHORT_QUESTION else None
    return keyword if keyword and knowledge.intents[keyword.intent].service_role != "no" else None


def _by_words(reading: Reading, intent: str, service: str | None) -> Reading:
    return replace(reading, intent=intent, service=service, confidence=1.0, source=ReadingSource.KEYWORD)
