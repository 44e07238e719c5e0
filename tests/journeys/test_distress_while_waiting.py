"""As a citizen who waits already I tell of something worse, and those who can act hear of it at once."""

from __future__ import annotations

import pytest

from bot.contracts import TargetState
from tests.desk import MINUTE, Colleague, Desk, local
from tests.installation import Installation
from tests.journeys.test_waiting_for_an_officer import OTHER, asked

DISTRESS = "suami saya memukuli saya"
WAITING, URGENT = "Tiket baru menunggu", "Mendesak"


@pytest.fixture
def officer(sapa: Installation, desk: Desk) -> Colleague:
    """Monday 09.00: a citizen asks for an officer, and another one after them."""
    desk.it_is("2026-11-16 09:00")
    officer = desk.hire()
    asked(sapa)
    sapa.tick()
    desk.it_is("2026-11-16 09:05")
    asked(sapa, citizen=OTHER)
    sapa.tick()
    desk.it_is("2026-11-16 09:20")
    return officer


def running(desk: Desk, number: str = "") -> dict[str, str]:
    """What is owed by when, by the office's clock."""
    ticket = next(one for one in desk.tickets() if number in ("", one.number))
    mine = [one for one in desk.targets() if one.ticket_id == ticket.id and one.state is TargetState.RUNNING]
    return {f"{one.kind}.{one.ordinal}": local(one.due_at).strftime("%d %H.%M") for one in mine}


def test_it_is_urgent_from_that_message_on_and_told_again(sapa: Installation, desk: Desk, officer: Colleague) -> None:
    number = desk.ticket().number
    answer = asked(sapa, DISTRESS)
    assert number in answer, "the same ticket"
    sapa.tick()
    ticket = desk.ticket()
    assert (ticket.reason, ticket.priority) == ("distress", "urgent")
    assert running(desk) == {"first_response.1": "16 09.50", "resolution.0": "17 16.00"}
    assert desk.mails(officer) == [WAITING, WAITING, URGENT]
    desk.until("2026-11-16 09:51", step=MINUTE)
    shorter = [(level, at.strftime("%H.%M")) for level, about, at in desk.alerts() if about == "1.first_response.1"]
    assert shorter == [("half", "09.35"), ("most", "09.44"), ("breach", "09.50")]
    assert [fact.data["reason"] for fact in desk.events("priority_raised")] == ["distress"]


def test_the_place_in_the_queue_stays(sapa: Installation, desk: Desk, officer: Colleague) -> None:
    before = desk.queue()
    assert "berikutnya" in asked(sapa, DISTRESS)
    assert desk.queue() == before


def test_nothing_makes_it_less_urgent_again(sapa: Installation, desk: Desk, officer: Colleague) -> None:
    asked(sapa, DISTRESS)
    sapa.tick()
    owed, told = running(desk), len(desk.mails(officer))
    desk.it_is("2026-11-16 09:30")
    asked(sapa, "minta petugas")
    asked(sapa, DISTRESS)
    asked(sapa, "robot bodoh")
    sapa.tick()
    assert (desk.ticket().reason, desk.ticket().priority) == ("distress", "urgent")
    assert running(desk) == owed
    assert len(desk.mails(officer)) == told


def test_what_is_nearly_due_is_not_put_off(sapa: Installation, desk: Desk, officer: Colleague) -> None:
    desk.until("2026-11-16 10:50", step=10 * MINUTE)
    asked(sapa, DISTRESS)
    assert running(desk)["first_response.0"] == "16 11.00"
    assert desk.ticket().priority == "urgent"


def test_at_night_it_is_urgent_from_the_opening_on_and_told_once(sapa: Installation, desk: Desk) -> None:
    desk.it_is("2026-11-16 19:00")
    officer = desk.hire()
    asked(sapa)
    desk.it_is("2026-11-16 23:00")
    asked(sapa, DISTRESS)
    desk.until("2026-11-17 08:01", step=60 * MINUTE)
    assert desk.mails(officer) == [URGENT]
    assert running(desk)["first_response.1"] == "17 08.30"


def test_a_complaint_that_turns_into_distress_is_urgent(sapa: Installation, desk: Desk) -> None:
    desk.it_is("2026-11-16 09:00")
    officer = desk.hire()
    asked(sapa, "saya kecewa sudah dua minggu tidak ada balasan dari admin")
    sapa.tick()
    desk.it_is("2026-11-16 09:20")
    asked(sapa, DISTRESS)
    sapa.tick()
    (ticket,) = desk.tickets()
    assert (ticket.kind, ticket.reason, ticket.priority) == ("complaint", "distress", "urgent")
    assert desk.mails(officer) == [WAITING, URGENT]


def test_as_another_matter_it_is_a_ticket_of_its_own_at_the_same_place(
    sapa: Installation, desk: Desk, officer: Colleague
) -> None:
    assert "berikutnya" in asked(sapa, "ada calo minta uang 200 ribu buat ktp")
    sapa.tick()
    wish, urgent = desk.tickets()
    assert wish.priority == "normal"
    assert (urgent.reason, urgent.priority) == ("fraud", "urgent")
    assert running(desk, urgent.number)["first_response.0"] == "16 09.50"
    assert desk.mails(officer).count(WAITING) == 3
    assert "berikutnya" in asked(sapa, "antrean saya")


def test_who_was_answered_and_given_back_is_owed_a_quick_answer_again(
    sapa: Installation, desk: Desk, officer: Colleague
) -> None:
    desk.reply(officer, "Kami periksa dulu.")
    desk.release(officer)
    desk.it_is("2026-11-16 09:40")
    asked(sapa, DISTRESS)
    assert running(desk)["next_response.1"] == "16 10.10"
