"""Ready answers of faq.yml, with the office's facts put in."""

from __future__ import annotations

from collections.abc import Iterator

from actions.subject import Subject, covers
from actions.template import fill
from actions.words import holds_any, words
from bot.contracts import Reading, Reply
from bot.knowledge import Faq, Knowledge
from bot.knowledge.keywords import Situation


def ready_answer(key: str, knowledge: Knowledge) -> Reply:
    """A FAQ's answer by its key. Raises KeyError for an unknown key."""
    faq = knowledge.faq(key)
    if faq is None:
        raise KeyError(key)
    return _told(faq, knowledge)


def special_case(reading: Reading, subject: Subject | None, knowledge: Knowledge) -> Reply | None:
    """The ready answer of a special case (keywords.yml, situations) that this question is about; None mostly."""
    for situation in situations_in(reading.text, subject, knowledge):
        if reading.intent in situation.intents:
            return ready_answer(situation.faq, knowledge)
    return None


def situations_in(said: str, subject: Subject | None, knowledge: Knowledge) -> Iterator[Situation]:
    """The special cases whose words stand in the text, of those that may be about the subject."""
    text = words(said, knowledge.keywords.same)
    for situation in knowledge.keywords.situations:
        fits = not situation.services or (subject and _is_about(subject, situation.services, knowledge))
        if fits and holds_any(text, situation.phrases, knowledge.keywords.same):
            yield situation


def _is_about(subject: Subject, services: tuple[str, ...], knowledge: Knowledge) -> bool:
    return any(covers(name, subject.id, knowledge) for name in services)


def _told(faq: Faq, knowledge: Knowledge) -> Reply:
    facts = {name: fact.value for name, fact in knowledge.office.facts.items()}
    values = {name: facts.get(name, "") for name in faq.variables}
    return Reply("ready_answer", {"answer": fill(faq.answer, values)})
