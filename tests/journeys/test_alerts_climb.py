"""As a citizen who waits I am not forgotten: whoever can act is told, and others after them, until a person acts."""

from __future__ import annotations

from datetime import date

import pytest

from bot.contracts import ConversationState, Role
from tests.desk import MINUTE, Colleague, Desk
from tests.installation import Installation
from tests.journeys.test_waiting_for_an_officer import OTHER, asked, state

FIRST = "1.first_response.0"
WAITING, HALF, MOST, LATE = "Tiket baru menunggu", "Separuh waktu sudah lewat", "Segera dijawab", "Terlambat"
ANYBODY, NOBODY_ACTED, BACK = "Terlambat, siapa saja boleh mengambil", "Belum ada yang bertindak", "Kembali ke antrean"


@pytest.fixture
def team(desk: Desk) -> tuple[Colleague, Colleague, Colleague]:
    """Monday, 09.00: two officers and a supervisor."""
    desk.it_is("2026-11-16 09:00")
    return desk.hire(), desk.hire(), desk.hire(Role.SUPERVISOR)


Team = tuple[Colleague, Colleague, Colleague]


def raised(desk: Desk, target: str = FIRST) -> list[tuple[str, str]]:
    return [(level, at.strftime("%d %H.%M")) for level, about, at in desk.alerts() if about == target]


def test_an_alert_climbs_until_a_person_acts(sapa: Installation, desk: Desk, team: Team) -> None:
    first, second, supervisor = team
    asked(sapa)
    desk.until("2026-11-16 15:00", step=3 * MINUTE)
    assert raised(desk, "1.queue") == [("waiting", "16 09.03")]
    assert raised(desk) == [
        ("half", "16 10.00"),
        ("most", "16 10.36"),
        ("breach", "16 11.00"),
        ("officers", "16 11.15"),
        ("supervisor", "16 11.30"),
        ("supervisor", "16 13.30"),  # an hour later, lunch between
        ("supervisor", "16 14.30"),
    ]
    assert desk.mails(first) == desk.mails(second) == [WAITING, HALF, MOST, LATE, ANYBODY, *[NOBODY_ACTED] * 3]
    assert desk.mails(supervisor) == [NOBODY_ACTED] * 3
    assert len(desk.texts(supervisor)) == 3
    desk.reply(second, "Maaf menunggu.")
    told = len(desk.alerts())
    desk.until("2026-11-16 16:00", step=3 * MINUTE)
    assert len(desk.alerts()) == told


def test_an_answer_in_time_ends_it_before_it_begins(sapa: Installation, desk: Desk, team: Team) -> None:
    asked(sapa)
    desk.until("2026-11-16 09:30", step=10 * MINUTE)
    desk.reply(team[0], "Selamat pagi.")
    desk.until("2026-11-16 11:30", step=10 * MINUTE)
    assert raised(desk) == []
    assert desk.mails(team[1]) == [WAITING]


def test_what_was_taken_before_the_clock_came_by_is_told_to_nobody(sapa: Installation, desk: Desk, team: Team) -> None:
    asked(sapa)
    desk.claim(team[0])
    sapa.tick()
    assert desk.mails(team[1]) == []


def test_only_the_owner_hears_while_a_claim_is_live(sapa: Installation, desk: Desk, team: Team) -> None:
    owner, other, _ = team
    asked(sapa)
    sapa.tick()
    desk.it_is("2026-11-16 09:50")
    desk.claim(owner)
    desk.until("2026-11-16 10:15", step=5 * MINUTE)
    assert desk.mails(owner) == [WAITING, HALF]
    assert desk.mails(other) == [WAITING]


def test_a_claim_stops_the_climbing_for_its_lease(sapa: Installation, desk: Desk, team: Team) -> None:
    owner, other, supervisor = team
    asked(sapa)
    sapa.tick()
    desk.it_is("2026-11-16 11:10")  # late; `officers` would be due at 11.15
    desk.claim(owner)
    desk.until("2026-11-16 11:39", step=MINUTE)
    assert [level for level, _ in raised(desk)] == ["half", "most", "breach"]
    assert desk.mails(supervisor) == []
    desk.until("2026-11-16 11:45", step=MINUTE)  # 30 minutes without a word
    assert ("officers", "16 11.40") in raised(desk)
    assert ANYBODY in desk.mails(other)


