"""Office time, against a look at every minute."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings

from bot.calendar import Closed, ClosedBy, OfficeCalendar
from tests.calendars import MINUTE, calendars, instants, period, week


def looks_open(calendar: OfficeCalendar, at: datetime) -> bool:
    """The rule in plain words: whose hours hold today, and is the clock within them."""
    local = at.astimezone(calendar.zone)
    day = local.date()
    if day in calendar.special:
        hours = calendar.special[day]
    elif day in calendar.closures or day in calendar.holidays(day.year):
        hours = ()
    else:
        seasons = [season.week for season in calendar.seasons if season.first <= day <= season.last]
        hours = (seasons or [calendar.week])[0][day.weekday()]
    return any(one.start <= local.time() < one.end for one in hours)


@settings(max_examples=40, deadline=None)
@given(calendars(), instants)
def test_open_is_what_a_look_at_the_clock_says(calendar: OfficeCalendar, at: datetime) -> None:
    assert calendar.is_open(at) == looks_open(calendar, at)
    assert (calendar.why_closed(at) is None) == looks_open(calendar, at)


@settings(max_examples=25, deadline=None)
@given(calendars(), instants)
def test_closing_and_opening_are_the_first_minutes_that_differ(calendar: OfficeCalendar, at: datetime) -> None:
    minutes = [at + number * MINUTE for number in range(1, 24 * 60 + 60)]
    if looks_open(calendar, at):
        assert calendar.closes_at(at) == next(it for it in minutes if not looks_open(calendar, it))
    else:
        assert calendar.closes_at(at) is None
    opens = (it for before, it in zip([at, *minutes], minutes, strict=False) if _begins(calendar, before, it))
    first = next(opens, None)
    found = calendar.next_opening(at)
    assert found == first if first else found is None or found > minutes[-1]


def _begins(calendar: OfficeCalendar, before: datetime, at: datetime) -> bool:
    return looks_open(calendar, at) and not looks_open(calendar, before)


OFFICE = OfficeCalendar(
    zone=ZoneInfo("Asia/Makassar"),
    week=week(
        *[(period("08:00", "12:00"), period("13:00", "16:00"))] * 4,
        (period("08:00", "11:30"), period("13:00", "16:30")),
    ),
    holidays=lambda year: {date(year, 12, 25): "Natal"},
    closures={date(2026, 11, 24): "Tutup"},
    special={date(2026, 11, 28): (period("08:00", "12:00"),)},
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text + "+08:00").astimezone(UTC)


@pytest.mark.parametrize(
    ("when", "reason"),
    [
        ("2026-11-23T07:59", Closed(ClosedBy.BEFORE_HOURS)),
        ("2026-11-23T12:00", Closed(ClosedBy.BREAK)),
        ("2026-11-27T12:00", Closed(ClosedBy.FRIDAY_BREAK)),
        ("2026-11-23T16:00", Closed(ClosedBy.AFTER_HOURS)),
        ("2026-11-29T10:00", Closed(ClosedBy.WEEKEND)),
        ("2026-12-25T10:00", Closed(ClosedBy.HOLIDAY, "Natal")),
        ("2026-11-24T10:00", Closed(ClosedBy.HOLIDAY, "Tutup")),
        ("2026-11-23T08:00", None),
        ("2026-11-28T10:00", None),
    ],
)
def test_it_says_why_it_is_closed(when: str, reason: Closed | None) -> None:
    assert OFFICE.why_closed(at(when)) == reason


def test_it_opens_again_after_weekend_and_closed_days() -> None:
    assert OFFICE.next_opening(at("2026-11-23T16:00")) == at("2026-11-25T08:00")
    assert OFFICE.next_opening(at("2026-11-28T12:00")) == at("2026-11-30T08:00")


def test_at_the_moment_of_opening_the_next_opening_is_the_one_after() -> None:
    assert OFFICE.is_open(at("2026-11-23T08:00"))
    assert OFFICE.next_opening(at("2026-11-23T08:00")) == at("2026-11-23T13:00")


def test_an_office_that_never_opens_has_no_next_opening() -> None:
    assert OfficeCalendar(ZoneInfo("Asia/Makassar"), week()).next_opening(at("2026-11-23T08:00")) is None


def test_a_datetime_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        OFFICE.is_open(datetime(2026, 11, 23, 8))  # noqa: DTZ001


def test_periods_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="break"):
        OfficeCalendar(ZoneInfo("Asia/Makassar"), week((period("08:00", "12:00"), period("11:00", "16:00"))))
    with pytest.raises(ValueError, match="ends"):
        period("12:00", "08:00")
