"""Deadlines, against a walk through every minute."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import accumulate
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.calendar import OfficeCalendar
from bot.deadlines import Deadline, add_office_minutes, end_of_working_day, office_minutes, office_time
from bot.errors import OfficeNeverOpens
from bot.knowledge import load_knowledge
from tests.calendars import MINUTE, ZONES, calendars, instants, period, week

INDONESIA = ZONES[:3]
WALK = 6 * 24 * 60
QUARTER = timedelta(minutes=15)
DAYLIGHT_SAVING = st.sampled_from([date(2027, 3, 22), date(2026, 10, 19)])
"""Mondays of weeks in which Amsterdam changes its clocks."""

moments = st.builds(lambda at, seconds: at + timedelta(seconds=seconds), instants, st.floats(0, 60))
amounts = st.integers(0, 2000)


def walk(calendar: OfficeCalendar, start: datetime) -> list[bool]:
    """Whether the office is open, minute by minute."""
    return [calendar.is_open(start + number * MINUTE) for number in range(WALK)]


def due_by_walking(start: datetime, minutes: int, looks: list[bool]) -> datetime | None:
    """The end of the n-th open minute; None when the walk is too short."""
    opened = [number for number, is_open in enumerate(looks) if is_open]
    if minutes == 0:
        return start + opened[0] * MINUTE if opened else None
    return start + (opened[minutes - 1] + 1) * MINUTE if minutes <= len(opened) else None


def due(calendar: OfficeCalendar, start: datetime, minutes: int) -> datetime | None:
    try:
        return add_office_minutes(calendar, start, minutes)
    except OfficeNeverOpens:
        return None


def check_against_a_walk(calendar: OfficeCalendar, start: datetime, more: list[int]) -> None:
    looks = walk(calendar, start)
    counted = [0, *accumulate(looks)]
    for minutes in (0, 1, counted[-1], counted[-1] + 1, *more):
        expected, found = due_by_walking(start, minutes, looks), due(calendar, start, minutes)
        assert found == expected if expected else found is None or found > start + WALK * MINUTE
    for number in (0, 1, 60, WALK, *more):
        assert office_minutes(calendar, start, start + number * MINUTE) == counted[number]


@settings(max_examples=40, deadline=None)
@given(calendars(), instants, st.lists(amounts, max_size=20))
def test_minutes_are_those_of_a_walk_through_every_minute(
    calendar: OfficeCalendar, start: datetime, more: list[int]
) -> None:
    check_against_a_walk(calendar, start, more)


@settings(max_examples=15, deadline=None)
@given(st.data(), DAYLIGHT_SAVING, st.lists(amounts, max_size=20))
def test_clocks_put_forward_or_back_change_no_count(data: st.DataObject, monday: date, more: list[int]) -> None:
    calendar = data.draw(calendars(monday, ("Europe/Amsterdam",)))
    friday = datetime.combine(monday + timedelta(days=4), datetime.min.time(), tzinfo=UTC)
    check_against_a_walk(calendar, friday + data.draw(st.integers(0, 2 * 24 * 60)) * MINUTE, more)


@settings(max_examples=100, deadline=None)
@given(calendars(), moments, amounts)
def test_what_is_added_has_passed_by_then(calendar: OfficeCalendar, start: datetime, minutes: int) -> None:
    end = due(calendar, start, minutes)
    if end is None:
        assert not any(calendar.periods(start.date() + timedelta(days=ahead)) for ahead in range(30, 60))
    elif minutes:
        assert office_time(calendar, start, end) == minutes * MINUTE
        assert office_minutes(calendar, start, end) == minutes
        assert calendar.is_open(end - timedelta(microseconds=1))
    else:
        assert calendar.is_open(end)
        assert office_time(calendar, start, end) == timedelta()


@settings(max_examples=100, deadline=None)
@given(calendars(), moments, st.integers(1, 2000), st.integers(1, 2000))
def test_a_pause_costs_nothing(calendar: OfficeCalendar, start: datetime, first: int, then: int) -> None:
    paused = due(calendar, start, first)
    if paused is not None:
        assert due(calendar, paused, then) == due(calendar, start, first + then)


@settings(max_examples=100, deadline=None)
@given(calendars(), moments, moments, amounts, amounts)
def test_later_starts_and_longer_targets_never_end_earlier(
    calendar: OfficeCalendar, one: datetime, other: datetime, short: int, long: int
) -> None:
    early, late = sorted((one, other))
    short, long = sorted((short, long))
    ends = [due(calendar, early, short), due(calendar, late, short), due(calendar, late, long)]
    if None not in ends:
        assert ends == sorted(ends)  # type: ignore[type-var]
    assert office_time(calendar, late, early) == timedelta()
    assert office_time(calendar, early, late) <= late - early


def closing_by_looking(calendar: OfficeCalendar, day: date) -> datetime | None:
    """The end of a day's last open quarter; hours in these tests begin and end on quarters."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=calendar.zone).astimezone(UTC)
    opened = [midnight + number * QUARTER for number in range(96) if calendar.is_open(midnight + number * QUARTER)]
    return opened[-1] + QUARTER if opened else None


