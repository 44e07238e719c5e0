"""What the supervisor's figures count, pure: the facts of tickets in, measured things out.

All times are whole office minutes by the office's calendar, rounded down. A thing counts in the week in which it
happened, so a week that is over never changes. What still waits is in no week: the first line of the page tells it.

**First response**: from the receipt of the citizen's message that put the ticket into the queue (or reopened it) to
the first message of a person after that, once a cycle. The assistant's words do not count, nor does an officer's on a
ticket that was noted only: nobody waits for it in the chat. Tickets that were merged are one matter: it began with the
first of them.

**Resolution**: from the beginning of the cycle (that message, or the opening of a noted ticket) to its end, without
the time in which an officer had said that the citizen is waited for. An answer alone, and an officer's silence after
it, stop nothing. A reopening begins a new cycle.

**Within target**: every deadline (first response, next response, resolution), once, when it is decided: by the act it
is for, or by passing without it. What passed is late from then on, whoever acts in the end, and though it be recounted
afterwards, since a complaint is of another class; it stands under the officer who held the ticket at that moment, and
under nobody while it was in the queue.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median
from typing import Any

from bot.calendar import OfficeCalendar
from bot.contracts import EventKind, Level, TargetKind
from bot.deadlines import OfficeHours

_MINUTE = timedelta(minutes=1)
_STAFF = "staff:"


class Figure(StrEnum):
    FIRST_RESPONSE = "first_response"
    RESOLUTION = "resolution"
    WITHIN_TARGET = "within_target"


@dataclass(frozen=True, slots=True)
class Fact:
    """An event of a ticket."""

    kind: EventKind
    actor: str
    at: datetime
    ticket_id: int
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Measured:
    """One thing that counts in a figure. ``post_id``: the officer it stands under; ``minutes``: None for a deadline;
    ``late``: False for everything but a deadline that was missed; ``deadline``: which one, '' for the others."""

    figure: Figure
    ticket_id: int
    cycle: int
    at: datetime
    post_id: int | None
    service: str | None
    minutes: int | None = None
    late: bool = False
    deadline: str = ""


@dataclass(frozen=True, slots=True)
class Spread:
    """``count`` things, half of which took no longer than ``median`` office minutes (rounded down where it lies
    between two) and nine in ten no longer than ``p90`` (nearest rank). Both are None where nothing happened."""

    count: int
    median: int | None = None
    p90: int | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """``kept`` of ``count`` deadlines."""

    count: int
    kept: int

    @property
    def percent(self) -> int | None:
        """Rounded down: 100 is told only where none was missed. None where there was none."""
        return 100 * self.kept // self.count if self.count else None


@dataclass(frozen=True, slots=True)
class Summary:
    first_response: Spread
    resolution: Spread
    within_target: Share


def summary(measured: Iterable[Measured]) -> Summary:
    by_figure: dict[Figure, list[Measured]] = {figure: [] for figure in Figure}
    for one in measured:
        by_figure[one.figure].append(one)
    deadlines = by_figure[Figure.WITHIN_TARGET]
    return Summary(
        _spread(by_figure[Figure.FIRST_RESPONSE]),
        _spread(by_figure[Figure.RESOLUTION]),
        Share(len(deadlines), sum(not one.late for one in deadlines)),
    )


def measure(facts: Sequence[Fact], calendar: OfficeCalendar) -> list[Measured]:
    """``facts``: those of whole tickets, in the order in which they were written."""
    if not facts:
        return []
    first = min(min(fact.at, _since(fact)) for fact in facts)
    hours = OfficeHours(calendar, first, max(fact.at for fact in facts))
    courses: dict[int, _Course] = {}
    found: list[Measured] = []
    for fact in facts:
        course = courses.setdefault(fact.ticket_id, _Course(fact.ticket_id))
        if (step := _STEPS.get(fact.kind)) is not None:
            step(course, fact, hours, found)
        elif fact.kind is EventKind.MERGED:
            into = int(fact.data["into"])
            courses.setdefault(into, _Course(into)).take_over(course, fact, hours)
    return found


@dataclass(slots=True)
class _Course:
    """A ticket's present cycle, as far as the facts were read. ``began``, ``queued``: where resolution and first
    response are counted from; None where the facts do not tell, or nobody waits. ``waits_since``: the office waits
    for the citizen; ``waited``: office time gone so. ``decided``: promises that are."""

    ticket_id: int
    cycle: int = 1
    service: str | None = None
    began: datetime | None = None
    queued: datetime | None = None
    answered: bool = False
    waits_since: datetime | None = None
    waited: timedelta = timedelta()
    holder: int | None = None
    decided: set[str] = field(default_factory=set)

    def go_on(self, at: datetime, hours: OfficeHours) -> None:
        """Nobody waits for the citizen any more."""
        if self.waits_since is not None:
            self.waited += hours.between(self.waits_since, at)
            self.waits_since = None

    def take_over(self, other: _Course, merged: Fact, hours: OfficeHours) -> None:
        """The other was the same matter, which is gone on with here: counted from the earlier beginning, less what
        the citizen took of that one's time; and what counted there does not count again."""
        if other.began is not None and (self.began is None or other.began < self.began):
            other.go_on(merged.at, hours)
            self.began, self.waited = other.began, other.waited
            self.waits_since = self.waits_since and merged.at
        self.queued = min((at for at in (self.queued, other.queued) if at is not None), default=None)
        self.answered = self.answered or other.answered
        self.decided.update(map(_promise, merged.data.get("missed", ())))

    def measured(self, figure: Figure, at: datetime, post_id: int | None, **more: Any) -> Measured:
        return Measured(figure, self.ticket_id, self.cycle, at, post_id, self.service, **more)


