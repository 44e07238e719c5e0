"""While an officer is waited for: questions are answered, the place is told, nothing opens twice, nothing is lost."""

from __future__ import annotations

import pytest

from bot.contracts import MessageKind, OpenTicket, Said
from bot.knowledge import Knowledge
from tests.actions.chat import NUMBER, Chat, text


@pytest.fixture
def waiting(chat: Chat) -> Chat:
    chat.say("petugas")
    assert chat.waits
    return chat


def test_questions_are_answered_as_ever(waiting: Chat) -> None:
    assert "Surat kehilangan kepolisian" in waiting.say("kk hilang", "ask_service", "kk_hilang_rusak")
    assert "WITA" in waiting.say("jam buka", "ask_hours")
    waiting.say("status akta saya", "check_status")
    assert waiting.decision.commands == (OpenTicket("check_status", "kk_hilang_rusak"),)


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("antrean saya", ""),
        ("antrian saya nomor berapa", "ask_queue"),
        ("kapan dibalas?", "complaint"),
        ("masih lama?", "ask_duration"),
        ("sampai mana antrean saya", "check_status"),
        ("saya di urutan berapa", "ask_queue"),
        ("halo", "greet"),
    ],
)
def test_the_place_is_told_when_it_is_asked_for(waiting: Chat, said: str, intent: str) -> None:
    answer = waiting.say(said, intent)
    assert waiting.decision.commands == ()
    for told in (NUMBER, "antrean ke-3", "pukul 10.40 WITA"):
        assert told in answer


@pytest.mark.parametrize(
    "said", ["cepat", "lama sekali", "kenapa belum dibalas", "mana petugasnya", "tolong dipercepat pak"]
)
@pytest.mark.parametrize("intent", ["complaint", "out_of_scope", "talk_to_human"])
def test_hurry_is_met_with_an_apology_and_the_place_and_no_new_promise(waiting: Chat, said: str, intent: str) -> None:
    answer = waiting.say(said, intent)
    assert answer.startswith("Mohon maaf")
    assert "antrean ke-3" in answer
    assert waiting.decision.commands == ()
    assert "segera" not in answer


@pytest.mark.parametrize(
    ("said", "intent", "expected"),
    [
        ("bisa bayar biar cepat?", "report_fraud", "gratis"),
        ("cepat sekali balas, bukan orang toh", "bot_challenge", "program"),
        ("lelet sekali aplikasinya", "app_trouble", "ICORE"),
        ("pelayanannya cepat, terima kasih", "thank", "Sama-sama"),
        ("ktp hilang lama sekali jadi kah", "ask_duration", "target"),
    ],
)
def test_what_only_sounds_like_hurry_gets_its_own_answer(waiting: Chat, said: str, intent: str, expected: str) -> None:
    assert expected in waiting.say(said, intent, "ktp_hilang" if "ktp" in said else None)


def test_anger_while_waiting_opens_nothing_more(waiting: Chat) -> None:
    for said in ("goblok", "🤬"):
        assert waiting.say(said, "out_of_scope").startswith("Mohon maaf")
        assert waiting.decision.commands == ()


@pytest.mark.parametrize(
    ("said", "intent", "confidence"),
    [
        ("namanya budi dari labakkang", "ask_proxy", 0.2),
        ("cuacanya cerah", "out_of_scope", 0.9),
        ("bukan", "deny", 0.9),
    ],
)
def test_what_is_not_understood_is_added_for_the_officer_and_is_no_failure(
    waiting: Chat, said: str, intent: str, confidence: float
) -> None:
    for _ in range(3):
        answer = waiting.say(said, intent, confidence=confidence)
        assert "tambahkan untuk petugas" in answer
        assert "antrean ke-3" in answer
        assert waiting.decision.commands == ()
        assert waiting.memory.misunderstood == 0
        assert waiting.memory.choices == ()


def test_with_the_nlu_down_it_is_added_as_well(waiting: Chat) -> None:
    waiting.nlu_available = False
    assert "tambahkan untuk petugas" in waiting.say("begini ceritanya kemarin itu")


def test_asking_for_an_officer_again_repeats_the_place_and_makes_no_ticket(waiting: Chat) -> None:
    answer = waiting.say("petugas")
    assert waiting.decision.commands == ()
    assert "sudah dalam antrean" in answer
    assert NUMBER in answer


def test_thanks_are_answered_shortly(waiting: Chat) -> None:
    answer = waiting.say("terima kasih", "thank")
    assert len(answer) < 80
    assert waiting.decision.commands == ()


def test_nobody_is_offered_what_they_wait_for(waiting: Chat, knowledge: Knowledge) -> None:
    for intent in knowledge.intents:
        for subject in (None, "akta", "akta_perceraian", "jemput_bola"):
            waiting.say("bagaimana ini", intent, subject)
            assert all(choice.intent != "talk_to_human" for choice in waiting.memory.choices), intent
    waiting.turn(Said(1, MessageKind.VOICE, files=1))
    assert waiting.memory.choices == ()


def test_the_queue_at_the_counter_is_another(waiting: Chat) -> None:
    assert "Antrean loket" in waiting.say("antrian loket ramai?", "ask_queue")


def test_the_rest_of_a_half_understood_turn_is_for_the_officer(waiting: Chat) -> None:
    answer = waiting.turn(text("jam buka", "ask_hours"), text("xx yy zz ww", "suggestion", confidence=0.1))
    assert "tambahkan untuk petugas" in answer
    assert "tulis lagi" not in answer


def test_going_back_to_the_beginning_does_not_leave_the_queue(waiting: Chat) -> None:
    assert "tetap berlaku" in waiting.say("batal")