@settings(max_examples=60, deadline=None)
@given(calendars(zones=INDONESIA), moments, st.integers(0, 8))
def test_working_days_are_those_of_a_walk_from_day_to_day(calendar: OfficeCalendar, start: datetime, days: int) -> None:
    today = start.astimezone(calendar.zone).date()
    closings = [closing_by_looking(calendar, today + timedelta(days=ahead)) for ahead in range(30)]
    ahead = [closing for closing in closings[1:] if closing]
    if days == 0 and closings[0] and closings[0] > start:
        assert end_of_working_day(calendar, start, days) == closings[0]
    elif len(ahead) >= max(days, 1):
        assert end_of_working_day(calendar, start, days) == ahead[max(days, 1) - 1]


@settings(max_examples=100, deadline=None)
@given(calendars(), instants, st.integers(0, 8))
def test_working_days_told_in_minutes_end_at_the_same_closing_time(
    calendar: OfficeCalendar, start: datetime, days: int
) -> None:
    if any(calendar.week):
        minutes = Deadline(working_days=days).office_minutes(calendar, start)
        assert add_office_minutes(calendar, start, minutes) == end_of_working_day(calendar, start, days)


@cache
def pangkep() -> OfficeCalendar:
    return load_knowledge(Path(__file__).parents[1] / "data" / "knowledge").calendar


def at(text: str) -> datetime:
    return datetime.fromisoformat(text + "+08:00").astimezone(UTC)


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2026-11-23T09:00", 120, "2026-11-23T11:00"),
        ("2026-11-23T11:30", 60, "2026-11-23T13:30"),  # lunch
        ("2026-11-23T14:00", 120, "2026-11-23T16:00"),  # at closing time, not next morning
        ("2026-11-23T16:00", 0, "2026-11-24T08:00"),
        ("2026-11-23T09:00:30", 0, "2026-11-23T09:00:30"),
        ("2026-11-23T15:59:30", 1, "2026-11-24T08:00:30"),
        ("2026-11-27T11:00", 60, "2026-11-27T13:30"),  # Friday prayer
        ("2026-11-27T16:00", 60, "2026-11-30T08:30"),  # weekend
        ("2026-12-23T15:00", 120, "2026-12-28T09:00"),  # cuti bersama, Christmas, weekend
        ("2027-02-08T11:30", 60, "2027-02-08T13:00"),  # Ramadan: lunch of half an hour
        ("2027-02-05T15:00", 60, "2027-02-08T09:00"),  # a holiday, and Ramadan begins behind it
        ("2031-12-24T15:00", 120, "2031-12-26T09:00"),  # no decree of that year is in the file
    ],
)
def test_the_office_clock_runs_in_office_hours_only(start: str, minutes: int, end: str) -> None:
    assert add_office_minutes(pangkep(), at(start), minutes) == at(end)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-11-23T09:00", 0, "2026-11-23T16:00"),
        ("2026-11-23T12:30", 0, "2026-11-23T16:00"),
        ("2026-11-23T16:00", 0, "2026-11-24T16:00"),
        ("2026-11-28T10:00", 0, "2026-11-30T16:00"),
        ("2026-11-23T09:00", 1, "2026-11-24T16:00"),
        ("2026-11-23T18:00", 1, "2026-11-24T16:00"),
        ("2026-11-23T09:00", 5, "2026-11-30T16:00"),
        ("2026-12-23T09:00", 1, "2026-12-28T16:00"),
        ("2027-02-04T09:00", 1, "2027-02-08T15:00"),
    ],
)
def test_a_working_day_ends_when_the_office_closes(start: str, days: int, end: str) -> None:
    assert end_of_working_day(pangkep(), at(start), days) == at(end)


