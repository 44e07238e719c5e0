"""What is not text is answered honestly and politely."""

from __future__ import annotations

import pytest

from bot.contracts import Memory, MessageKind, Said
from tests.actions.chat import Chat, text
from tests.actions.test_choices import PENDING

PICTURE = Said(1, MessageKind.IMAGE, files=1)


@pytest.mark.parametrize(
    "kind",
    [kind for kind in MessageKind if kind not in (MessageKind.TEXT, MessageKind.BUTTON, MessageKind.LIST_CHOICE)],
)
def test_each_kind_is_answered(chat: Chat, kind: MessageKind) -> None:
    assert chat.turn(Said(1, kind, files=1))


def test_a_burst_of_pictures_gets_one_word_that_counts_them(chat: Chat) -> None:
    answer = chat.turn(PICTURE, PICTURE, PICTURE, PICTURE)
    assert answer.count("terima") == 1
    assert "4 berkas" in answer
    assert "menyusul" in answer


def test_a_caption_is_read_as_text(chat: Chat) -> None:
    caption = text("kk hilang", "ask_service", "kk_hilang_rusak")
    picture = Said(1, MessageKind.IMAGE, "kk hilang", files=1, reading=caption.reading)
    answer = chat.turn(picture)
    assert "Syarat KK hilang/rusak" in answer
    assert "sudah saya terima" in answer


def test_a_picture_beside_a_question_does_not_push_it_away(chat: Chat) -> None:
    answer = chat.turn(PICTURE, text("jam buka", "ask_hours"))
    assert "WITA" in answer
    assert "sudah saya terima" in answer


def test_a_voice_message_is_asked_for_in_writing(chat: Chat) -> None:
    assert "ditulis" in chat.turn(Said(1, MessageKind.VOICE, files=1))


def test_a_sticker_beside_a_question_is_passed_over(chat: Chat) -> None:
    sticker = Said(1, MessageKind.STICKER)
    assert "Terima kasih 🙏 Ada" not in chat.turn(sticker, text("jam buka", "ask_hours"))


@pytest.mark.parametrize("said", ["", "   ", "\x00", "😶", "!!!", "٪٪"])
def test_a_text_without_words_is_answered(chat: Chat, said: str) -> None:
    assert "keperluan" in chat.say(said)


def test_a_thumbs_up_is_thanks(chat: Chat) -> None:
    assert "Sama-sama" in chat.say("👍")


def test_a_picture_leaves_the_offer_standing(chat: Chat) -> None:
    chat.memory = PENDING
    chat.turn(PICTURE)
    assert chat.memory == Memory(choices=PENDING.choices)


def test_a_page_of_text_is_answered_quickly(chat: Chat) -> None:
    assert chat.say("ktp hilang " * 6_000, "ask_service", "ktp_hilang")
