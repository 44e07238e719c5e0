"""As an officer I find a conversation by whatever I remember of it, and nobody else learns what I looked for."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import update

from bot.contracts import Role
from bot.models import Ticket
from tests.installation import CITIZEN, Installation
from tests.people import Browser, add_office, signed_in
from tests.web.desk_people import act, on_tuesday, reply, shown, waits
from tests.web.papers_sent import on_a_working_day, papers_sent

ANWAR = "whatsapp:+6281100000002"
NIK = "9910041708990001"
HIT = re.compile(r'<strong class="name">([^<]+)</strong>')


@pytest.fixture
def officer(sapa: Installation) -> Browser:
    on_tuesday(sapa)
    return signed_in(sapa.app, Role.OFFICER)


def results(officer: Browser, text: str) -> str:
    """The address of the results, as the form leads there."""
    answer = officer.post("/desk/search", form_on="/desk/search", q=text)
    assert answer.status_code == 303
    digits = re.sub(r"\D", "", text)
    for secret in (text, digits):
        assert len(secret) < 4 or secret not in answer.location, "what was searched for stands in no address"
    return str(answer.location)


def find(officer: Browser, text: str) -> str:
    return shown(officer, results(officer, text))


@pytest.mark.parametrize("text", ["rina", "RINA", "+6281100000001", "0811-0000-0001", "0001", "PKP-2611-0001"])
def test_by_name_phone_or_any_part_of_the_tickets_number(sapa: Installation, officer: Browser, text: str) -> None:
    waits(sapa, name="Rina")
    waits(sapa, citizen=ANWAR, name="Anwar")
    assert "Rina" in HIT.findall(find(officer, text))
    if text in ("rina", "RINA", "PKP-2611-0001"):
        assert HIT.findall(find(officer, text)) == ["Rina"]


@pytest.mark.parametrize("text", ["42", "0042", "2611-0042", "2611 0042"])
def test_digits_are_the_whole_serial_of_a_ticket(sapa: Installation, officer: Browser, text: str) -> None:
    for name, citizen, number in (("Rina", CITIZEN, "PKP-2611-0042K"), ("Anwar", ANWAR, "PKP-2611-0142K")):
        talk = waits(sapa, name=name, citizen=citizen)
        with sapa.database.transaction() as session:
            session.execute(update(Ticket).where(Ticket.conversation_id == talk).values(number=number))
    assert HIT.findall(find(officer, text)) == ["Rina"]


def test_by_a_word_of_the_citizen_or_of_an_answer_also_when_it_is_over(sapa: Installation, officer: Browser) -> None:
    talk = waits(sapa, name="Rina")
    sapa.write("rumah saya di Pulau Balang Lompo")
    reply(officer, talk, "Perahu jemput bola datang hari Kamis.")
    act(officer, talk, "resolve", outcome="answered")
    page = find(officer, "balang  lompo")
    assert "<mark>Balang Lompo</mark>" in page
    assert "<mark>jemput bola</mark>" in find(officer, "jemput bola")


def test_signs_are_what_they_are(sapa: Installation, officer: Browser) -> None:
    waits(sapa, name="Rina")
    sapa.write("diskon 100% betul?")
    assert HIT.findall(find(officer, "100%")) == ["Rina"]
    assert HIT.findall(find(officer, "1_0")) == []
    assert "&lt;script&gt;" in officer.get(results(officer, "<script>")).text


def test_a_nik_is_found_by_its_hash_and_shown_masked(sapa: Installation, officer: Browser) -> None:
    on_a_working_day(sapa)
    papers_sent(sapa, nik=NIK)
    page = find(officer, f"{NIK[:6]} {NIK[6:12]} {NIK[12:]}")
    assert len(HIT.findall(page)) == 1
    assert "tercantum di berkas" in page
    assert "••••••••••••0001" in page
    assert NIK not in page
    page = find(officer, f"NIK {NIK}")
    assert NIK not in page
    assert len(HIT.findall(page)) == 1
    assert HIT.findall(find(officer, "9910041708990002")) == []


def test_nothing_found_tells_what_to_try_and_another_office_finds_nothing(sapa: Installation, officer: Browser) -> None:
    waits(sapa, name="Rina")
    page = find(officer, "tidak ada orang ini")
    assert "Tidak ada yang cocok" in page
    assert "Coba sebagian nama" in page
    add_office(sapa.app, "MRS", "whatsapp:+6281100000099")
    stranger = signed_in(sapa.app, Role.OFFICER, prefix="MRS")
    assert HIT.findall(find(stranger, "Rina")) == []
    assert HIT.findall(find(stranger, "halo")) == []


def test_an_old_or_broken_address_asks_anew(officer: Browser) -> None:
    assert "Cari nama, nomor tiket" in shown(officer, "/desk/search?of=abc")
    assert officer.post("/desk/search", form_on="/desk/search", q="  ").location == "/desk/search"
