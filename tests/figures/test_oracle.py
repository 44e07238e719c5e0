"""Whatever happened to the tickets, the figures are those that one gets by counting minute after minute."""

from __future__ import annotations

from datetime import datetime
from math import ceil
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.calendar import OfficeCalendar
from bot.contracts import EventKind
from bot.figures import Fact, Figure, Measured, Spread, measure, summary
from tests.calendars import calendars, instants, week
from tests.figures.histories import histories, matters
from tests.figures.oracle import reckon

CLOSED_FOR_GOOD = OfficeCalendar(zone=ZoneInfo("Asia/Makassar"), week=week())


@settings(max_examples=150, deadline=None)
@given(st.one_of(histories(), matters()), calendars())
def test_every_figure_is_what_a_count_of_minutes_gives(facts: list[Fact], calendar: OfficeCalendar) -> None:
    found = [
        (str(one.figure), one.ticket_id, one.cycle, one.at, one.post_id, one.service, one.minutes, one.late)
        for one in measure(facts, calendar)
    ]
    assert sorted(found, key=str) == sorted(reckon(facts, calendar), key=str)


@given(st.lists(st.integers(0, 500), max_size=40), instants)
def test_half_took_no_longer_than_the_median_and_nine_in_ten_no_longer_than_the_ninetieth(
    minutes: list[int], at: datetime
) -> None:
    found = summary(Measured(Figure.RESOLUTION, 1, 1, at, None, None, minutes=one) for one in minutes).resolution
    if not minutes:
        assert found == Spread(0)
        return
    assert found.count == len(minutes)
    ordered, middle = sorted(minutes), len(minutes) // 2
    halves = ordered[middle], ordered[-middle - 1]
    assert found.median == sum(halves) // 2
    within = [limit for limit in ordered if sum(one <= limit for one in minutes) >= ceil(len(minutes) * 9 / 10)]
    assert found.p90 == min(within)


@settings(deadline=None)
@given(instants)
def test_an_end_that_was_missed_and_then_recounted_counts_once_as_late(at: datetime) -> None:
    """An officer read the complaint after its end had passed, and it turned out to be of a class with a longer one."""
    missed = Fact(EventKind.ALERT, "clock", at, 1, {"cycle": 1, "target": "1.resolution.0", "level": "breach"})
    met = Fact(EventKind.TARGET_MET, "staff:1", at, 1, {"cycle": 1, "target": "1.resolution.1", "late": False})
    assert [one.late for one in measure([missed, met], CLOSED_FOR_GOOD)] == [True]


@settings(deadline=None)
@given(instants)
def test_facts_of_a_ticket_whose_beginning_is_not_kept_any_more_still_tell_its_deadlines(at: datetime) -> None:
    met = Fact(EventKind.TARGET_MET, "staff:1", at, 1, {"cycle": 1, "target": "1.resolution.0", "late": False})
    ended = Fact(EventKind.RESOLVED, "staff:1", at, 1, {"cycle": 1})
    found = measure([met, ended], CLOSED_FOR_GOOD)
    assert [one.figure for one in found] == [Figure.WITHIN_TARGET]
