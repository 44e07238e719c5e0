"""Distress, anger and delicate matters, told by words (hand_over.yml): an officer hears of them unasked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from actions.choices import picked
from actions.words import words
from bot.contracts import Said, Talk
from bot.knowledge import Knowledge
from bot.knowledge.hand_over import HandOverWords, Matter

Words = tuple[str, ...]


def matter_in(said: Sequence[Said], talk: Talk, knowledge: Knowledge) -> Matter | None:
    """The most urgent matter of a turn's texts, each by itself and all together: people send a sentence in pieces."""
    texts = [one.text for one in said if one.text.strip() and not picked(one.text, talk.memory, one.payload)]
    together = [" ".join(texts)] if len(texts) > 1 else []
    spoken = [words_of(text, knowledge) for text in (*texts, *together)]
    of_papers = talk.memory.service is not None
    for matter in knowledge.hand_over.matters.values():
        if any(_is_in(matter, text, of_papers, knowledge.hand_over) for text in spoken):
            return matter
    return None


def _is_in(matter: Matter, text: Words, of_papers: bool, known: HandOverWords) -> bool:
    if matter.at_most and len(text) > matter.at_most:
        return False
    if matter.never_with_things and (of_papers or has_any(text, known.things)):
        return False
    if has_any(text, matter.never_with) or (matter.beside and not has_any(text, matter.beside)):
        return False
    return has_any(_passed_over(text, matter.unless), matter.phrases)


def has_any(text: Words, phrases: Sequence[str]) -> bool:
    line = f" {' '.join(text)} "
    return any(_line(phrase) in line for phrase in phrases)


def _passed_over(text: Words, unless: Sequence[str]) -> Words:
    line = f" {' '.join(text)} "
    for phrase in unless:
        line = line.replace(_line(phrase), " / ")
    return tuple(line.split())


def words_of(text: str, knowledge: Knowledge) -> Words:
    """A citizen's words in one spelling; "anakku" becomes two."""
    same = {**knowledge.keywords.same, **knowledge.hand_over.same}
    return tuple(" ".join(words(text, same)).split())


@lru_cache(maxsize=2048)
def _line(phrase: str) -> str:
    return f" {' '.join(words(phrase))} "
