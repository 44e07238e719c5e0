"""Taking out of a citizen's text what tells who they are, so that people may read it to teach the assistant.

Pure. In doubt it takes out more: what it wrongly takes out costs one example, what it leaves in costs a citizen.
"""

from __future__ import annotations

from bot.masking.identity import mask_identity
from bot.masking.names import mask_names, parts_of
from bot.masking.numbers import mask_numbers, plain
from bot.masking.vocabulary import Vocabulary

__all__ = ["Vocabulary", "mask", "mask_identity", "parts_of", "says_something"]


def mask(text: str, profile_name: str, vocabulary: Vocabulary) -> str:
    """The text on one line, with ``<angka>``, ``<tanggal>``, ``<surel>``, ``<tautan>``, ``<nama>`` and ``<kata>``
    (a word nobody else uses) in the place of what was there."""
    return mask_names(mask_numbers(plain(text)), plain(profile_name), vocabulary)


def says_something(masked: str, vocabulary: Vocabulary) -> bool:
    """Whether a masked text still holds a word to learn from."""
    return any(not word.startswith("<") for word in vocabulary.words_of(masked))
