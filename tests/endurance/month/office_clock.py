"""The oracle's clock: it asks minute by minute whether the office is open, and counts."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, datetime
from itertools import accumulate

from bot.calendar import OfficeCalendar
from tests.endurance.month.plan import DAY, MINUTE, ZONE, at

AFTER_HOURS = 10 * MINUTE  # a deadline at closing time is still told


class OfficeClock:
    """Knows the minutes from the morning of ``first`` to the evening before ``last``; asked at whole minutes only."""

    def __init__(self, calendar: OfficeCalendar, first: date, last: date) -> None:
        self._start = at(first)
        minutes = range((at(last) - self._start) // MINUTE)
        self._open = [calendar.is_open(self._start + minute * MINUTE) for minute in minutes]
        self._passed = [0, *accumulate(self._open)]

    def is_open(self, moment: datetime) -> bool:
        return self._open[self._index(moment)]

    def minutes(self, start: datetime, end: datetime) -> int:
        """Office minutes between the two."""
        return self._passed[self._index(end)] - self._passed[self._index(start)]

    def after(self, start: datetime, minutes: int) -> datetime:
        """When so many office minutes have passed; none: the moment itself, or the next opening."""
        if minutes == 0:
            return start if self.is_open(start) else self.opening(start)
        return self._start + bisect_left(self._passed, self._passed[self._index(start)] + minutes) * MINUTE

    def opening(self, moment: datetime) -> datetime:
        """The first open minute from here on."""
        return self.after(moment, 1) - MINUTE

    def closing(self, start: datetime, days: int) -> datetime:
        """When the n-th working day after the day of ``start`` ends; 0: the same day, or the next with hours left."""
        first = at(self._local(start) + DAY) if days else start
        opened = first
        for number in range(max(days, 1)):
            opened = self.opening(opened if number == 0 else at(self._local(opened) + DAY))
        return self.after(opened, self.minutes(opened, at(self._local(opened) + DAY)))

    def told_at(self, moment: datetime, deadline: datetime) -> datetime:
        """When somebody is told at the earliest of what ran out at ``deadline``."""
        if self.is_open(moment) or moment - deadline < AFTER_HOURS:
            return moment
        return self.opening(moment)

    def _index(self, moment: datetime) -> int:
        index, rest = divmod(moment - self._start, MINUTE)
        assert not rest, "the month knows whole minutes only"
        return index

    @staticmethod
    def _local(moment: datetime) -> date:
        return moment.astimezone(ZONE).date()
