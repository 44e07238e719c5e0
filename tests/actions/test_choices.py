"""Picking from what was offered: numbers and words, before anything is read."""

from __future__ import annotations

import pytest

from actions.choices import picked
from actions.turn import is_choice
from bot.contracts import Choice, Memory, MessageKind, Said
from tests.actions.chat import NUMBER, Chat

KTP = (
    Choice("KTP-el pertama", "ask_service", "ktp_baru"),
    Choice("KTP-el hilang", "ask_service", "ktp_hilang"),
    Choice("KTP-el rusak", "ask_service", "ktp_rusak"),
    Choice("Ubah data KTP-el", "ask_service", "ktp_perubahan"),
)
PENDING = Memory(choices=KTP)


@pytest.mark.parametrize(
    ("said", "service"),
    [
        ("2", "ktp_hilang"),
        (" 2. ", "ktp_hilang"),
        ("no 2", "ktp_hilang"),
        ("nomor 2 pak", "ktp_hilang"),
        ("yg kedua", "ktp_hilang"),
        ("yang pertama", "ktp_baru"),
        ("dua", "ktp_hilang"),
        ("2️⃣", "ktp_hilang"),
        ("٢", "ktp_hilang"),
        ("pilih nomor 3 ya min", "ktp_rusak"),
        ("hilang", "ktp_hilang"),
        ("ktp hilang", "ktp_hilang"),
        ("KTP-el rusak", "ktp_rusak"),
        ("ubah data", "ktp_perubahan"),
    ],
)
def test_it_is_picked_by_number_or_word(said: str, service: str) -> None:
    [choice] = picked(said, PENDING)
    assert choice.service == service


@pytest.mark.parametrize(
    "said", ["", "ktp", "kk hilang", "5", "0", "2 orang anak", "biaya", "jam 2", "99", "🙏", "dua anak saya"]
)
def test_other_texts_are_not_a_pick(said: str) -> None:
    assert not is_choice(said, PENDING)


def test_nothing_is_a_pick_when_nothing_was_offered() -> None:
    assert not is_choice("1", Memory())


def test_several_numbers_pick_several() -> None:
    assert [choice.service for choice in picked("1 dan 3", PENDING)] == ["ktp_baru", "ktp_rusak"]


def test_a_buttons_payload_picks() -> None:
    assert picked("apa pun", PENDING, payload="3") == (KTP[2],)


def test_a_pick_wins_over_what_the_nlu_read(chat: Chat) -> None:
    chat.memory = PENDING
    assert "Syarat KTP-el hilang" in chat.say("2", "ask_hours")


def test_a_pressed_button_is_answered(chat: Chat) -> None:
    chat.memory = PENDING
    assert "KTP-el rusak" in chat.turn(Said(1, MessageKind.BUTTON, "KTP-el rusak", payload="3"))


def test_a_number_that_was_not_offered_is_asked_again(chat: Chat) -> None:
    chat.memory = PENDING
    answer = chat.say("9", "ask_hours", confidence=0.2)
    assert "yang mana" in answer
    assert chat.memory.choices == KTP


def test_a_number_out_of_the_blue_shows_the_menu(chat: Chat) -> None:
    assert "1. KTP-el" in chat.say("7", "ask_hours", confidence=0.2)


def test_yes_picks_the_only_thing_offered(chat: Chat) -> None:
    chat.memory = Memory(choices=(Choice("Bicara dengan petugas", "talk_to_human"), Choice("Menu", "help")))
    assert NUMBER in chat.say("iya mau", "affirm")


def test_yes_to_several_asks_which(chat: Chat) -> None:
    chat.memory = PENDING
    assert "yang mana" in chat.say("iya", "affirm")


def test_thanks_leave_the_offer_standing(chat: Chat) -> None:
    chat.memory = PENDING
    assert "1." not in chat.say("makasih", "thank")
    assert "KTP-el hilang" in chat.say("2")
