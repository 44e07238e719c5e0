"""Public holidays and cuti bersama of Indonesia, by year.

The years of holidays.yml are taken from the file: they are checked against the decree, or corrected by hand.
Any other year comes from the `holidays` library, imported only then: it would cost every process 20 MB
(tried, holidays 0.109), and an office has up-to-date years in its file. A test keeps file and library equal.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import ClassVar

from pydantic import model_validator

from bot.knowledge.entry import Entry
from bot.knowledge.services import Text


class HolidayYear(Entry):
    """``verify``: the decree of that year has not been seen."""

    unused: ClassVar[frozenset[str]] = frozenset({"source", "verify_note"})

    verify: bool = False
    days: Mapping[date, Text]

    @model_validator(mode="after")
    def _lies_in_one_year(self) -> HolidayYear:
        if len({day.year for day in self.days}) != 1:
            raise ValueError("the days lie in one year")
        return self


class HolidayBook:
    """A year's holidays by date; callable, as `OfficeCalendar` wants it."""

    def __init__(self, years: Mapping[int, HolidayYear]) -> None:
        self._years = years

    def __call__(self, year: int) -> Mapping[date, str]:
        known = self._years.get(year)
        return known.days if known else from_library(year)

    def is_confirmed(self, year: int) -> bool:
        """Whether the year's list was checked against the government's decree."""
        known = self._years.get(year)
        return known is not None and not known.verify


@cache
def from_library(year: int) -> Mapping[date, str]:
    """The library's list: public holidays, and cuti bersama, which it files under `government`."""
    from holidays.countries.indonesia import Indonesia

    listed = Indonesia(years=year, categories=("public", "government"), language="id")
    return {day: str(name) for day, name in sorted(listed.items())}
