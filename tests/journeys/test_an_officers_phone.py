"""As an officer between two visitors I take a ticket from my own WhatsApp, and never become a citizen by accident."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from bot.contracts import Actor, ConversationState, Role
from bot.desk import staff
from bot.models import Post, Ticket
from tests.desk import Colleague, Desk
from tests.installation import Installation
from tests.journeys.test_waiting_for_an_officer import OTHER, asked, state
from tests.people import add_office, invite


@pytest.fixture
def officer(sapa: Installation, desk: Desk) -> Colleague:
    """Monday 09.00: a citizen waits, and one officer's phone has told so."""
    desk.it_is("2026-11-16 09:00")
    hired = desk.hire()
    asked(sapa)
    sapa.tick()
    desk.it_is("2026-11-16 09:02")
    return hired


def holds(desk: Desk, colleague: Colleague) -> bool:
    return desk.ticket().owner_id == colleague.actor.post_id and state(desk) is ConversationState.WITH_OFFICER


def written(colleague: Colleague, sapa: Installation, text: str) -> str:
    return "\n".join(sapa.ask(text, citizen=colleague.phone))


def test_the_alert_on_the_phone_names_the_ticket_and_nobody(desk: Desk, officer: Colleague) -> None:
    [text] = desk.texts(officer)
    assert desk.ticket().number in text
    assert "16 November 2026 11.00 WITA" in text
    assert "6281100000001" not in text


@pytest.mark.parametrize("form", ["AMBIL {number}", "ambil {count}", "Ambil {number} ya", "{number}"])
def test_ambil_and_the_number_take_the_ticket(sapa: Installation, desk: Desk, officer: Colleague, form: str) -> None:
    number = desk.ticket().number
    answer = written(officer, sapa, form.format(number=number, count=number[-5:-1].lstrip("0")))
    assert f"*{number}* sekarang Anda pegang" in answer
    assert holds(desk, officer)
    assert sapa.ask("halo?") == [], "the assistant is silent now"


def test_the_templates_button_takes_the_ticket(sapa: Installation, desk: Desk, officer: Colleague) -> None:
    [template] = sapa.control.sent(officer.phone)
    sapa.control.press(template.sid, wait=True)
    sapa.settle()
    assert "sekarang Anda pegang" in desk.texts(officer)[-1]
    assert holds(desk, officer)


def test_the_second_hears_who_has_it(sapa: Installation, desk: Desk, officer: Colleague) -> None:
    second = desk.hire()
    number = desk.ticket().number
    written(officer, sapa, f"AMBIL {number}")
    assert f"sudah dipegang {officer.name}" in written(second, sapa, f"AMBIL {number}")
    assert holds(desk, officer)


def test_taking_it_twice_is_no_harm(sapa: Installation, desk: Desk, officer: Colleague) -> None:
    number = desk.ticket().number
    for _ in range(2):
        assert "sekarang Anda pegang" in written(officer, sapa, f"AMBIL {number}")
    assert len(desk.events("claimed")) == 1


def test_antrean_lists_who_waits_and_since_when(sapa: Installation, desk: Desk, officer: Colleague) -> None:
    asked(sapa, citizen=OTHER)
    desk.it_is("2026-11-16 09:12")
    first, second = desk.queue()
    answer = written(officer, sapa, "antrean")
    assert f"1. *{first}*, menunggu 12 menit" in answer
    assert f"2. *{second}*, menunggu 10 menit" in answer


def test_a_number_that_is_not_waiting_is_told(sapa: Installation, desk: Desk, officer: Colleague) -> None:
    assert "Tidak ada yang menunggu dengan nomor" in written(officer, sapa, "AMBIL 4711")
    desk.resolve(officer)
    assert "Tidak ada yang menunggu dengan nomor" in written(officer, sapa, f"AMBIL {desk.ticket().number}")


@pytest.mark.parametrize("text", ["syarat ktp hilang apa saja", "minta petugas", "robot bodoh", "terima kasih", "2"])
def test_nothing_an_officer_writes_is_a_citizens_question(
    sapa: Installation, desk: Desk, officer: Colleague, text: str
) -> None:
    assert "Nomor ini terdaftar sebagai petugas" in written(officer, sapa, text)
    with sapa.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Ticket)) == 1


def test_warga_makes_a_citizen_of_an_officer(sapa: Installation, officer: Colleague) -> None:
    assert "KTP" in written(officer, sapa, "WARGA syarat ktp hilang apa saja")


def test_another_offices_ticket_is_not_there(sapa: Installation, desk: Desk, officer: Colleague) -> None:
    """The ticket exists, but the officer serves elsewhere."""
    add_office(sapa.app, "MRS", "whatsapp:+6281100000900")
    invite(sapa.app, Role.OFFICER, prefix="MRS", whatsapp="+6281100000901")
    stranger = "whatsapp:+6281100000901"
    answer = "\n".join(sapa.ask(f"AMBIL {desk.ticket().number}", citizen=stranger))
    assert "pegang" not in answer, "to this office they are a citizen"
    assert state(desk) is ConversationState.WAITING


def test_who_left_the_office_is_a_citizen_again(sapa: Installation, desk: Desk, officer: Colleague) -> None:
    with desk.at_desk() as session:
        post = session.get_one(Post, officer.actor.post_id)
        staff.deactivate(session, post, by=Actor(0, 1, Role.ADMINISTRATOR), now=desk.now())
    assert "pegang" not in written(officer, sapa, f"AMBIL {desk.ticket().number}")
    assert state(desk) is ConversationState.WAITING
