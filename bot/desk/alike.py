"""Candidates, and which are nearly the same text: one is enough to learn from, and their number says how much."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import SequenceMatcher
from enum import StrEnum

ALIKE = 0.9
_COMPARED_AT_MOST = 500
"""Different texts of one meaning; comparing all with all of more than that would take minutes."""


class Why(StrEnum):
    """``corrected``: the citizen then said "bukan …", or picked another meaning than the first one offered."""

    UNSURE = "unsure"
    OUT_OF_SCOPE = "out_of_scope"
    NOT_UNDERSTOOD = "not_understood"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A masked text as it was read. ``then``: how the next turn was understood, where it came right after one that
    was not understood or that it corrects. ``count``: how many messages are nearly this one, the newest of ``at``."""

    text: str
    intent: str
    service: str | None
    confidence: float
    why: frozenset[Why]
    then: tuple[str, ...]
    at: datetime
    count: int = 1


def merge(found: Iterable[Candidate]) -> list[Candidate]:
    """Each different text once, as last written and as most surely read, newest first."""
    groups: dict[tuple[str, str | None], list[Candidate]] = defaultdict(list)
    for one in sorted(found, key=lambda candidate: candidate.at, reverse=True):
        kept = groups[one.intent, one.service]
        place = _place_of(one, kept)
        if place is None:
            kept.append(one)
        else:
            kept[place] = _both(kept[place], one)
    every = [one for kept in groups.values() for one in kept]
    return sorted(every, key=lambda candidate: candidate.at, reverse=True)


def _place_of(one: Candidate, kept: list[Candidate]) -> int | None:
    key = _key(one.text)
    matcher = SequenceMatcher(b=key, autojunk=False)
    for place, other in enumerate(kept):
        said = _key(other.text)
        if said == key:
            return place
        if place < _COMPARED_AT_MOST:
            matcher.set_seq1(said)
            if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE:
                return place
    return None


def _both(newer: Candidate, older: Candidate) -> Candidate:
    return replace(newer, count=newer.count + older.count, why=newer.why | older.why, then=newer.then or older.then)


def _key(text: str) -> str:
    """Its letters, drawn-out ones once: "KTP HILANGGG!!" and "ktp hilang" are one text."""
    return re.sub(r"[^\w<>]+|_", "", re.sub(r"(.)\1{2,}", r"\1", text.casefold()))
