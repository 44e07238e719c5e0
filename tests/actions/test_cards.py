"""The requirement card of each service: complete, short, and no condition ever lost."""

from __future__ import annotations

import pytest

from bot.contracts import Choice
from bot.knowledge import Knowledge, Need, load_knowledge
from tests.actions.chat import Chat, read
from tests.actions.conftest import FOLDER

SERVICES = list(load_knowledge(FOLDER).services)


def parts(chat: Chat, service: str) -> list[str]:
    """The card's parts, by picking the choice that reads on each time."""
    texts, part = [], 1
    while True:
        chat.memory = type(chat.memory)()
        texts.append(chat.say("syarat", "ask_service", service, part=part))
        if Choice("Lanjutan syaratnya", "ask_service", service, part + 1) not in chat.memory.choices:
            return texts
        part += 1


@pytest.mark.parametrize("service", SERVICES)
def test_it_names_every_paper_and_fits_the_screen(chat: Chat, knowledge: Knowledge, service: str) -> None:
    told = parts(chat, service)
    assert all(len(text) <= 1_000 for text in told)
    lines = "\n".join(told).splitlines()
    for paper in knowledge.services[service].required_documents:
        assert any(line.startswith(f"• {paper.name}") for line in lines), paper.name
    assert "gratis" in told[0]
    assert knowledge.services[service].processing_time.target in told[0]
    assert "Target:" in told[0]


@pytest.mark.parametrize("service", SERVICES)
def test_a_conditional_paper_never_stands_without_its_condition(chat: Chat, knowledge: Knowledge, service: str) -> None:
    sections = [part for text in parts(chat, service) for part in text.split("\n\n")]
    told = [part for part in sections if part.startswith("*Hanya bila sesuai keadaan:*")]
    lines = [line for part in told for line in part.splitlines()]
    for paper in knowledge.services[service].needing(Need.IF):
        assert any(line.startswith(f"• {paper.name}: _{paper.condition}_") for line in lines), paper.name
    required = [line for part in sections if part.startswith("*Siapkan") for line in part.splitlines()[1:]]
    assert len(required) == len(knowledge.services[service].needing(Need.ALWAYS))


@pytest.mark.parametrize("service", SERVICES)
def test_papers_of_which_one_is_enough_stand_together(chat: Chat, knowledge: Knowledge, service: str) -> None:
    group = knowledge.services[service].needing(Need.ONE_OF)
    sections = [part for text in parts(chat, service) for part in text.split("\n\n")]
    found = [part for part in sections if part.startswith("*Salah satu saja:*")]
    assert len(found) == bool(group)
    assert all(paper.name in found[0] for paper in group)


def test_the_steps_are_one_number_away(chat: Chat, knowledge: Knowledge) -> None:
    chat.say("kk hilang", "ask_service", "kk_hilang_rusak")
    steps = chat.say("1")
    assert all(step in steps for step in knowledge.services["kk_hilang_rusak"].steps)


def test_what_does_not_fit_is_one_number_away(chat: Chat) -> None:
    card = chat.say("syarat akta kematian", "ask_service", "akta_kematian")
    assert "SPTJM kebenaran data kematian" not in card
    assert "SPTJM kebenaran data kematian" in chat.say("1")


def test_a_family_asks_which_member_and_says_at_once_what_holds_for_all(chat: Chat, knowledge: Knowledge) -> None:
    for family in knowledge.families:
        answer = chat.say("urus", "ask_service", family)
        assert "gratis" in answer
        assert "24 jam" in answer
        titles = [service.short_name for service in knowledge.members(family)]
        assert [choice.title for choice in chat.memory.choices] == titles
        assert all(f"{number}. {title}" in answer for number, title in enumerate(titles, start=1))


def test_death_is_met_with_condolence_and_private_matters_with_the_offer_of_a_person(chat: Chat) -> None:
    assert chat.say("akta kematian", "ask_service", "akta_kematian").startswith("Turut berduka")
    assert "petugas" in chat.say("anak di luar nikah", "ask_service", "akta_lahir_anak_ibu")
    assert "petugas" in chat.say("nikah beda agama", "ask_service", "akta_perkawinan")


def test_what_the_office_must_confirm_is_told_so(chat: Chat) -> None:
    assert "KK (petugas memastikan)" in chat.say("ktp hilang", "ask_service", "ktp_hilang")


def test_a_part_that_does_not_exist_is_the_last_one(chat: Chat) -> None:
    reading = read("lanjut", "ask_service", "kk_hilang_rusak", part=99)
    assert "Langkahnya" in chat.say(reading.text, reading.intent, reading.service, part=reading.part)
    assert chat.texts()
