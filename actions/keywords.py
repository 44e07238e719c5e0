"""Reads a text without the NLU: the menu's words and everyday ones (keywords.yml, everyday names of services)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from actions.choices import without_small_talk
from actions.words import words
from bot.contracts import Reading, ReadingSource
from bot.knowledge import Knowledge

_ENDINGS = ("nya", "ku", "kah", "mu", "lah", "ta")


def read_keyword(text: str, knowledge: Knowledge) -> Reading | None:
    """What the text's keywords mean; None when it holds none."""
    said = frozenset(_with_stems(words(text), knowledge.keywords.same))
    intent, service = _intent(said, knowledge), _service(said, knowledge)
    if intent is None and service is None:
        return None
    return Reading(
        text=text, intent=intent or "ask_service", confidence=1.0, service=service, source=ReadingSource.KEYWORD
    )


def read_command(text: str, knowledge: Knowledge) -> Reading | None:
    """A text that is nothing but a word we asked people to write ("petugas", "mau petugas pak"); None for any other."""
    said, plain = words(text), without_small_talk(text)
    for command, intent in knowledge.keywords.commands.items():
        if said == words(command) or (plain and plain == words(command)):
            return Reading(text=text, intent=intent, confidence=1.0, source=ReadingSource.KEYWORD)
    return None


def _with_stems(said: Iterable[str], same: Mapping[str, str]) -> Iterator[str]:
    """Each word, and without the endings of everyday speech: biayanya, ktpku, gratiskah."""
    for word in said:
        yield same.get(word, word)
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) > len(ending) + 1:
                stem = word.removesuffix(ending)
                yield same.get(stem, stem)


def _intent(said: frozenset[str], knowledge: Knowledge) -> str | None:
    same = knowledge.keywords.same
    for intent, phrases in knowledge.keywords.intents.items():
        if any(said.issuperset(words(phrase, same)) for phrase in phrases):
            return intent
    return None


def _service(said: frozenset[str], knowledge: Knowledge) -> str | None:
    """The service or family with the longest name that is all there; keywords.yml goes first among equals."""
    best, longest = None, 0
    for subject, phrase in _names(knowledge):
        name = words(phrase, knowledge.keywords.same)
        if len(name) > longest and said.issuperset(name):
            best, longest = subject, len(name)
    return best


def _names(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    subjects: Iterable[tuple[str, Iterable[str]]] = (
        *knowledge.keywords.services.items(),
        *((service.id, service.everyday_names) for service in knowledge.services.values()),
    )
    for subject, phrases in subjects:
        for phrase in phrases:
            yield subject, phrase
