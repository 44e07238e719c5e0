"""As an officer I am left in peace outside the hours of my office; what waits is there in the morning."""

from __future__ import annotations

import pytest

from bot.contracts import Role
from tests.desk import MINUTE, Colleague, Desk
from tests.installation import Installation
from tests.journeys.test_alerts_climb import WAITING, raised
from tests.journeys.test_waiting_for_an_officer import asked


@pytest.fixture
def officer(desk: Desk) -> Colleague:
    return desk.hire()


@pytest.mark.parametrize(
    ("asks", "silent_until", "told"),
    [
        ("2026-11-16 18:00", "2026-11-17 07:59", "2026-11-17 08:00"),  # a night
        ("2026-11-16 12:10", "2026-11-16 12:59", "2026-11-16 13:00"),  # lunch
        ("2026-11-13 11:40", "2026-11-13 12:59", "2026-11-13 13:00"),  # Friday prayer
        ("2026-11-13 17:00", "2026-11-16 07:59", "2026-11-16 08:00"),  # a weekend
        ("2026-08-14 17:00", "2026-08-18 07:59", "2026-08-18 08:00"),  # a weekend and Independence Day
    ],
)
def test_who_writes_outside_the_hours_is_told_of_when_the_office_opens(
    sapa: Installation, desk: Desk, officer: Colleague, asks: str, silent_until: str, told: str
) -> None:
    desk.it_is(asks)
    asked(sapa)
    sapa.tick()
    desk.until(silent_until, step=60 * MINUTE)
    assert (desk.mails(officer), desk.texts(officer), desk.notices(officer)) == ([], [], [])
    desk.until(told)
    assert desk.mails(officer) == [WAITING]
    assert len(desk.texts(officer)) == 1


def test_climbing_stands_still_outside_the_hours(sapa: Installation, desk: Desk, officer: Colleague) -> None:
    """Asked for on Friday at 16.00: half an hour that day, the rest on Monday."""
    supervisor = desk.hire(Role.SUPERVISOR)
    desk.it_is("2026-11-13 16:00")
    asked(sapa)
    sapa.tick()
    desk.until("2026-11-16 07:50", step=60 * MINUTE)
    assert raised(desk) == []
    desk.until("2026-11-16 13:05", step=5 * MINUTE)
    assert raised(desk) == [
        ("half", "16 08.30"),
        ("most", "16 09.10"),  # at 09.06; the clock comes by every five minutes here
        ("breach", "16 09.30"),
        ("officers", "16 09.45"),
        ("supervisor", "16 10.00"),
        ("supervisor", "16 11.00"),
        ("supervisor", "16 12.00"),  # a deadline at closing time is told at closing time
        # nothing until 14.00
    ]
    assert len(desk.mails(supervisor)) == 3


def test_a_deadline_at_closing_time_is_told_at_closing_time(sapa: Installation, desk: Desk, officer: Colleague) -> None:
    desk.it_is("2026-11-16 14:00")
    asked(sapa)
    desk.until("2026-11-16 16:00", step=15 * MINUTE)
    assert raised(desk)[-1] == ("breach", "16 16.00")
    desk.until("2026-11-17 08:00", step=60 * MINUTE)
    assert raised(desk)[-1] == ("breach", "16 16.00")


def test_what_the_clock_slept_through_is_told_in_the_morning(
    sapa: Installation, desk: Desk, officer: Colleague
) -> None:
    """The clock process was down from before closing time until the night."""
    desk.it_is("2026-11-16 14:00")
    asked(sapa)
    sapa.tick()
    desk.it_is("2026-11-16 22:00")
    for _ in range(4):
        sapa.tick()
    assert raised(desk) == []
    desk.it_is("2026-11-17 08:00")
    for _ in range(4):
        sapa.tick()
    assert [level for level, _ in raised(desk)] == ["half", "most", "breach"]


def test_a_lease_runs_in_office_time(sapa: Installation, desk: Desk, officer: Colleague) -> None:
    """Taken at 11.45, a quarter of an hour before lunch: the claim ends at 13.15."""
    desk.it_is("2026-11-16 11:40")
    asked(sapa)
    sapa.tick()
    desk.it_is("2026-11-16 11:45")
    desk.claim(officer)
    desk.until("2026-11-16 13:14", step=MINUTE * 5)
    assert desk.events("claim_lost") == []
    desk.until("2026-11-16 13:16", step=MINUTE)
    assert len(desk.events("claim_lost")) == 1


def test_a_way_that_failed_at_closing_time_is_tried_again_in_the_morning(
    sapa: Installation, desk: Desk, officer: Colleague
) -> None:
    desk.it_is("2026-11-16 15:59")
    sapa.ways.mail.fault("answer", at="content", code=451, times=None)
    asked(sapa)
    desk.until("2026-11-16 16:30", step=MINUTE)
    sapa.ways.mail.clear_faults()
    desk.until("2026-11-17 07:55", step=60 * MINUTE)
    assert desk.mails(officer) == []
    desk.until("2026-11-17 08:05", step=MINUTE)
    assert desk.mails(officer) == [WAITING]
