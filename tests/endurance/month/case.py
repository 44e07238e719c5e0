"""A ticket as the oracle knows it from its events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from tests.endurance.month.office_clock import OfficeClock
from tests.endurance.month.promises import Promises

LEVELS = ("half", "most", "breach", "officers", "supervisor")
PAST_THE_OWNER = ("officers", "supervisor")
RESPONSES = ("first_response", "next_response")


@dataclass
class Aim:
    """One deadline. ``running``: since when its clock goes, None while it stands; ``round_``: of the next call."""

    name: str
    kind: str
    minutes: int
    running: datetime | None
    due: datetime
    spent: int = 0
    level: str = "half"
    round_: int = 0
    raised: datetime | None = None
    told: bool = False

    def stop(self, clock: OfficeClock, now: datetime) -> None:
        if self.running is not None:
            self.spent += clock.minutes(self.running, now)
            self.due_when_stopped, self.running = now, None

    def go_on(self, clock: OfficeClock, now: datetime) -> None:
        if self.running is None:
            self.running = now
            if self.spent <= self.minutes:
                self.due = clock.after(now, self.minutes - self.spent)

    def is_late(self, now: datetime) -> bool:
        return (now if self.running is not None else self.due_when_stopped) > self.due

    due_when_stopped: datetime = field(init=False)

    def climb(self, now: datetime) -> None:
        """The present level was raised."""
        self.raised = now
        if self.level == "supervisor":
            self.round_ += 1
        else:
            self.level = LEVELS[LEVELS.index(self.level) + 1]


@dataclass
class Case:
    """``since``: what fixes its place; ``owner``: a post, which keeps it when its ``lease`` has timed out; ``freed``:
    when a claim last ended; ``waits``: nobody has acted yet; ``queued``: it has a place; ``announced``, ``lost``: since
    when it is to be told that it waits, or that a claim was lost."""

    id: int
    conversation: int
    kind: str
    since: datetime
    reason: str | None = None
    cycle: int = 1
    state: str = "open"
    owner: int | None = None
    lease: datetime | None = None
    freed: datetime | None = None
    waits: bool = False
    announced: datetime | None = None
    announced_as: str = "waiting"
    lost: datetime | None = None
    answered: bool = False
    queued: bool = False
    aims: dict[str, Aim] = field(default_factory=dict)

    def begin(self, clock: OfficeClock, promises: Promises, now: datetime) -> None:
        """The deadlines of a cycle."""
        self.aims, self.made, self.answered = {}, Counter(), False
        self.announced, self.announced_as = now, "waiting"
        for kind in ("first_response", "resolution"):
            self.add(kind, self.since, clock, promises)

    def add(self, kind: str, start: datetime, clock: OfficeClock, promises: Promises) -> None:
        minutes = promises.minutes(kind, self.kind, self.reason, start)
        if minutes is None:
            return
        name = f"{self.cycle}.{kind}.{self.made[kind]}"
        self.made[kind] += 1
        self.aims[name] = Aim(name, kind, minutes, start, clock.after(start, minutes))

    made: Counter[str] = field(default_factory=Counter)

    def hasten(self, start: datetime, clock: OfficeClock, promises: Promises) -> None:
        """A more urgent reason, told at ``start``: whatever is now due sooner, counted from then, is due sooner."""
        if not self.owes_answer():
            self.add("next_response", start, clock, promises)
        for aim in list(self.aims.values()):
            minutes = promises.minutes(aim.kind, self.kind, self.reason, start)
            if minutes is not None and clock.after(start, minutes) < aim.due:
                del self.aims[aim.name]
                self.add(aim.kind, start, clock, promises)

    def has_owner(self, now: datetime) -> bool:
        """Whether a claim is live."""
        return self.owner is not None and self.lease is not None and self.lease > now

    def owes_answer(self) -> bool:
        return any(aim.kind in RESPONSES and aim.running is not None for aim in self.aims.values())

    def expected(self, clock: OfficeClock, promises: Promises, now: datetime) -> Iterator[tuple[str, str, datetime]]:
        """The alerts that are to be raised next: target, level, when."""
        if self.announced and self.state == "open" and (self.queued or self.owes_answer()):
            told = self.announced if clock.is_open(self.announced) else clock.opening(self.announced)
            yield f"{self.cycle}.queue", self.announced_as, told
        if self.lost:
            yield f"{self.cycle}.claim", "claim_lost", clock.told_at(self.lost, self.lost)
        for aim in self.aims.values():
            if aim.running is None or (aim.level in PAST_THE_OWNER and self.has_owner(now)):
                continue
            yield aim.name, aim.level, self._due(aim, clock, promises, now)

    def _due(self, aim: Aim, clock: OfficeClock, promises: Promises, now: datetime) -> datetime:
        assert aim.running is not None
        minutes = promises.climbs_at(aim.level, aim.round_, aim.minutes)
        due = clock.after(aim.running, max(minutes - aim.spent, 0))
        if aim.level == "supervisor" and aim.round_ and aim.raised:
            due = max(due, clock.after(aim.raised, promises.repeat))
        freed = self.lease or self.freed
        if aim.level in PAST_THE_OWNER and freed and (aim.raised is None or aim.raised < freed):
            due = max(due, freed)  # it waited for the claim to end
        return clock.told_at(max(due, aim.raised or due), due)
