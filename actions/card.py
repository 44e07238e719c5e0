"""A service's requirement card, in parts that fit a small screen and are never cut in the middle of a paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.knowledge import Need, Requirement, Service

ROOM = 1000
"""Characters of one rendered part, at most."""
_AROUND_LISTS = 290
"""What the template of a part says around its lists, at most."""


@dataclass(slots=True)
class Part:
    """The lists of one part of a card, each as lines."""

    always: list[str] = field(default_factory=list)
    one_of: list[str] = field(default_factory=list)
    conditional: list[str] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)


def parts_of(service: Service, told_once: int) -> tuple[Part, ...]:
    """The card's parts: papers first, the steps as the last part of their own. ``told_once`` is the length of what
    only the first part tells (time, way, deadline)."""
    parts, left = [Part()], ROOM - _AROUND_LISTS - told_once
    for need, line in _lines(service):
        if len(line) > left:
            parts.append(Part())
            left = ROOM - _AROUND_LISTS
        _list(parts[-1], need).append(line)
        left -= len(line) + 1
    parts.append(Part(steps=[f"{number}) {step}" for number, step in enumerate(service.steps, start=1)]))
    return tuple(parts)


def _list(part: Part, need: Need) -> list[str]:
    return {Need.ALWAYS: part.always, Need.ONE_OF: part.one_of, Need.IF: part.conditional}[need]


def _lines(service: Service) -> Iterator[tuple[Need, str]]:
    """One line a paper; the papers of which one is enough stay together."""
    for paper in service.needing(Need.ALWAYS):
        yield Need.ALWAYS, f"• {paper.name}{_hint(paper.condition)}{_to_confirm(paper)}"
    if group := service.needing(Need.ONE_OF):
        yield (
            Need.ONE_OF,
            "\n".join(f"• {paper.name}{_hint(_without_group(paper))}{_to_confirm(paper)}" for paper in group),
        )
    for paper in service.needing(Need.IF):
        yield Need.IF, f"• {paper.name}: _{paper.condition}_{_to_confirm(paper)}"


def _without_group(paper: Requirement) -> str | None:
    """An alternatif's condition without the words that only say it is one of several."""
    return re.sub(r"^salah satu: [^;]*;? ?", "", paper.condition or "") or None


def _hint(condition: str | None) -> str:
    return f" – {condition}" if condition else ""


def _to_confirm(paper: Requirement) -> str:
    return " (petugas memastikan)" if paper.verify else ""
