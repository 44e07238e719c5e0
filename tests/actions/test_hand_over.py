"""Who asks for a person reaches one, and hears at once: number, place, and about when, by the office's clock."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from actions.place import told
from bot.contracts import Choice, HandOver, HandOverReason, Memory, Place
from bot.knowledge import Knowledge
from tests.actions.chat import NUMBER, TUESDAY_TEN, Chat
from tests.actions.test_choices import PENDING

MONDAY_EIGHT = datetime(2026, 11, 30, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("intent", "kind", "reason"),
    [
        ("talk_to_human", "talk_to_human", HandOverReason.WISH),
        ("complaint", "complaint", HandOverReason.COMPLAINT),
        ("report_fraud", "report_fraud", HandOverReason.FRAUD),
    ],
)
def test_number_place_and_time_are_told_at_once(chat: Chat, intent: str, kind: str, reason: HandOverReason) -> None:
    chat.memory = Memory(service="akta_lahir")
    answer = chat.say("tolong yang itu", intent)
    assert chat.decision.commands == (HandOver(kind, reason, "akta_lahir"),)
    assert f"*{NUMBER}*" in answer
    assert "*antrean ke-3*" in answer
    assert "Perkiraan dibalas *pukul 10.40 WITA*" in answer
    assert not re.search(r"\bpasti\b|\bsegera\b|dijamin|menit|tutup", answer)


@pytest.mark.parametrize(
    "said", ["petugas", "PETUGAS!", "mau petugas pak", "sambungkan ke petugas", "minta petugas dong"]
)
@pytest.mark.parametrize("memory", [Memory(), PENDING, Memory(misunderstood=1)])
def test_the_word_officer_works_at_any_step_without_the_nlu(chat: Chat, said: str, memory: Memory) -> None:
    chat.memory, chat.nlu_available = memory, False
    chat.say(said)
    assert chat.decision.commands == (HandOver("talk_to_human", HandOverReason.WISH, memory.service),)


def test_a_choice_that_has_the_word_in_its_title_is_not_picked_by_it(chat: Chat) -> None:
    chat.memory = Memory(choices=(Choice("Petugas ke rumah", "ask_service", "jemput_bola"), *PENDING.choices))
    chat.say("petugas")
    assert isinstance(chat.decision.commands[0], HandOver)


def test_a_closed_office_says_when_it_answers(chat: Chat) -> None:
    chat.now = datetime(2026, 11, 28, 3, tzinfo=UTC)
    chat.place = Place(NUMBER, 1, opens=MONDAY_EIGHT)
    answer = chat.say("petugas")
    assert "Kantor sedang tutup, jadi petugas membalas mulai *Senin pukul 08.00 WITA*." in answer
    assert "Perkiraan" not in answer
    assert "Bapak/Ibu *berikutnya*." in answer


def test_an_officer_who_has_it_already_is_named_instead_of_a_place(chat: Chat) -> None:
    chat.place = Place(NUMBER, 0)
    answer = chat.say("petugas")
    assert "Petugas sudah memegang percakapan ini." in answer
    assert "antrean" not in answer


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (TUESDAY_TEN + timedelta(hours=4, minutes=20), "pukul 14.20 WITA"),
        (MONDAY_EIGHT, "Senin pukul 08.00 WITA"),
        (MONDAY_EIGHT + timedelta(days=1), "Selasa, 1 Desember 2026 pukul 08.00 WITA"),
        (datetime(2026, 12, 28, 0, tzinfo=UTC), "Senin, 28 Desember 2026 pukul 08.00 WITA"),
    ],
)
def test_a_time_is_told_on_the_offices_clock(knowledge: Knowledge, at: datetime, words: str) -> None:
    assert told({"x.opens": at}, TUESDAY_TEN, knowledge) == {"x.opens": words}


def test_an_estimate_is_rough_and_one_that_is_over_is_left_out(knowledge: Knowledge) -> None:
    soon, over = TUESDAY_TEN + timedelta(minutes=21, seconds=3), TUESDAY_TEN - timedelta(minutes=1)
    assert told({"x.expected": soon}, TUESDAY_TEN, knowledge) == {"x.expected": "pukul 10.25 WITA"}
    assert told({"x.expected": over}, TUESDAY_TEN, knowledge) == {"x.expected": ""}
