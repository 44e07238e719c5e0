"""Soon after an officer ended a ticket: go on with it, or something new."""

from __future__ import annotations

import pytest

from actions.courtesy import is_closing
from actions.turn import answer
from bot.contracts import ConversationState, HandOver, HandOverReason, Memory, MessageKind, Reopen, Said, Talk, Turn
from bot.knowledge import Knowledge
from tests.actions.chat import NUMBER, TUESDAY_TEN, Chat, read, text


@pytest.fixture
def ended(chat: Chat) -> Chat:
    chat.resolved = NUMBER
    return chat


def test_a_new_message_is_asked_where_it_belongs(ended: Chat) -> None:
    answer = ended.say("kk hilang", "ask_service", "kk_hilang_rusak")
    assert f"1. Lanjutkan {NUMBER}" in answer
    assert "2. Pertanyaan baru" in answer
    assert "*Syarat" not in answer
    assert ended.decision.commands == ()


@pytest.mark.parametrize("said", ["1", "lanjutkan"])
def test_going_on_opens_the_same_ticket_again_and_tells_the_place(ended: Chat, said: str) -> None:
    ended.say("masih belum jadi pak", "out_of_scope")
    answer = ended.say(said)
    assert ended.decision.commands == (Reopen(),)
    assert NUMBER in answer
    assert "antrean ke-3" in answer


@pytest.mark.parametrize("said", ["2", "pertanyaan baru"])
def test_something_new_is_answered_without_writing_it_again(ended: Chat, said: str) -> None:
    ended.say("kk hilang", "ask_service", "kk_hilang_rusak")
    assert "Surat kehilangan kepolisian" in ended.say(said)


def test_something_new_that_was_not_understood_is_asked_for(ended: Chat) -> None:
    ended.say("anu itu begini", "ask_proxy", confidence=0.1)
    assert "silakan tulis" in ended.say("2")


def test_several_new_questions_are_all_offered(ended: Chat) -> None:
    answer = ended.turn(text("kk hilang", "ask_service", "kk_hilang_rusak"), text("jam buka", "ask_hours"))
    assert "2. Pertanyaan baru: Syarat KK hilang/rusak" in answer
    assert "3. Pertanyaan baru: Jam buka" in answer
    assert "WITA" in ended.say("3")


def test_a_picture_is_asked_about_too(ended: Chat) -> None:
    assert "Lanjutkan" in ended.turn(Said(1, MessageKind.IMAGE, files=1))


def test_an_officer_asked_for_is_a_new_matter_or_the_old_one(ended: Chat) -> None:
    assert "Lanjutkan" in ended.say("petugas")
    ended.say("2")
    assert ended.decision.commands == (HandOver("talk_to_human", HandOverReason.WISH),)


@pytest.mark.parametrize(
    ("said", "intent"), [("terima kasih", "thank"), ("sip", "affirm"), ("🙏", ""), ("bye", "goodbye")]
)
def test_thanks_are_only_thanks(ended: Chat, said: str, intent: str) -> None:
    assert "Lanjutkan" not in ended.say(said, intent)
    assert ended.decision.commands == ()
    assert is_closing(ended.decision.intents)


def test_distress_waits_for_no_question(ended: Chat) -> None:
    ended.say("saya mau bunuh diri saja", "out_of_scope")
    assert ended.decision.commands == (HandOver("talk_to_human", HandOverReason.DISTRESS),)


@pytest.mark.parametrize(
    ("intents", "closing"),
    [(["thank"], True), (["thank", "goodbye"], True), (["thank", "ask_cost"], False), ([], False), (["deny"], False)],
)
def test_what_only_closes_is_told_from_what_asks(intents: list[str], closing: bool) -> None:
    assert is_closing(intents) is closing


@pytest.mark.parametrize(
    ("said", "closing"),
    [
        ((text("makasih pak", "thank"),), True),
        ((Said(1, MessageKind.TEXT, "🙏👍"),), True),
        ((text("makasih, jadi kapan selesai?", "thank"),), False),
        ((text("makasih", "thank"), text("xx yy zz", "suggestion", confidence=0.1)), False),
        ((text("makasih", "thank"), Said(2, MessageKind.IMAGE, files=1)), False),
        (
            (Said(1, MessageKind.TEXT, "makasih", reading=read("makasih", "thank")), text("jam buka", "ask_hours")),
            False,
        ),
    ],
)
def test_with_an_officer_only_thanks_throughout_start_no_clock(
    knowledge: Knowledge, said: tuple[Said, ...], closing: bool
) -> None:
    talk = Talk(TUESDAY_TEN, Memory(), ConversationState.WITH_OFFICER)
    decision = answer(Turn(said), talk, knowledge)
    assert decision.replies == ()
    assert is_closing(decision.intents) is closing
