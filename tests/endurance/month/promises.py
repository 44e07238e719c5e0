"""The oracle's own reading of data/knowledge/targets.yml: how soon a ticket wants what."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from tests.endurance.month.office_clock import OfficeClock

TARGETS = Path(__file__).parents[3] / "data" / "knowledge" / "targets.yml"
URGENCY = ("urgent", "normal", "low")


class Promises:
    def __init__(self, clock: OfficeClock) -> None:
        self._clock = clock
        self._book: dict[str, Any] = yaml.safe_load(TARGETS.read_text(encoding="utf-8"))
        self.lease: int = self._book["claims"]["lease_minutes"]
        self.release: int = self._book["claims"]["release_minutes"]
        self.repeat: int = self._book["alerts"]["repeat"]

    def minutes(self, deadline: str, kind: str, reason: str | None, start: datetime) -> int | None:
        """The office minutes of a ``first_response``, ``next_response`` or ``resolution``; None: there is none."""
        entries, priority = self._entries(kind, reason), self._priority(kind, reason)
        wanted = [self._book["priorities"][priority][deadline]]
        name = next((entry["class"] for entry in entries if "class" in entry), None)
        if name and deadline == "resolution":
            wanted = [self._book["classes"][name]["resolution"]]
        elif name and deadline == "first_response":
            wanted.append(self._book["classes"][name].get("acknowledged", wanted[0]))
        nobody_waits = reason is None and any(entry.get("first_response") == "none" for entry in entries)
        if deadline == "first_response" and nobody_waits:
            return None
        return min(self._counted(part.strip(), start) for text in wanted for part in text.split(","))

    def is_more_urgent(self, kind: str, before: str | None, told: str) -> bool:
        """Whether a reason told later raises a ticket: by its priority; distress also above others of the same."""
        was, now = (URGENCY.index(self._priority(kind, reason)) for reason in (before, told))
        return now < was or (now == was and told == "distress" != before)

    def _entries(self, kind: str, reason: str | None) -> list[dict[str, Any]]:
        return [self._book["kinds"][name] for name in (kind, reason) if name in self._book["kinds"]]

    def _priority(self, kind: str, reason: str | None) -> str:
        priorities: list[str] = [entry["priority"] for entry in self._entries(kind, reason)]
        return min(priorities, key=URGENCY.index, default="normal")

    def climbs_at(self, level: str, round_: int, target: int) -> int:
        """Office minutes from a target's start to a level of it."""
        alerts = self._book["alerts"]
        if level in ("half", "most"):
            return round(target * alerts[level])
        late = {"breach": 0, "officers": alerts["officers"], "supervisor": alerts["supervisor"] + round_ * self.repeat}
        return target + int(late[level])

    def _counted(self, text: str, start: datetime) -> int:
        if text.endswith(("minute", "minutes")):
            return int(text.split()[0])
        days = 0 if text == "same working day" else int(text.split()[0])
        return max(1, self._clock.minutes(start, self._clock.closing(start, days)))
