"""Everyday answers to a question with choices: "ada pak, buku nikahku", "nda ada", "anakku"."""

from __future__ import annotations

from actions.choices import without_small_talk
from actions.words import words
from actions.yes_no import NO, YES
from bot.contracts import Choice, Memory

_ANSWERS = ("answer:", "whom:")
_ENDINGS = ("nya", "ku", "ta")
_NOT_YET = frozenset({"belum", "blm", "blum", "belumpi"})
_THERE = frozenset({"ada", "adaji", "adami", "punya"})
_IS_THERE = frozenset({"ada", "sudah", "masih"})
_TELL_NOTHING = (
    YES
    | NO
    | _NOT_YET
    | _THERE
    | {"sudah", "masih", "pernah", "tetapi", "tapi", "dengan", "dari", "di", "orang", "memang", "ingin", "misalnya"}
)
"""Of a title's words, those that do not say which one is meant."""
_ASKS = frozenset(
    (
        *("berapa", "brp", "biaya", "biayanya", "bayar", "apa", "apakah", "kapan", "mana", "dimana", "jam", "bisa"),
        *("bagaimana", "gimana", "kenapa", "mengapa", "siapa", "syarat", "syaratnya", "caranya", "bisakah", "kah"),
    )
)
_AT_MOST = 12


def everyday_answer(text: str, memory: Memory) -> Choice | None:
    """The one choice that a telling word names, else what "ada" or "tidak ada" at the beginning decides; None where
    the text asks something itself."""
    offered = [choice for choice in memory.choices if choice.value.startswith(_ANSWERS)]
    said = words(text)
    if not offered or "?" in text or len(said) > _AT_MOST or _ASKS.intersection(said):
        return None
    return _named(text, offered) or _there_or_not(text, offered)


def _named(text: str, offered: list[Choice]) -> Choice | None:
    titles = [frozenset(without_small_talk(choice.title)) - _TELL_NOTHING for choice in offered]
    known = frozenset().union(*titles)
    said = {_stem(word, known) for word in without_small_talk(text)}
    fits = [
        choice
        for place, choice in enumerate(offered)
        if said & titles[place].difference(*titles[:place], *titles[place + 1 :])
    ]
    return fits[0] if len(fits) == 1 else None


def _stem(word: str, known: frozenset[str]) -> str:
    """ "anakku", "anakta" → "anak", where that is a word of a choice."""
    stems = (word.removesuffix(ending) for ending in _ENDINGS)
    return next((stem for stem in stems if stem in known), word)


def _there_or_not(text: str, offered: list[Choice]) -> Choice | None:
    """What "ada", "tidak ada" or a bare yes at the beginning decides, whatever is told after it."""
    told = [word for word in without_small_talk(text) if word not in YES]
    negates = told[:1] != [] and told[0] in NO | _NOT_YET
    decides = told[1:2] if negates else told[:1]
    if not (_THERE.intersection(decides) if told else YES.intersection(words(text))):
        return None
    first = NO | _NOT_YET if negates else _IS_THERE
    fits = [choice for choice in offered if words(choice.title)[0] in first]
    return fits[0] if len(fits) == 1 else None