_Step = Callable[[_Course, Fact, OfficeHours, list[Measured]], None]


def _opened(course: _Course, fact: Fact, _hours: OfficeHours, _found: list[Measured]) -> None:
    course.service, course.began = fact.data.get("service"), fact.at


def _handed_over(course: _Course, fact: Fact, _hours: OfficeHours, _found: list[Measured]) -> None:
    course.queued, course.answered = _since(fact), False
    course.began = min(course.began or course.queued, course.queued)


def _reopened(course: _Course, fact: Fact, hours: OfficeHours, _found: list[Measured]) -> None:
    since, cycle = _since(fact), int(fact.data["cycle"])
    course.holder = None
    if cycle == course.cycle:  # it had timed out
        was_waited_for = course.waits_since is not None and course.waits_since <= since
        course.go_on(since if was_waited_for else fact.at, hours)
        return
    course.cycle, course.began, course.queued, course.answered = cycle, since, since, False
    course.waits_since, course.waited = None, timedelta()


def _claimed(course: _Course, fact: Fact, hours: OfficeHours, _found: list[Measured]) -> None:
    course.holder = _post(fact)
    course.go_on(fact.at, hours)


def _transferred(course: _Course, fact: Fact, _hours: OfficeHours, _found: list[Measured]) -> None:
    course.holder = int(fact.data["to"])


def _given_back(course: _Course, fact: Fact, hours: OfficeHours, _found: list[Measured]) -> None:
    course.holder = None
    course.go_on(fact.at, hours)


def _officer_answered(course: _Course, fact: Fact, hours: OfficeHours, found: list[Measured]) -> None:
    if course.queued is None or course.answered:
        return
    course.answered = True
    minutes = hours.between(course.queued, fact.at) // _MINUTE
    found.append(course.measured(Figure.FIRST_RESPONSE, fact.at, _post(fact), minutes=minutes))


def _waits(course: _Course, fact: Fact, _hours: OfficeHours, _found: list[Measured]) -> None:
    course.waits_since = course.waits_since or fact.at


def _came_back(course: _Course, fact: Fact, hours: OfficeHours, _found: list[Measured]) -> None:
    course.go_on(fact.at, hours)


def _resolved(course: _Course, fact: Fact, hours: OfficeHours, found: list[Measured]) -> None:
    course.go_on(fact.at, hours)
    course.holder = None
    if course.began is not None:
        minutes = (hours.between(course.began, fact.at) - course.waited) // _MINUTE
        found.append(course.measured(Figure.RESOLUTION, fact.at, _post(fact), minutes=minutes))


def _passed(course: _Course, fact: Fact, _hours: OfficeHours, found: list[Measured]) -> None:
    if fact.data["level"] == Level.BREACH:
        _decide(course, fact, course.holder, found, late=True)


def _met(course: _Course, fact: Fact, _hours: OfficeHours, found: list[Measured]) -> None:
    late = bool(fact.data["late"])
    _decide(course, fact, course.holder if late else _post(fact), found, late=late)


def _decide(course: _Course, fact: Fact, post_id: int | None, found: list[Measured], *, late: bool) -> None:
    promise = _promise(str(fact.data["target"]))
    if promise not in course.decided:
        course.decided.add(promise)
        deadline = promise.split(".")[1]
        found.append(course.measured(Figure.WITHIN_TARGET, fact.at, post_id, late=late, deadline=deadline))


def _promise(target: str) -> str:
    """First answer and end are promised once a cycle, however often they are recounted; each further answer anew."""
    cycle, deadline, _ordinal = target.split(".")
    return target if deadline == TargetKind.NEXT_RESPONSE else f"{cycle}.{deadline}"


_STEPS: Mapping[EventKind, _Step] = {
    EventKind.TICKET_OPENED: _opened,
    EventKind.HANDED_OVER: _handed_over,
    EventKind.REOPENED: _reopened,
    EventKind.CLAIMED: _claimed,
    EventKind.TRANSFERRED: _transferred,
    EventKind.RELEASED: _given_back,
    EventKind.CLAIM_LOST: _given_back,
    EventKind.OFFICER_ANSWERED: _officer_answered,
    EventKind.WAITING_FOR_CITIZEN: _waits,
    EventKind.CITIZEN_CAME_BACK: _came_back,
    EventKind.GOES_ON: _came_back,
    EventKind.ALERT: _passed,
    EventKind.TARGET_MET: _met,
    EventKind.RESOLVED: _resolved,
}
KINDS = (*_STEPS, EventKind.MERGED)
"""The facts that the figures are made of."""
DECIDING = (EventKind.OFFICER_ANSWERED, EventKind.RESOLVED, EventKind.TARGET_MET, EventKind.ALERT)
"""Those with which something comes to count."""
TELLING = frozenset(
    {
        EventKind.TICKET_OPENED,
        EventKind.HANDED_OVER,
        EventKind.TRANSFERRED,
        EventKind.REOPENED,
        EventKind.ALERT,
        EventKind.TARGET_MET,
        EventKind.MERGED,
    }
)
"""Those whose data are asked."""


def _since(fact: Fact) -> datetime:
    """Receipt of the citizen's message; facts written before it was kept have their own time instead."""
    since = fact.data.get("since")
    return datetime.fromisoformat(since) if since else fact.at


def _post(fact: Fact) -> int | None:
    return int(fact.actor.removeprefix(_STAFF)) if fact.actor.startswith(_STAFF) else None


def _spread(measured: Sequence[Measured]) -> Spread:
    minutes = sorted(one.minutes for one in measured if one.minutes is not None)
    if not minutes:
        return Spread(0)
    return Spread(len(minutes), int(median(minutes)), minutes[-(-9 * len(minutes) // 10) - 1])