def test_an_owner_who_falls_silent_loses_the_claim_and_the_supervisor_hears(
    sapa: Installation, desk: Desk, team: Team
) -> None:
    owner, other, supervisor = team
    asked(sapa)
    asked(sapa, citizen=OTHER)
    sapa.tick()
    desk.it_is("2026-11-16 09:10")
    desk.claim(owner)
    desk.until("2026-11-16 09:39", step=MINUTE)
    assert state(desk) is ConversationState.WITH_OFFICER
    desk.until("2026-11-16 09:41", step=MINUTE)
    assert state(desk) is ConversationState.WAITING
    assert desk.queue()[0] == desk.ticket().number, "back at its old place"
    assert [event.actor for event in desk.events("claim_lost")] == ["clock"]
    assert desk.mails(supervisor) == [BACK]
    assert BACK in desk.mails(other)
    assert "WITA" in asked(sapa, "jam berapa buka kantor"), "the assistant answers again"


def test_the_lease_begins_anew_with_every_answer_owed(sapa: Installation, desk: Desk, team: Team) -> None:
    owner = team[0]
    asked(sapa)
    desk.reply(owner, "Boleh kirim nama desanya?")
    desk.until("2026-11-16 10:30", step=10 * MINUTE)
    assert state(desk) is ConversationState.WITH_OFFICER, "nothing is owed: it stays with the officer"
    sapa.ask("desa Bonto")
    desk.until("2026-11-16 10:59", step=MINUTE)
    assert state(desk) is ConversationState.WITH_OFFICER
    desk.until("2026-11-16 11:01", step=MINUTE)
    assert state(desk) is ConversationState.WAITING
    assert BACK in desk.mails(team[2])


def test_nobody_on_duty_and_the_supervisor_hears(sapa: Installation, desk: Desk, team: Team) -> None:
    first, second, supervisor = team
    for officer in (first, second):
        desk.absent(officer, date(2026, 11, 16), date(2026, 11, 17))
    asked(sapa)
    sapa.tick()
    assert desk.mails(supervisor) == [WAITING]
    assert desk.mails(first) == desk.mails(second) == []


def test_an_absent_officer_gets_nothing_and_is_back_the_day_after(sapa: Installation, desk: Desk, team: Team) -> None:
    first, second, supervisor = team
    desk.absent(first, date(2026, 11, 16), date(2026, 11, 16))
    asked(sapa)
    desk.until("2026-11-16 15:55", step=10 * MINUTE)
    assert desk.notices(first) == []
    assert desk.texts(first) == []
    assert WAITING in desk.mails(second)
    assert NOBODY_ACTED in desk.mails(supervisor)
    desk.it_is("2026-11-17 08:00")
    asked(sapa, citizen=OTHER)
    sapa.tick()
    assert WAITING in desk.mails(first)


def test_nobody_at_all_and_the_administrator_hears(sapa: Installation, desk: Desk) -> None:
    desk.it_is("2026-11-16 09:00")
    administrator = desk.hire(Role.ADMINISTRATOR)
    asked(sapa)
    sapa.tick()
    assert desk.mails(administrator) == [WAITING]


def test_another_offices_people_hear_nothing(sapa: Installation, desk: Desk, team: Team) -> None:
    from tests.people import add_office, invite

    add_office(sapa.app, "MRS", "whatsapp:+6281100000900")
    stranger = invite(sapa.app, Role.SUPERVISOR, prefix="MRS")
    asked(sapa)
    desk.until("2026-11-16 11:40", step=10 * MINUTE)
    assert sapa.ways.mail.mails(stranger.email) == []


def test_a_second_request_climbs_by_itself(sapa: Installation, desk: Desk, team: Team) -> None:
    asked(sapa)
    desk.it_is("2026-11-16 09:30")
    asked(sapa, citizen=OTHER)
    sapa.tick()
    desk.reply(team[0], "Selamat pagi.")
    desk.until("2026-11-16 10:31", step=10 * MINUTE)
    assert [at for level, at in raised(desk) if level == "half"] == ["16 10.30"]


def test_what_is_urgent_is_told_sooner(sapa: Installation, desk: Desk, team: Team) -> None:
    asked(sapa, "ada calo minta uang 200 ribu buat ktp")
    desk.until("2026-11-16 09:32", step=MINUTE)
    assert raised(desk) == [("half", "16 09.15"), ("most", "16 09.24"), ("breach", "16 09.30")]


def test_the_end_of_a_ticket_has_a_deadline_of_its_own(sapa: Installation, desk: Desk, team: Team) -> None:
    asked(sapa)
    desk.reply(team[0], "Kami periksa dulu.")
    desk.until("2026-11-17 09:00", step=30 * MINUTE)
    assert raised(desk, "1.resolution.0") == [("half", "17 08.30")]
    assert desk.mails(team[1]) == [], "it is the owner's"
