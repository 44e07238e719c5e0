"""A citizen's text as comparable words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

_NOT_A_WORD = re.compile(r"[^\w\s]+")
_READ_AT_MOST = 1000
"""Characters; a question is shorter, and a pasted page is no question."""
_NO_SPELLINGS: Mapping[str, str] = {}


def words(text: str, same: Mapping[str, str] = _NO_SPELLINGS) -> tuple[str, ...]:
    """Small letters, digits of any script as 0-9, no punctuation or emoji; ``same`` maps spellings to one word."""
    return tuple(same.get(word, word) for word in _split(text[:_READ_AT_MOST]))


def _split(text: str) -> tuple[str, ...]:
    folded = unicodedata.normalize("NFKC", text).lower().replace("e-ktp", "ektp").replace("ktp-el", "ktp")
    latin = "".join(
        str(unicodedata.decimal(sign)) if unicodedata.decimal(sign, None) is not None else sign for sign in folded
    )
    return tuple(_NOT_A_WORD.sub(" ", latin.replace("'", "").replace("’", "")).split())


_split_phrase = lru_cache(maxsize=4096)(_split)
"""For the phrases of our own data, which every message is compared with; never for what a citizen wrote."""


def holds(text: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    """Whether the phrase's words stand in the text one after the other."""
    width = len(phrase)
    return any(text[start : start + width] == phrase for start in range(len(text) - width + 1))


def holds_any(text: tuple[str, ...], phrases: Iterable[str], same: Mapping[str, str] = _NO_SPELLINGS) -> bool:
    return any(holds(text, tuple(same.get(word, word) for word in _split_phrase(phrase))) for phrase in phrases)
