"""What a message means."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.contracts.arriving import MessageKind


class ReadingSource(StrEnum):
    """Who read the message: the NLU model, the menu's keywords, or a choice the citizen picked."""

    MODEL = "model"
    KEYWORD = "keyword"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text means.

    ``intent`` is one of ``data/knowledge/taxonomy.yml``; ``service`` a service id, a family id, or None when the
    text names none (the conversation may know it). ``ranking`` holds (intent, confidence), best first. ``also``
    holds further questions of the same message. ``part`` counts from 1: the part of a long answer wanted.
    ``value``: what a choice or a word about documents means, in the actions' own words. ``answered_to``: the file whose
    message was replied to (`Said`); nothing but it can be meant then.
    """

    text: str
    intent: str
    confidence: float
    service: str | None = None
    ranking: tuple[tuple[str, float], ...] = ()
    also: tuple[Reading, ...] = ()
    source: ReadingSource = ReadingSource.MODEL
    part: int = 1
    value: str = ""
    answered_to: int | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """One message of a turn. ``reading`` is None when there is nothing to read (a sticker, an empty body) or
    when the NLU could not be asked. ``payload`` is a button's payload or a list row's id. ``answered_to``: the file
    whose message this one replies to (WhatsApp's swipe), kept or not."""

    message_id: int
    kind: MessageKind
    text: str = ""
    payload: str = ""
    files: int = 0
    reading: Reading | None = None
    answered_to: int | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """All that a citizen wrote since the last answer, in order of receipt.

    ``together`` reads the texts joined, when there are several (people split one sentence over messages).
    ``nlu_available`` is False when the NLU stayed silent past the grace period.
    """

    said: tuple[Said, ...]
    together: Reading | None = None
    nlu_available: bool = True
