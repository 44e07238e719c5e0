"""keywords.yml: words understood without the NLU, and special cases that have a ready answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from bot.knowledge.entry import Entry
from bot.knowledge.services import Text

Phrases = tuple[Text, ...]


class Situation(Entry):
    """A special case: when one of ``phrases`` is in the text and the intent is one of ``intents``, the FAQ
    ``faq`` is told instead of the general answer. ``services`` (when given) are those it may be about."""

    faq: Text
    intents: Annotated[tuple[Text, ...], Field(min_length=1)]
    services: tuple[Text, ...] = ()
    phrases: Annotated[Phrases, Field(min_length=1)]


class Keywords(Entry):
    """``same`` maps spellings to one word; ``commands`` are whole texts; ``intents`` are in the order in which
    they are tried; ``always_ours`` maps a word to the service it speaks of."""

    same: Mapping[str, Text]
    commands: Mapping[str, Text]
    intents: Mapping[str, Phrases]
    always_ours: Mapping[str, Text]
    services: Mapping[str, Phrases]
    situations: tuple[Situation, ...] = ()
