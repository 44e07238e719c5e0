"""As a citizen who asks for a person I hear at once where I stand and when somebody answers, and I keep my place."""

from __future__ import annotations

import re

import pytest

from bot.contracts import ConversationState
from bot.models import Conversation
from tests.desk import Desk
from tests.installation import CITIZEN, Installation
from tests.journeys.test_a_person import NUMBER

OTHER, THIRD = "whatsapp:+6281100000002", "whatsapp:+6281100000003"
WISH = "sy mau bicara dengan petugas"


def asked(sapa: Installation, text: str = WISH, citizen: str = CITIZEN) -> str:
    return "\n".join(sapa.ask(text, citizen=citizen))


def state(desk: Desk) -> ConversationState:
    with desk.sapa.database.reading() as session:
        return session.get_one(Conversation, desk.conversation()).state


def test_number_place_and_expected_time_are_told_at_once_while_the_office_is_open(
    sapa: Installation, desk: Desk
) -> None:
    desk.it_is("2026-11-16 09:00")
    answer = asked(sapa)
    assert NUMBER.search(answer)
    assert "berikutnya" in answer
    assert re.search(r"Perkiraan dibalas \*pukul 11\.0[05] WITA\*", answer), answer  # within the target of 120 minutes
    assert "tutup" not in answer
    assert state(desk) is ConversationState.WAITING


def test_the_expected_time_passes_over_lunch(sapa: Installation, desk: Desk) -> None:
    desk.it_is("2026-11-16 11:30")
    assert re.search(r"pukul 14\.3[05] WITA", asked(sapa))


@pytest.mark.parametrize(
    ("when", "opens"),
    [
        ("2026-11-13 17:10", "Senin pukul 08.00 WITA"),  # Friday evening
        ("2026-11-17 03:00", "pukul 08.00 WITA"),  # at night
        ("2026-11-13 12:15", "pukul 13.00 WITA"),  # Friday prayer
        ("2026-08-14 18:00", "Selasa pukul 08.00 WITA"),  # Monday is Independence Day
        ("2026-12-24 09:00", "Senin pukul 08.00 WITA"),  # cuti bersama, Christmas, weekend
    ],
)
def test_a_closed_office_says_when_it_answers(sapa: Installation, desk: Desk, when: str, opens: str) -> None:
    desk.it_is(when)
    answer = asked(sapa)
    assert f"Kantor sedang tutup, jadi petugas membalas mulai *{opens}*" in answer
    assert "Perkiraan" not in answer


def test_the_place_counts_those_before_and_writing_again_never_moves_it_back(sapa: Installation, desk: Desk) -> None:
    desk.it_is("2026-11-16 09:00")
    first = asked(sapa)
    desk.it_is("2026-11-16 09:01")
    assert "antrean ke-2" in asked(sapa, citizen=OTHER)
    desk.it_is("2026-11-16 09:02")
    asked(sapa, "kok lama sekali")
    asked(sapa, "minta petugas")
    third = asked(sapa, citizen=THIRD)
    assert "antrean ke-3" in third
    mine = NUMBER.search(first)
    assert mine
    assert desk.queue()[0] == mine[0]
    assert "berikutnya" in asked(sapa, "antrean saya")
    assert "antrean ke-2" in asked(sapa, "antrean saya", citizen=OTHER)


def test_who_complains_again_keeps_number_and_place(sapa: Installation, desk: Desk) -> None:
    desk.it_is("2026-11-16 09:00")
    asked(sapa, "saya kecewa sudah dua minggu tidak ada balasan dari admin")
    desk.it_is("2026-11-16 09:01")
    asked(sapa, citizen=OTHER)
    desk.it_is("2026-11-16 09:02")
    asked(sapa, "saya kecewa sudah dua minggu tidak ada balasan dari admin")
    assert desk.queue() == [desk.ticket().number, desk.ticket(OTHER).number]


def test_the_place_is_that_of_the_first_message_nobody_answered(sapa: Installation, desk: Desk) -> None:
    desk.it_is("2026-11-16 09:00")
    sapa.write(WISH)  # the worker is slow today
    desk.it_is("2026-11-16 09:05")
    asked(sapa, citizen=OTHER)
    assert desk.queue()[0] == desk.ticket().number


def test_the_queue_moves_up_when_somebody_before_is_taken(sapa: Installation, desk: Desk) -> None:
    desk.it_is("2026-11-16 09:00")
    officer = desk.hire()
    asked(sapa)
    asked(sapa, citizen=OTHER)
    desk.claim(officer)
    assert "berikutnya" in asked(sapa, "antrean saya", citizen=OTHER)


def test_questions_are_answered_meanwhile_and_do_not_end_the_wait(sapa: Installation, desk: Desk) -> None:
    desk.it_is("2026-11-16 09:00")
    asked(sapa)
    assert "WITA" in asked(sapa, "jam berapa buka kantor")
    assert desk.queue() == [desk.ticket().number]
    assert state(desk) is ConversationState.WAITING


def test_one_who_was_misunderstood_twice_waits_for_an_officer(sapa: Installation, desk: Desk) -> None:
    desk.it_is("2026-11-16 09:00")
    asked(sapa, "xkcd qwpo zzrt")
    assert NUMBER.search(asked(sapa, "blorp vrim klaxon"))
    assert desk.ticket().reason == "misunderstood"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("saya kecewa sudah dua minggu tidak ada balasan dari admin", "complaint"),
        ("ada calo minta uang 200 ribu buat ktp", "fraud"),
        ("robot bodoh", "anger"),
        ("suami saya nikah lagi tanpa izin", "sensitive"),
    ],
)
def test_what_a_person_must_hear_is_handed_over(sapa: Installation, desk: Desk, text: str, reason: str) -> None:
    desk.it_is("2026-11-16 09:00")
    assert NUMBER.search(asked(sapa, text))
    assert desk.ticket().reason == reason
    assert state(desk) is ConversationState.WAITING


def test_ticket_place_and_alert_are_there_in_one_transaction(sapa: Installation, desk: Desk) -> None:
    """What the answer's transaction wrote is all there is before the clock has run once."""
    desk.it_is("2026-11-16 09:00")
    asked(sapa)
    officer = desk.hire()
    sapa.tick()
    assert desk.mails(officer) == ["Tiket baru menunggu"]
