"""What the simulator says of an office: its hours, how soon it answers, and how far its alerts have climbed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.calendar import OfficeCalendar
from bot.contracts import Priority
from bot.db.session import Database
from bot.desk.offices import prefixes
from bot.desk.rising import Rising, rising
from bot.rules import Matter, OfficeRules

A_WISH = Matter("talk_to_human")


@dataclass(frozen=True, slots=True)
class OfficeView:
    """``now`` is on the office's own clock. ``answers_within``: office minutes for who asks for a person;
    ``closes`` is None while the office is closed, and then ``opens`` says when it opens."""

    now: datetime
    closes: datetime | None
    opens: datetime | None
    answers_within: int
    rising: Sequence[Rising]
    calendar: OfficeCalendar

    def clock(self, at: datetime) -> str:
        return f"{self.calendar.local(at):%H.%M}"

    def day(self, at: datetime) -> str:
        """The name of its weekday among the simulator's texts; empty for today."""
        local = self.calendar.local(at)
        return "" if local.date() == self.now.date() else f"day_{local.weekday()}"

    def is_past(self, at: datetime) -> bool:
        return at <= self.now


class Watch:
    """``rules``: of the office with a prefix."""

    def __init__(self, database: Database, rules: Callable[[str], OfficeRules], now: Callable[[], datetime]) -> None:
        self._database = database
        self._rules = rules
        self._now = now

    def __call__(self, prefix: str) -> OfficeView:
        rules, now = self._rules(prefix), self._now()
        calendar = rules.calendar
        with self._database.reading() as session:
            ids = {known: office_id for office_id, known in prefixes(session).items()}
            risen = rising(session, ids[prefix], rules, now) if prefix in ids else []
        first = rules.targets(A_WISH, Priority.NORMAL).first_response
        return OfficeView(
            now=calendar.local(now),
            closes=calendar.closes_at(now),
            opens=calendar.next_opening(now),
            answers_within=first.office_minutes(calendar, now) if first else 0,
            rising=risen,
            calendar=calendar,
        )
