"""As a citizen I ask in my own words and get the right requirements, on my phone."""

from __future__ import annotations

import pytest

from tests.installation import Installation


def test_a_lost_family_card_in_everyday_words(sapa: Installation) -> None:
    [answer] = sapa.ask("kk sy hilang bgmn urusnya")
    assert "Kartu Keluarga" in answer or "KK" in answer
    assert "kepolisian" in answer.lower() or "kehilangan" in answer.lower()
    assert len(answer) <= 1_000


def test_the_service_is_carried_over_to_the_next_question(sapa: Installation) -> None:
    sapa.ask("syarat ktp hilang")
    [cost] = sapa.ask("kalau biayanya?")
    assert "KTP" in cost
    assert "gratis" in cost.lower()
    [time] = sapa.ask("berapa lama jadinya")
    assert "KTP" in time
    assert "target" in time.lower()


def test_a_family_asks_which_member_and_tells_what_holds_for_all(sapa: Installation) -> None:
    [question] = sapa.ask("mau urus ktp")
    assert "gratis" in question.lower()
    assert "1." in question
    [card] = sapa.ask("2")
    assert "KTP" in card
    assert card != question


def test_two_questions_in_one_message_are_both_answered(sapa: Installation) -> None:
    answer = "\n".join(sapa.ask("syarat akta kelahiran apa saja? terus kantornya buka jam berapa?"))
    assert "WITA" in answer
    assert "lahir" in answer.lower()


def test_two_questions_in_two_messages_are_both_answered(sapa: Installation) -> None:
    sapa.write("apa syarat kia utk anak 7 tahun")
    sapa.write("jam berapa buka kantor")
    sapa.settle()
    answer = "\n".join(reply.body for reply in sapa.replies())
    assert "WITA" in answer
    assert "KIA" in answer


def test_another_offices_business_is_not_ours(sapa: Installation) -> None:
    [answer] = sapa.ask("cara perpanjang sim c bagaimana")
    assert "SIM" not in answer or "bukan" in answer.lower()


@pytest.mark.parametrize("greeting", ["halo", "assalamualaikum", "tabe min"])
def test_a_greeting_is_greeted_and_says_who_answers(sapa: Installation, greeting: str) -> None:
    [answer] = sapa.ask(greeting)
    assert "Sapa" in answer or "asisten" in answer.lower()
