"""An officer's own WhatsApp: a ticket is taken by thumb, and nothing is taken for a citizen's question."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions.officer import claim_told, fits, help_told, read_officer, waiting_told
from actions.replies import Replies
from bot.contracts import CitizenText, Claim, ClaimOutcome, Unknown, WaitingList
from tests.actions.chat import NUMBER, TUESDAY_TEN


@pytest.mark.parametrize(
    "said",
    [
        "AMBIL PKP-2611-0042K",
        "ambil pkp 2611 0042k",
        "Ambil pkp26110042k",
        "ambil PKP–2611–0042",
        "ambil no 0042",
        "AMBIL 0042K",
        "ambil 42",
        "saya ambil 42 ya",
        "ambil pkp 26ll OO42k",
        "ambl 2611-0042K!",
        "PKP-2611-0042K",
        "pkp 2611 0042k",
    ],
)
def test_it_takes_the_ticket_meant(said: str) -> None:
    found = read_officer(said)
    assert isinstance(found, Claim)
    assert fits(found, NUMBER)


@pytest.mark.parametrize("said", ["ambil 0043", "ambil 0042L", "ambil 2610-0042", "ambil BRU-2611-0042K", "ambil 2"])
def test_it_takes_no_other(said: str) -> None:
    found = read_officer(said)
    assert isinstance(found, Claim)
    assert not fits(found, NUMBER)


def test_a_buttons_payload_says_it_whatever_its_title() -> None:
    assert read_officer("Ambil", payload="AMBIL PKP-2611-0042K") == Claim("PKP26110042K")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("WARGA ktp saya hilang", CitizenText("ktp saya hilang")),
        ("warga: Jam buka?", CitizenText("Jam buka?")),
        ("Warga - ambil 42", CitizenText("ambil 42")),
        ("ANTREAN", WaitingList()),
        ("antrian pak", WaitingList()),
        ("ambil", WaitingList()),
        ("warga", Unknown()),
        ("wargaku banyak", Unknown()),
        ("ktp hilang syaratnya apa", Unknown()),
        ("0042", Unknown()),
        ("ambil ktp di mana", Unknown()),
        ("ambil foto 3x4", Unknown()),
        ("081100000001", Unknown()),
        ("", Unknown()),
        ("🙏", Unknown()),
    ],
)
def test_the_rest_is_what_it_is(said: str, meant: object) -> None:
    assert read_officer(said) == meant


@pytest.mark.parametrize("outcome", ClaimOutcome)
def test_every_outcome_is_told_with_its_number(replies: Replies, outcome: ClaimOutcome) -> None:
    assert NUMBER in replies.render(claim_told(outcome, NUMBER, "Bu Ani"), {})


def test_who_has_it_is_named(replies: Replies) -> None:
    assert "Bu Ani" in replies.render(claim_told(ClaimOutcome.TAKEN, NUMBER, "Bu Ani"), {})


def test_who_waits_is_listed_in_order(replies: Replies) -> None:
    since = [TUESDAY_TEN - timedelta(minutes=minutes) for minutes in (12, 130, 3000)]
    numbers = [NUMBER, "PKP-2611-0043L", "PKP-2611-0044M"]
    told = replies.render(waiting_told(list(zip(numbers, since, strict=True)), TUESDAY_TEN), {})
    assert "*3 menunggu*" in told
    assert f"1. *{NUMBER}*, menunggu 12 menit" in told
    assert "menunggu 2 jam" in told
    assert "menunggu 2 hari" in told
    assert "Tidak ada" in replies.render(waiting_told([], TUESDAY_TEN), {})


def test_help_names_every_word_that_works(replies: Replies) -> None:
    told = replies.render(help_told(), {})
    assert all(word in told for word in ("AMBIL", "ANTREAN", "WARGA"))
