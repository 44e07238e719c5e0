"""Candidates, and which are nearly the same text: one is enough to learn from, and their number says how much."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import islice

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
    """Each different text once, as last written and read, newest first."""
    groups: dict[tuple[str, str | None], dict[str, Candidate]] = defaultdict(dict)
    for one in sorted(found, key=lambda candidate: candidate.at, reverse=True):
        kept = groups[one.intent, one.service]
        key = _key(one.text)
        same = key if key in kept else _alike(key, kept)
        if same is None:
            kept[key] = one
        else:
            kept[same] = _both(kept[same], one)
    every = [one for kept in groups.values() for one in kept.values()]
    return sorted(every, key=lambda candidate: candidate.at, reverse=True)


def _alike(key: str, kept: Iterable[str]) -> str | None:
    matcher = SequenceMatcher(b=key, autojunk=False)
    for other in islice(kept, _COMPARED_AT_MOST):
        matcher.set_seq1(other)
        if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE:
            return other
    return None


def _both(newer: Candidate, older: Candidate) -> Candidate:
    return replace(newer, count=newer.count + older.count, why=newer.why | older.why, then=newer.then or older.then)


def _key(text: str) -> str:
    """Its letters, drawn-out ones once: "KTP HILANGGG!!" and "ktp hilang" are one text."""
    return re.sub(r"[^\w<>]+|_", "", re.sub(r"(.)\1{2,}", r"\1", text.casefold()))