def test_of_minutes_and_working_days_the_earlier_counts() -> None:
    acknowledged = Deadline(minutes=120).and_at_most(Deadline(working_days=0))
    assert acknowledged == Deadline(minutes=120, working_days=0)
    assert acknowledged.office_minutes(pangkep(), at("2026-11-23T09:00")) == 120
    assert acknowledged.office_minutes(pangkep(), at("2026-11-23T15:00")) == 60
    assert acknowledged.office_minutes(pangkep(), at("2026-11-23T17:00")) == 120
    assert acknowledged.and_at_most(Deadline(minutes=30)) == Deadline(30, 0)


def test_seconds_before_closing_time_leave_a_minute_of_the_next_day() -> None:
    start = at("2026-11-23T15:59:30")
    minutes = Deadline(working_days=0).office_minutes(pangkep(), start)
    assert add_office_minutes(pangkep(), start, minutes) == at("2026-11-24T08:00:30")


def test_an_office_that_is_closed_for_good_is_an_error_and_no_endless_walk() -> None:
    closed = OfficeCalendar(
        ZoneInfo("Asia/Makassar"), week(), special={date(2026, 11, 23): (period("08:00", "09:00"),)}
    )
    start = at("2026-11-23T08:30")
    assert add_office_minutes(closed, start, 30) == at("2026-11-23T09:00")
    assert office_minutes(closed, start, at("2036-11-23T08:30")) == 30
    with pytest.raises(OfficeNeverOpens):
        add_office_minutes(closed, start, 31)
    with pytest.raises(OfficeNeverOpens):
        end_of_working_day(closed, start, 1)


def test_a_year_on_islands_without_hours_is_no_reason_to_give_up() -> None:
    rare = OfficeCalendar(ZoneInfo("Asia/Jayapura"), week(), special={date(2027, 11, 23): (period("08:00", "09:00"),)})
    assert add_office_minutes(rare, at("2026-11-23T08:30"), 60) == at("2027-11-23T08:00")


def test_many_closed_days_are_fine_as_long_as_the_office_opens_again() -> None:
    mondays = OfficeCalendar(ZoneInfo("Asia/Jakarta"), week((period("08:00", "09:00"),)))
    start = at("2026-11-23T09:00")
    assert add_office_minutes(mondays, start, 100 * 60) == start + timedelta(weeks=99, hours=1)


def test_hours_that_clocks_put_forward_lay_over_each_other_count_once() -> None:
    night = (period("01:00", "02:45"), period("03:00", "04:00"))  # 02:45 does not exist: it is 03:45
    calendar = OfficeCalendar(ZoneInfo("Europe/Amsterdam"), week(), special={date(2027, 3, 28): night})
    start = datetime(2027, 3, 27, 23, tzinfo=UTC)
    assert office_minutes(calendar, start, start + timedelta(days=1)) == 120
    assert add_office_minutes(calendar, start, 120) == datetime(2027, 3, 28, 2, tzinfo=UTC)


def test_what_cannot_be_counted_is_refused() -> None:
    with pytest.raises(ValueError, match="forwards"):
        add_office_minutes(pangkep(), at("2026-11-23T08:30"), -1)
    with pytest.raises(ValueError, match="forwards"):
        end_of_working_day(pangkep(), at("2026-11-23T08:30"), -1)
    with pytest.raises(ValueError, match="aware"):
        add_office_minutes(pangkep(), datetime(2026, 11, 23, 8, 30), 1)  # noqa: DTZ001
    with pytest.raises(ValueError, match="minutes, working days or both"):
        Deadline()


def test_sixty_working_days_look_at_each_day_once() -> None:
    asked: list[int] = []

    def holidays(year: int) -> dict[date, str]:
        asked.append(year)
        return {}

    calendar = OfficeCalendar(ZoneInfo("Asia/Makassar"), week(*[(period("08:00", "16:00"),)] * 5), holidays=holidays)
    add_office_minutes(calendar, at("2026-11-23T08:00"), 60 * 480)
    assert len(asked) == 82  # twelve weeks, to the Friday of the last
