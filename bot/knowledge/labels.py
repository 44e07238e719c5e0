"""labels.yml: how services, families and intents are called towards citizens, and what the menu offers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from bot.knowledge.entry import Entry
from bot.knowledge.services import Text


class FamilyLabel(Entry):
    """``about`` answers "apa itu …?"."""

    name: Text
    about: Text


class MenuRow(Entry):
    title: Annotated[Text, Field(max_length=24)]
    intent: Text
    service: Text | None = None
    part: Annotated[int, Field(ge=1)] = 1


class Ways(Entry):
    """How a service may be asked for; ``portal`` holds the place for the portal's address."""

    counter: Text
    request: Text
    icore: Text
    icore_card: Text
    card: Text
    portal: Text
    chat: Text
    self: Text


class Labels(Entry):
    """``condolence``, ``private`` and ``court`` are services to speak of in a particular way."""

    families: Mapping[str, FamilyLabel]
    intents: Mapping[str, Text]
    menu: Annotated[tuple[MenuRow, ...], Field(max_length=10)]
    more: tuple[Text, ...]
    condolence: frozenset[str]
    private: frozenset[str]
    court: frozenset[str]
    ways: Ways
