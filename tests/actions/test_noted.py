"""What a person must act on is noted under a number, and no more is promised."""

from __future__ import annotations

import re

import pytest

from bot.contracts import OpenTicket, Slot
from tests.actions.chat import NUMBER, Chat

NOTED = (
    "replace_document",
    "delete_document",
    "check_status",
    "cancel_request",
    "suggestion",
    "take_survey",
    "privacy_request",
)


@pytest.mark.parametrize("intent", NOTED)
def test_it_opens_one_ticket_of_its_kind_and_tells_its_number(chat: Chat, intent: str) -> None:
    answer = chat.say("tolong yang itu", intent)
    assert chat.decision.commands == (OpenTicket(kind=intent),)
    assert f"*{NUMBER}*" in answer
    slots = [value for reply in chat.decision.replies for value in reply.variables.values() if isinstance(value, Slot)]
    assert slots == [Slot(f"{intent}.number")]


@pytest.mark.parametrize("intent", NOTED)
def test_it_promises_nothing_beyond_the_standard(chat: Chat, intent: str) -> None:
    answer = chat.say("tolong yang itu", intent)
    assert not re.search(r"\bpasti\b|\bsegera\b|dijamin|menit", answer)


def test_the_service_spoken_of_goes_into_the_ticket(chat: Chat) -> None:
    chat.say("syarat akta lahir", "ask_service", "akta_lahir")
    answer = chat.say("batalkan permohonan saya", "cancel_request")
    assert chat.decision.commands == (OpenTicket("cancel_request", "akta_lahir"),)
    assert NUMBER in answer


def test_what_must_be_done_in_person_is_not_sent_to_an_app(chat: Chat) -> None:
    assert "ICORE" not in chat.say("mau ajukan ktp baru", "start_submission", "ktp_baru")


def test_fraud_gets_safety_advice_at_once(chat: Chat) -> None:
    answer = chat.say("ada yang minta uang", "report_fraud")
    assert answer.index("Jangan bayar") < answer.index(NUMBER)
    assert "lapor.go.id" in answer


def test_a_fake_activation_link_is_named_as_fraud(chat: Chat) -> None:
    answer = chat.say("saya dikirimi link aktivasi ikd", "report_fraud")
    assert "penipuan" in answer
    assert NUMBER in answer


def test_how_long_a_complaint_takes_opens_no_complaint(chat: Chat) -> None:
    answer = chat.say("pengaduan berapa lama dijawab", "complaint")
    assert chat.decision.commands == ()
    assert "14 hari kerja" in answer
