"""targets.yml: how soon a person acts, and who hears when nobody does."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, model_validator

from bot.calendar import OfficeCalendar
from bot.contracts import ComplaintClass, Priority
from bot.deadlines import Deadline
from bot.knowledge.entry import Entry
from bot.knowledge.services import Text
from bot.rules import Climb, Matter, OfficeRules, Targets

_AMOUNT = re.compile(r"([1-9]\d{0,4}) (minutes?|working days?)")
_URGENCY = (Priority.URGENT, Priority.NORMAL, Priority.LOW)


def _deadline(written: Any) -> Any:
    """``120 minutes``, ``5 working days``, ``same working day``, or two of them with a comma."""
    if not isinstance(written, str):
        return written
    allowed: dict[str, int] = {}
    for part in written.split(","):
        unit, count = _amount(part.strip())
        if unit in allowed:
            raise ValueError(f"'{written}' says twice what counts")
        allowed[unit] = count
    return Deadline(**allowed)


def _amount(part: str) -> tuple[str, int]:
    if part == "same working day":
        return "working_days", 0
    if not (found := _AMOUNT.fullmatch(part)):
        raise ValueError(f"'{part}' is not like '120 minutes', '5 working days' or 'same working day'")
    return "minutes" if found[2].startswith("minute") else "working_days", int(found[1])


Written = Annotated[Deadline, BeforeValidator(_deadline)]
Minutes = Annotated[int, Field(ge=1, le=100_000)]


class Sourced(Entry):
    unused: ClassVar[frozenset[str]] = frozenset({"source", "verify", "verify_note"})


class PriorityTargets(Sourced):
    first_response: Written
    next_response: Written
    resolution: Written


class PriorityChanges(Entry):
    """What a service changes of a priority's targets."""

    first_response: Written | None = None
    next_response: Written | None = None
    resolution: Written | None = None


class Priorities(Entry):
    urgent: PriorityTargets
    normal: PriorityTargets
    low: PriorityTargets


class Class(Sourced):
    """``acknowledged`` counts where it is earlier than the priority's first response; ``resolution`` replaces it."""

    acknowledged: Written | None = None
    resolution: Written


class Kind(Sourced):
    """``class`` names one of the classes. ``first_response: none`` holds until the ticket is handed over."""

    priority: Priority
    class_: Annotated[Text | None, Field(alias="class")] = None
    first_response: Literal["none"] | None = None


class ServiceTargets(Sourced):
    urgent: PriorityChanges = PriorityChanges()
    normal: PriorityChanges = PriorityChanges()
    low: PriorityChanges = PriorityChanges()


class Alerts(Sourced):
    half: Annotated[float, Field(gt=0, lt=1)]
    most: Annotated[float, Field(gt=0, lt=1)]
    officers: Minutes
    supervisor: Minutes
    repeat: Minutes

    @model_validator(mode="after")
    def _climbs(self) -> Alerts:
        if self.half >= self.most or self.officers > self.supervisor:
            raise ValueError("half comes before most, and officers before supervisor")
        return self


class Claims(Sourced):
    lease_minutes: Minutes
    release_minutes: Minutes
    follow_up_hours: Annotated[int, Field(ge=1, le=24 * 30)]


class TargetBook(Entry):
    """The whole file. ``kinds`` holds kinds of tickets and reasons of a hand-over, which share their names."""

    priorities: Priorities
    classes: Mapping[str, Class]
    kinds: Mapping[str, Kind]
    services: Mapping[str, ServiceTargets]
    alerts: Alerts
    claims: Claims

    @model_validator(mode="after")
    def _knows_its_classes(self) -> TargetBook:
        if missing := set(ComplaintClass) - set(self.classes):
            raise ValueError(f"the class '{min(missing)}' is missing")
        for name, kind in self.kinds.items():
            if kind.class_ and kind.class_ not in self.classes:
                raise ValueError(f"kinds.{name}: '{kind.class_}' is not among the classes")
        return self

    def rules(self, calendar: OfficeCalendar, takes: Callable[[str], bool]) -> OfficeRules:
        climb = self.alerts
        return OfficeRules(
            calendar=calendar,
            priority=self.priority,
            targets=self.targets,
            complaint_class=self.complaint_class,
            climb=Climb(climb.half, climb.most, climb.officers, climb.supervisor, climb.repeat),
            lease_minutes=self.claims.lease_minutes,
            release_minutes=self.claims.release_minutes,
            follow_up=timedelta(hours=self.claims.follow_up_hours),
            takes=takes,
        )

    def priority(self, matter: Matter) -> Priority:
        """The more urgent one of kind and reason; normal where the file names neither."""
        named = [kind.priority for kind in self._kinds(matter)]
        return min(named, key=_URGENCY.index, default=Priority.NORMAL)

    def targets(self, matter: Matter, priority: Priority) -> Targets:
        """The priority's targets, the service's changes over them, and the class over both."""
        default: PriorityTargets = getattr(self.priorities, priority)
        changes: PriorityChanges = getattr(self.services.get(matter.service or "", _NO_CHANGES), priority)
        first: Deadline | None = changes.first_response or default.first_response
        resolution = changes.resolution or default.resolution
        if found := self._class(matter):
            first = first.and_at_most(found.acknowledged) if found.acknowledged and first else first
            resolution = found.resolution
        return Targets(
            first_response=first if self._is_awaited(matter) else None,
            next_response=changes.next_response or default.next_response,
            resolution=resolution,
        )

    def _kinds(self, matter: Matter) -> list[Kind]:
        return [self.kinds[name] for name in (matter.kind, matter.reason or "") if name in self.kinds]

    def complaint_class(self, matter: Matter) -> ComplaintClass | None:
        """What an officer gave it, else what its kind or reason has; None: it is no complaint."""
        name = self._class_name(matter)
        return ComplaintClass(name) if name in set(ComplaintClass) else None

    def _class(self, matter: Matter) -> Class | None:
        name = self._class_name(matter)
        return self.classes[name] if name else None

    def _class_name(self, matter: Matter) -> str | None:
        """What an officer gave it, else the kind's, else the reason's."""
        return matter.complaint_class or next((kind.class_ for kind in self._kinds(matter) if kind.class_), None)

    def _is_awaited(self, matter: Matter) -> bool:
        return matter.reason is not None or all(kind.first_response is None for kind in self._kinds(matter))


_NO_CHANGES = ServiceTargets()
