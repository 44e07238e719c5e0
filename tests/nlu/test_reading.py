"""Sentences as citizens write them. These few must never break; nlu/evaluate.py measures the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Ask = Callable[[str], dict[str, Any]]


def service(answer: dict[str, Any]) -> str | None:
    return next((entity["value"] for entity in answer["entities"]), None)


@pytest.mark.parametrize(
    ("text", "intent", "named"),
    [
        ("kk sy hilang bgmn urusnya", "ask_service", "kk_hilang_rusak"),
        ("KK SAYA HILANG!!! gmn urusx", "ask_service", "kk_hilang_rusak"),
        ("kalau biayanya?", "ask_cost", None),
        ("brp lama jadi ktp ta'", "ask_duration", "ktp"),
        ("akta lahir", "ask_service", "akta_lahir"),
        ("ktp hilangki", "ask_service", "ktp_hilang"),
        ("urus KK", "ask_service", "kk"),
        ("jam berapa buka kantor", "ask_hours", None),
        ("kantornya dimana ki'", "ask_location", None),
        ("assalamualaikum", "greet", None),
        ("makasih banyak pak 🙏", "thank", None),
        ("mau bicara dengan petugas", "talk_to_human", None),
        ("ini robot atau orang?", "bot_challenge", None),
        ("cara bayar pajak motor di samsat", "out_of_scope", None),
    ],
)
def test_it_reads(ask: Ask, text: str, intent: str, named: str | None) -> None:
    answer = ask(text)
    assert (answer["intent"]["name"], service(answer)) == (intent, named)
    assert answer["intent"]["confidence"] >= 0.7


def test_two_questions_in_one_message_are_both_read(ask: Ask) -> None:
    answer = ask("syarat ktp hilang dan jam buka kantor")
    assert (answer["intent"]["name"], service(answer)) == ("ask_service", "ktp_hilang")
    (further,) = answer["also"]
    assert (further["intent"]["name"], further["text"]) == ("ask_hours", "jam buka kantor")


@pytest.mark.parametrize(
    "text",
    [
        "nama dan tanggal lahir saya salah di kk",
        "suami meninggal dan mau ganti kk",
        "saya dan istri mau pindah ke makassar, apa syaratnya?",
        "halo, selamat pagi pak",
    ],
)
def test_one_question_with_an_and_stays_one(ask: Ask, text: str) -> None:
    assert ask(text)["also"] == []


def test_thanks_before_a_question_do_not_hide_it(ask: Ask) -> None:
    assert ask("makasih pak, kalau biayanya?")["intent"]["name"] == "ask_cost"


@pytest.mark.parametrize("text", ["", "   ", "😀😀", "zxqv wkwk brrt", "...", "٣٤"])
def test_what_says_nothing_is_never_read_with_confidence(ask: Ask, text: str) -> None:
    answer = ask(text)
    assert answer["intent"]["name"] == "out_of_scope" or answer["intent"]["confidence"] < 0.4
    assert answer["entities"] == []
