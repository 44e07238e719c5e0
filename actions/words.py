"""A citizen's text as comparable words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

_NOT_A_WORD = re.compile(r"[^\w\s]+")
_READ_AT_MOST = 1000
"""Characters; a question is shorter, and a pasted page is no question."""
_NO_SPELLINGS: Mapping[str, str] = {}


def words(text: str, same: Mapping[str, str] = _NO_SPELLINGS) -> tuple[str, ...]:
    """Small letters, digits of any script as 0-9, no punctuation or emoji; ``same`` maps spellings to one word."""
    folded = (
        unicodedata.normalize("NFKC", text[:_READ_AT_MOST]).lower().replace("e-ktp", "ektp").replace("ktp-el", "ktp")
    )
    latin = "".join(
        str(unicodedata.decimal(sign)) if unicodedata.decimal(sign, None) is not None else sign for sign in folded
    )
    apart = _NOT_A_WORD.sub(" ", latin.replace("'", "").replace("’", ""))
    return tuple(same.get(word, word) for word in apart.split())


def holds(text: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    """Whether the phrase's words stand in the text one after the other."""
    width = len(phrase)
    return any(text[start : start + width] == phrase for start in range(len(text) - width + 1))


def holds_any(text: tuple[str, ...], phrases: Iterable[str], same: Mapping[str, str] = _NO_SPELLINGS) -> bool:
    return any(holds(text, words(phrase, same)) for phrase in phrases)
