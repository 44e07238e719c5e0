"""Anger and tears: told by a sign or a swear word, and answered calmly."""

from __future__ import annotations

from actions.words import words

_SIGNS = ("😡", "🤬", "😠", "👎", "😤", "😭", "😢", "😞")
_SWEAR_WORDS = frozenset(
    (
        *("tolol", "bodoh", "goblok", "anjing", "babi", "bangsat", "brengsek", "kampret", "bego", "sialan"),
        *("sundala", "telaso", "suntili", "tailaso"),
    )
)
_SHORT = 5
"""Words; a longer text says something besides."""


def is_insult(text: str) -> bool:
    """A short text with a swear word, some of them Bugis-Makassar."""
    said = words(text)
    return len(said) <= _SHORT and bool(_SWEAR_WORDS.intersection(said))


def is_upset(text: str) -> bool:
    return is_insult(text) or (not words(text) and any(sign in text for sign in _SIGNS))
