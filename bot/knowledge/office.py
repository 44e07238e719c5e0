"""office.yml and offices/<PREFIX>.yml: one office's facts and its time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Annotated, Any, ClassVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BeforeValidator, StringConstraints, field_validator

from bot.calendar import OfficeCalendar, Period, Season, Week
from bot.knowledge.entry import Entry
from bot.knowledge.holidays import HolidayBook
from bot.knowledge.services import Text


def _period(written: Any) -> Any:
    """``08.00-12.00`` as the file writes it."""
    if not isinstance(written, str):
        return written
    start, _, end = written.partition("-")
    try:
        return Period(_clock(start), _clock(end))
    except ValueError:
        raise ValueError(f"'{written}' is not a period like 08.00-12.00") from None


def _clock(written: str) -> time:
    hour, _, minute = written.strip().partition(".")
    return time(int(hour), int(minute))


Hours = tuple[Annotated[Period, BeforeValidator(_period)], ...]


class WeekHours(Entry):
    monday: Hours
    tuesday: Hours
    wednesday: Hours
    thursday: Hours
    friday: Hours
    saturday: Hours
    sunday: Hours

    def week(self) -> Week:
        return (
            self.monday,
            self.tuesday,
            self.wednesday,
            self.thursday,
            self.friday,
            self.saturday,
            self.sunday,
        )


class OrdinaryHours(Entry):
    week: WeekHours
    verify: bool = False


class DateRange(Entry):
    first: date
    last: date


class SeasonHours(Entry):
    """Hours that hold on the days of its ranges; without a range they can still be told."""

    name: Text
    ranges: tuple[DateRange, ...]
    week: WeekHours
    verify: bool = False


class Fact(Entry):
    """Something about the office; an empty value is unknown."""

    value: str = ""
    verify: bool = False


class WayToReach(Entry):
    name: Text
    reach: Text
    verify: bool = False


class Office(Entry):
    """One office. ``prefix`` begins its ticket numbers and names its file."""

    unused: ClassVar[frozenset[str]] = frozenset({"verify_note"})

    prefix: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,5}$")]
    assistant: Text
    name: Text
    full_name: Text
    regency: Text
    time_zone: Text
    time_zone_label: Text
    hours: OrdinaryHours
    seasons: tuple[SeasonHours, ...] = ()
    closures: Mapping[date, Text] = {}
    special_days: Mapping[date, Hours] = {}
    facts: Mapping[str, Fact]
    channels: tuple[WayToReach, ...] = ()
    links: tuple[Text, ...] = ()

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            raise ValueError(f"'{name}' is not a time zone") from None
        return name

    @field_validator("special_days")
    @classmethod
    def _special_days_are_open(cls, days: Mapping[date, Hours]) -> Mapping[date, Hours]:
        if shut := [str(day) for day, periods in days.items() if not periods]:
            raise ValueError(f"{shut[0]} has no hours; a closed day stands under closures, with its name")
        return days

    def fact(self, name: str) -> str:
        """A fact's value, empty when unknown. Raises KeyError for a fact office.yml does not declare."""
        return self.facts[name].value

    def calendar(self, holidays: HolidayBook) -> OfficeCalendar:
        """The office's time. Raises ValueError for hours that overlap."""
        return OfficeCalendar(
            zone=ZoneInfo(self.time_zone),
            week=self.hours.week.week(),
            seasons=tuple(
                Season(season.name, days.first, days.last, season.week.week())
                for season in self.seasons
                for days in season.ranges
            ),
            holidays=holidays,
            closures=self.closures,
            special=self.special_days,
        )
