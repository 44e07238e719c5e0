"""Deadlines, pure: office minutes on an office's calendar.

The office's clock runs while the office is open and stands still otherwise. Instants come in as aware datetimes and
go out in UTC. Everything walks from one open day to the next, so 60 working days cost a few hundred steps.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate, islice, takewhile

from bot.calendar import OfficeCalendar, Period
from bot.errors import OfficeNeverOpens

_CLOSED_FOR_GOOD = 400
"""So many closed days in a row, more than a year: the calendar is wrong, and looking further would not end."""

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Deadline:
    """The time something may take, in office minutes, in working days, or in both: then the earlier counts.

    ``working_days`` ends with the n-th working day after the day of start; 0 is the same working day.
    """

    minutes: int | None = None
    working_days: int | None = None

    def __post_init__(self) -> None:
        allowed = [amount for amount in (self.minutes, self.working_days) if amount is not None]
        if not allowed or min(allowed) < 0:
            raise ValueError("a deadline has minutes, working days or both, none below 0")

    def office_minutes(self, calendar: OfficeCalendar, start: datetime) -> int:
        """What this is in office minutes from this start, so that working days can be paused like minutes.

        Working days are cut to whole minutes (a start at 08.00.30 ends 30 seconds before closing time: rounded up
        it would end next morning). One minute at least: who writes seconds before closing time has the office's
        next minute. Raises OfficeNeverOpens.
        """
        if self.working_days is None:
            assert self.minutes is not None
            return self.minutes
        end = end_of_working_day(calendar, start, self.working_days)
        days = max(1, office_minutes(calendar, start, end))
        return days if self.minutes is None else min(days, self.minutes)

    def and_at_most(self, other: Deadline) -> Deadline:
        """Both hold, and the earlier counts."""
        return Deadline(_least(self.minutes, other.minutes), _least(self.working_days, other.working_days))


def add_office_minutes(calendar: OfficeCalendar, start: datetime, minutes: int) -> datetime:
    """The instant at which so many office minutes have passed since ``start``.

    Outside the hours counting begins with the next opening. What runs out just when the office closes is due at
    closing time, not at the next opening. 0 minutes: ``start`` itself, or the next opening where it is closed.
    Raises ValueError for a negative number, OfficeNeverOpens where the calendar holds no more hours.
    """
    if minutes < 0:
        raise ValueError("office minutes are counted forwards")
    left = minutes * _MINUTE
    for begin, end in _open_spans(calendar, start):
        if left <= end - begin:
            return begin + left
        left -= end - begin
    raise OfficeNeverOpens(f"no opening within {_CLOSED_FOR_GOOD} days")


def office_minutes(calendar: OfficeCalendar, start: datetime, end: datetime) -> int:
    """The whole office minutes between two instants; see `office_time`."""
    return office_time(calendar, start, end) // _MINUTE


def office_time(calendar: OfficeCalendar, start: datetime, end: datetime) -> timedelta:
    """How long the office was open between two instants; 0 where ``end`` is not after ``start``: the clocks of two
    machines may differ, and that is no reason to fail."""
    passed = timedelta()
    for begin, until in _open_spans(calendar, start):
        if begin >= end:
            break
        passed += min(until, end) - begin
    return passed


class OfficeHours:
    """`office_time` for many questions about the same stretch: walked once, from ``first`` to ``last``, then each
    answer is a look into a sorted list. What lies outside the stretch counts as closed."""

    def __init__(self, calendar: OfficeCalendar, first: datetime, last: datetime) -> None:
        spans = list(takewhile(lambda span: span[0] < last, _open_spans(calendar, first)))
        self._begins = [begin for begin, _ in spans]
        self._lengths = [min(end, last) - begin for begin, end in spans]
        self._before = list(accumulate(self._lengths, initial=timedelta()))

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How long the office was open; 0 where ``end`` is not after ``start``."""
        return max(self._until(end) - self._until(start), timedelta())

    def _until(self, at: datetime) -> timedelta:
        place = bisect_right(self._begins, at) - 1
        if place < 0:
            return timedelta()
        return self._before[place] + min(at - self._begins[place], self._lengths[place])


def end_of_working_day(calendar: OfficeCalendar, start: datetime, days: int) -> datetime:
    """When the office closes on the n-th working day after the day of ``start``, whatever the hour of ``start``.

    0: on the same day, as long as it closes after ``start``, else on the next working day. Every day with hours is
    one, also a Saturday with hours of its own. Raises ValueError for a negative number, OfficeNeverOpens.
    """
    if days < 0:
        raise ValueError("working days are counted forwards")
    today = calendar.local(start).date()
    closings = (
        closing
        for day, periods in _open_days(calendar, today + _DAY if days else today)
        if (closing := calendar.instant(day, periods[-1].end)) > start
    )
    found = next(islice(closings, max(days, 1) - 1, None), None)
    if found is None:
        raise OfficeNeverOpens(f"no opening within {_CLOSED_FOR_GOOD} days")
    return found


def _open_days(calendar: OfficeCalendar, day: date) -> Iterator[tuple[date, tuple[Period, ...]]]:
    """The days with hours from this one on; they end where the office is closed for good."""
    closed = 0
    while closed < _CLOSED_FOR_GOOD:
        periods = calendar.periods(day)
        if periods:
            yield day, periods
        closed = 0 if periods else closed + 1
        day += _DAY


def _open_spans(calendar: OfficeCalendar, start: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Beginning and end of every time the office is open from ``start`` on, in order.

    They never overlap, not even where a zone puts its clocks forward within a period.
    """
    begin = start.astimezone(UTC)
    for day, periods in _open_days(calendar, calendar.local(start).date()):
        for period in periods:
            begin, end = max(begin, calendar.instant(day, period.start)), calendar.instant(day, period.end)
            if begin < end:
                yield begin, end
                begin = end


def _least(one: int | None, other: int | None) -> int | None:
    return min((amount for amount in (one, other) if amount is not None), default=None)
