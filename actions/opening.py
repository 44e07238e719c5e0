"""The word by which a citizen asks for an officer's answer that waits: the button of the template ``answer_waiting``
(data/knowledge/templates.yml), or the same word written."""

from __future__ import annotations

import re

from actions.choices import without_small_talk
from actions.words import words

_WORD = "buka"
_WITH_NUMBER = re.compile(rf"{_WORD}[a-z]{{2,5}}\d{{8,12}}[a-z]")


def is_opening(text: str, payload: str, *, waits: bool) -> bool:
    """Whether a message says nothing but that. A pressed button always does; "buka" alone asks for the office's hours
    where no answer ``waits``."""
    if words(payload)[:1] == (_WORD,):
        return True
    return waits and (without_small_talk(text) == (_WORD,) or bool(_WITH_NUMBER.fullmatch("".join(words(text)))))
