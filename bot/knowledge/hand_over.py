"""hand_over.yml: what is handed over by the words it is told in, and how people who wait speak of the wait."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import Field, field_validator

from bot.contracts import HandOverReason
from bot.knowledge.entry import Entry
from bot.knowledge.keywords import Phrases
from bot.knowledge.services import Text

_BY_WORDS = (HandOverReason.DISTRESS, HandOverReason.SENSITIVE, HandOverReason.ANGER)


class HandsOver(StrEnum):
    """``unmatched``: only where no question about our papers was understood."""

    ALWAYS = "always"
    UNMATCHED = "unmatched"


class Matter(Entry):
    """Something a person must hear of. ``why`` is for those who keep the file: an entry without it is refused.

    It is in a text that holds one of ``phrases`` once ``unless`` is passed over, one of ``beside`` (when given, written
    ``with``), none of ``never_with``, and at most ``at_most`` words. ``never_with_things``: nor any word of a thing,
    nor where a document was just spoken of.
    """

    topic: Text
    reason: HandOverReason
    hands_over: HandsOver
    why: Text
    phrases: Annotated[Phrases, Field(min_length=1)]
    beside: Annotated[Phrases, Field(alias="with")] = ()
    unless: Phrases = ()
    never_with: Phrases = ()
    never_with_things: bool = False
    at_most: Annotated[int, Field(ge=1)] | None = None

    @field_validator("reason")
    @classmethod
    def _is_told_by_words(cls, reason: HandOverReason) -> HandOverReason:
        if reason not in _BY_WORDS:
            raise ValueError(f"'{reason}' is not told by words")
        return reason


class Waiting(Entry):
    """``asks`` about the wait; ``hurries`` it."""

    asks: Phrases
    hurries: Phrases


class HandOverWords(Entry):
    """``same`` maps spellings to words; ``things`` are papers and belongings; ``signs`` tell anger or tears alone."""

    same: Mapping[str, Text]
    things: Phrases
    matters: Mapping[str, Matter]
    signs: Phrases
    waiting: Waiting
