"""What we ask people to write about a request is taken as a part of it, not as a riddle."""

from __future__ import annotations

import pytest

from bot.contracts import Command, HandOver, HandOverReason, OpenTicket
from tests.actions.chat import NUMBER, Chat


@pytest.mark.parametrize(
    ("kind", "again"),
    [
        ("complaint", HandOver("complaint", HandOverReason.COMPLAINT)),
        ("report_fraud", HandOver("report_fraud", HandOverReason.FRAUD)),
        ("suggestion", OpenTicket("suggestion")),
        ("check_status", OpenTicket("check_status")),
    ],
)
def test_what_is_told_next_is_added_to_the_same_number(chat: Chat, kind: str, again: Command) -> None:
    chat.say("tolong yang itu", kind)
    answer = chat.say("kejadian jam 10 pagi namanya budi", "out_of_scope")
    assert chat.decision.commands == (again,)
    assert NUMBER in answer
    assert "tambahkan" in answer
    assert "di luar urusan" not in answer


def test_a_complaint_told_in_several_messages_is_not_asked_for_again(chat: Chat) -> None:
    chat.say("mau komplain", "complaint")
    answer = chat.say("petugasnya jutek sekali kemarin di loket", "complaint")
    assert "tambahkan" in answer
    assert "Silakan tulis kejadiannya" not in answer


def test_it_ends_when_the_citizen_says_so(chat: Chat) -> None:
    chat.say("saran saya begini", "suggestion")
    answer = chat.say("selesai")
    assert NUMBER in answer
    assert chat.memory.choices == ()
    assert "di luar urusan" in chat.say("cuaca hari ini", "out_of_scope")


def test_who_has_told_a_complaint_hears_the_place_again(chat: Chat) -> None:
    chat.say("mau komplain", "complaint")
    assert "antrean ke-3" in chat.say("selesai")


def test_a_word_of_hurry_may_be_the_complaint_itself(chat: Chat) -> None:
    chat.say("mau komplain", "complaint")
    assert "tambahkan" in chat.say("lama sekali dilayani", "complaint")


def test_who_gave_money_or_an_otp_away_is_told_what_to_do_now(chat: Chat) -> None:
    chat.say("ada yang minta otp", "report_fraud")
    answer = chat.say("sudah sy kasih otp nya", "report_fraud", confidence=0.4)
    assert answer.index("bank") < answer.index(NUMBER)


def test_a_question_in_between_is_answered(chat: Chat) -> None:
    chat.say("mau komplain", "complaint")
    assert "WITA" in chat.say("kantor buka jam berapa", "ask_hours")
    chat.say("mau komplain", "complaint")
    assert "Syarat KTP-el hilang" in chat.say("ktp hilang", "ask_service", "ktp_hilang")
    chat.say("mau komplain", "complaint")
    assert "Jangan bayar" in chat.say("petugasnya minta uang 50 ribu kemarin", "report_fraud")


def test_the_service_asked_for_a_status_is_not_taken_for_a_new_question(chat: Chat) -> None:
    chat.say("cek status", "check_status")
    assert "tambahkan" in chat.say("atas nama bapak", "ask_service", "kk_ganti_kepala")
    assert "Turut berduka" not in chat.say("akta lahir tanggal 10 november", "ask_service", "akta_kematian")


def test_thanks_leave_it_open(chat: Chat) -> None:
    chat.say("mau komplain", "complaint")
    assert "Sama-sama" in chat.say("makasih", "thank")
    assert "tambahkan" in chat.say("kejadiannya hari senin", "out_of_scope")


def test_when_the_answer_comes_is_told_not_added(chat: Chat) -> None:
    chat.say("mau komplain", "complaint")
    assert "Perkiraan dibalas" in chat.say("sudah sy laporkan, kapan dibalas?", "complaint")
    assert chat.decision.commands == ()
    assert "tambahkan" in chat.say("kejadiannya hari senin", "out_of_scope")
