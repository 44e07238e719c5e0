"""What an office promises, and what happens when it does not keep it: one value that the desk's verbs are handed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.calendar import OfficeCalendar
from bot.contracts import ComplaintClass, HandOverReason, Level, Priority
from bot.deadlines import Deadline


@dataclass(frozen=True, slots=True)
class Matter:
    """What a ticket is about, as far as rules ask. ``reason`` is None where nobody waits in the chat,
    ``complaint_class`` where no officer gave it one."""

    kind: str
    service: str | None = None
    reason: HandOverReason | None = None
    complaint_class: ComplaintClass | None = None


@dataclass(frozen=True, slots=True)
class Targets:
    """How soon a ticket wants what; None: it does not want it."""

    first_response: Deadline | None
    next_response: Deadline | None
    resolution: Deadline | None


@dataclass(frozen=True, slots=True)
class Climb:
    """When each level of a target is due. ``half`` and ``most`` are shares of it, the others office minutes after
    the breach; ``repeat`` lies between two calls of the supervisor."""

    half: float
    most: float
    officers: int
    supervisor: int
    repeat: int

    def minutes(self, level: Level, target: int, round_: int = 0) -> int:
        """The office minutes from a target's start to a level of it. Raises KeyError for a level of no target."""
        return {
            Level.HALF: round(target * self.half),
            Level.MOST: round(target * self.most),
            Level.BREACH: target,
            Level.OFFICERS: target + self.officers,
            Level.SUPERVISOR: target + self.supervisor + round_ * self.repeat,
        }[level]


@dataclass(frozen=True, slots=True)
class OfficeRules:
    """One office's rules. ``priority`` is what a matter begins with; ``targets`` what it has at its present one;
    ``complaint_class`` is None for what is no complaint.

    ``lease_minutes``: how long an owner may be silent while an answer is owed. ``release_minutes``: how long a
    conversation with nothing owed stays with the officer. Both are office minutes; ``follow_up`` is time by the wall
    after a resolve. ``takes``: whether a service's papers may be handed in here, or are looked through only.
    """

    calendar: OfficeCalendar
    priority: Callable[[Matter], Priority]
    targets: Callable[[Matter, Priority], Targets]
    complaint_class: Callable[[Matter], ComplaintClass | None]
    climb: Climb
    lease_minutes: int
    release_minutes: int
    follow_up: timedelta
    takes: Callable[[str], bool]
