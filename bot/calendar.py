"""Office time, pure: open now?, until when?, when next?, why closed?

Instants come in and go out as aware UTC datetimes; the office's own clock is `zone`. A day has any number of
periods; what lies between two of them is a break. Which periods a day has is decided in this order: a special
day of that date, a closed day (holiday or closure), a season (Ramadan), the ordinary week.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from zoneinfo import ZoneInfo

FRIDAY = 4
_LONGEST_CLOSURE = timedelta(days=60)
"""How far `next_opening` looks; an office closed for longer has no next opening worth telling."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Open from ``start`` until just before ``end``, local time, on one day."""

    start: time
    end: time

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise ValueError(f"a period ends after it starts: {self.start} to {self.end}")


Week = tuple[tuple[Period, ...], ...]
"""The periods of Monday to Sunday."""


@dataclass(frozen=True, slots=True)
class Season:
    """Days with a week of their own (Ramadan), ``first`` and ``last`` included."""

    name: str
    first: date
    last: date
    week: Week


class ClosedBy(StrEnum):
    """Why the office is closed."""

    HOLIDAY = "holiday"
    WEEKEND = "weekend"
    BREAK = "break"
    FRIDAY_BREAK = "friday_break"
    BEFORE_HOURS = "before_hours"
    AFTER_HOURS = "after_hours"


@dataclass(frozen=True, slots=True)
class Closed:
    """``name`` is the holiday's or closure's, else empty."""

    by: ClosedBy
    name: str = ""


def _no_holidays(_year: int) -> Mapping[date, str]:
    return {}


@dataclass(frozen=True, slots=True)
class OfficeCalendar:
    """One office's time. ``holidays`` gives a year's public holidays and cuti bersama by name; ``closures``
    are the office's own closed days; ``special`` days have hours of their own."""

    zone: ZoneInfo
    week: Week
    seasons: tuple[Season, ...] = ()
    holidays: Callable[[int], Mapping[date, str]] = _no_holidays
    closures: Mapping[date, str] = field(default_factory=dict)
    special: Mapping[date, tuple[Period, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for week in (self.week, *(season.week for season in self.seasons)):
            if len(week) != 7:
                raise ValueError("a week has seven days")
            for periods in week:
                _refuse_disorder(periods)
        for periods in self.special.values():
            _refuse_disorder(periods)

    def local(self, at: datetime) -> datetime:
        """The instant on the office's clock. Raises ValueError for a datetime without a zone."""
        if at.tzinfo is None:
            raise ValueError("an aware datetime is expected")
        return at.astimezone(self.zone)

    def holiday(self, day: date) -> str | None:
        """The name of the holiday or closure on this date."""
        return self.closures.get(day) or self.holidays(day.year).get(day)

    def season(self, day: date) -> Season | None:
        return next((season for season in self.seasons if season.first <= day <= season.last), None)

    def periods(self, day: date) -> tuple[Period, ...]:
        """When the office is open on this date, in order; empty when it is not."""
        if day in self.special:
            return self.special[day]
        if self.holiday(day):
            return ()
        season = self.season(day)
        return (season.week if season else self.week)[day.weekday()]

    def is_open(self, at: datetime) -> bool:
        return self._period_at(at) is not None

    def closes_at(self, at: datetime) -> datetime | None:
        """When the present period ends (a break or the evening); None when the office is closed."""
        period = self._period_at(at)
        return self.instant(self.local(at).date(), period.end) if period else None

    def next_opening(self, at: datetime) -> datetime | None:
        """The first beginning of a period after this instant; None when there is none for two months."""
        day = self.local(at).date()
        last = day + _LONGEST_CLOSURE
        while day <= last:
            for period in self.periods(day):
                start = self.instant(day, period.start)
                if start > at:
                    return start
            day += timedelta(days=1)
        return None

    def why_closed(self, at: datetime) -> Closed | None:
        """Why nobody is there at this instant; None when the office is open."""
        if self.is_open(at):
            return None
        local = self.local(at)
        periods = self.periods(local.date())
        if not periods:
            name = self.holiday(local.date())
            return Closed(ClosedBy.HOLIDAY, name) if name else Closed(ClosedBy.WEEKEND)
        if at < self.instant(local.date(), periods[0].start):
            return Closed(ClosedBy.BEFORE_HOURS)
        if at >= self.instant(local.date(), periods[-1].end):
            return Closed(ClosedBy.AFTER_HOURS)
        return Closed(ClosedBy.FRIDAY_BREAK if local.weekday() == FRIDAY else ClosedBy.BREAK)

    def instant(self, day: date, at: time) -> datetime:
        """A time on the office's clock as an instant."""
        return datetime.combine(day, at, tzinfo=self.zone).astimezone(UTC)

    def _period_at(self, at: datetime) -> Period | None:
        day = self.local(at).date()
        for period in self.periods(day):
            if self.instant(day, period.start) <= at < self.instant(day, period.end):
                return period
        return None


def _refuse_disorder(periods: tuple[Period, ...]) -> None:
    for earlier, later in pairwise(periods):
        if later.start <= earlier.end:
            raise ValueError(f"periods of a day follow each other with a break between: {earlier}, {later}")
