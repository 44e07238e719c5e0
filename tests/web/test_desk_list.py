"""As an officer I find what I look for in the desk's lists: mine, the late ones, of one service, what is new."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from bot.contracts import Actor, Role, TicketState
from bot.desk import labels
from bot.desk.board import PAGE
from bot.models import Contact, Conversation, Ticket
from tests.installation import Installation
from tests.people import Browser, signed_in
from tests.web.desk_people import act, later, on_tuesday, reply, shown, tick, waits
from tests.web.test_desk_queue import queries

ANWAR, SITTI = "whatsapp:+6281100000002", "whatsapp:+6281100000003"
CARD = re.compile(r'<strong class="name">(?:<span class="new-mark">baru</span> )?([^<]+)</strong>')
COUNT = re.compile(r'<a href="/desk\?tray=(\w+)[^"]*"[^>]*>[^<]*<span class="count">(\d+)</span>')


@pytest.fixture
def sapa(deaf_sapa: Installation) -> Installation:
    on_tuesday(deaf_sapa)
    return deaf_sapa


@pytest.fixture
def officer(sapa: Installation) -> Browser:
    return signed_in(sapa.app, Role.OFFICER)


def names(officer: Browser, asked: str = "") -> list[str]:
    return CARD.findall(shown(officer, f"/desk{asked}"))


def counts(officer: Browser, asked: str = "") -> dict[str, int]:
    return {tray: int(count) for tray, count in COUNT.findall(shown(officer, f"/desk{asked}"))}


def test_every_ticket_stands_in_its_list_and_is_counted_there(sapa: Installation, officer: Browser) -> None:
    colleague = signed_in(sapa.app, Role.OFFICER)
    waits(sapa, name="Rina")
    act(officer, waits(sapa, citizen=ANWAR, name="Anwar"), "claim")
    theirs = waits(sapa, citizen=SITTI, name="Sitti")
    reply(colleague, theirs, "Boleh dikirim fotonya, Bu?")
    act(colleague, theirs, "wait")
    assert names(officer) == ["Rina"]
    assert names(officer, "?tray=mine") == ["Anwar"]
    assert names(officer, "?tray=others") == names(officer, "?tray=paused") == ["Sitti"]
    assert sorted(names(officer, "?tray=all")) == ["Anwar", "Rina", "Sitti"]
    assert counts(officer) == {"waiting": 1, "mine": 1, "late": 0, "paused": 1, "others": 1, "noted": 0, "all": 3}


def test_the_latest_stands_first_among_the_late(sapa: Installation, officer: Browser) -> None:
    waits(sapa, name="Rina")
    tick(sapa)
    later(sapa, minutes=20)
    waits(sapa, citizen=ANWAR, name="Anwar")
    tick(sapa)
    assert names(officer, "?tray=late") == []
    later(sapa, minutes=121)
    tick(sapa)
    assert names(officer, "?tray=late") == ["Rina", "Anwar"]
    assert counts(officer)["late"] == 2


def test_a_list_is_narrowed_to_a_service_and_to_a_label_and_so_are_the_counts(
    sapa: Installation, officer: Browser
) -> None:
    waits(sapa, name="Rina", service="kk_hilang_rusak")
    talk = waits(sapa, citizen=ANWAR, name="Anwar", service="akta_lahir")
    actor_office = officer.person.office_id
    with sapa.database.transaction(actor_office) as session:
        actor = Actor(officer.person.post_id, actor_office, Role.OFFICER)
        label = labels.add(session, actor, "Warga pulau", sapa.clock())
        labels.give(session, actor, talk, label.id, sapa.clock())
        label_id = label.id
    assert names(officer, "?service=kk_hilang_rusak") == ["Rina"]
    assert counts(officer, "?service=kk_hilang_rusak")["waiting"] == 1
    assert names(officer, f"?label={label_id}") == ["Anwar"]
    page = shown(officer, "/desk")
    assert "Warga pulau" in page
    assert '<option value="akta_lahir"' in page
    assert "Tidak ada yang cocok dengan saringan ini." in shown(
        officer, f"/desk?service=kk_hilang_rusak&label={label_id}"
    )
    assert names(officer, "?tray=nothing&label=x&at=x&after=x") == ["Rina", "Anwar"], "an old bookmark opens the queue"


def test_what_the_citizen_wrote_since_i_looked_is_marked_until_i_look(sapa: Installation, officer: Browser) -> None:
    colleague = signed_in(sapa.app, Role.OFFICER)
    talk = waits(sapa, name="Rina")
    act(officer, talk, "claim")
    assert "baru</span>" in shown(colleague, "/desk?tray=others")
    shown(officer, f"/desk/{talk}")
    assert "baru</span>" not in shown(officer, "/desk?tray=mine")
    sapa.write("masih di sana?")
    page = shown(officer, "/desk?tray=mine")
    assert 'class="new-mark">baru</span> Rina' in page
    assert "1 baru" in page, "the filter tells it too"
    officer.post(f"/desk/{talk}/presence", form_on="/account", doing="looking", seq=1)
    assert "1 baru" in shown(officer, "/desk?tray=mine"), "it shows an older state"
    officer.post(f"/desk/{talk}/presence", form_on="/account", doing="looking", seq=99)
    assert "baru</span>" not in shown(officer, "/desk?tray=mine"), "an open page that is seen is read"
    assert "baru</span>" in shown(colleague, "/desk?tray=others"), "others have not seen it"


def test_a_conversation_leads_back_to_the_list_it_came_from(sapa: Installation, officer: Browser) -> None:
    talk = waits(sapa, name="Rina")
    shown(officer, "/desk?tray=all&service=kk_hilang_rusak")
    assert 'href="/desk?tray=all&service=kk_hilang_rusak"' in shown(officer, f"/desk/{talk}")


def test_a_long_list_comes_in_pages_without_a_gap(sapa: Installation, officer: Browser) -> None:
    many = PAGE + 7
    crowd(sapa, officer.person.office_id, many)
    first = names(officer)
    assert len(first) == PAGE
    address = re.search(r'rel="next" href="([^"]+)"', officer.get("/desk").text)
    assert address
    rest = CARD.findall(shown(officer, address[1].replace("&amp;", "&")))
    assert first + rest == [f"Warga {number}" for number in range(many)]
    assert "Ke awal daftar" in shown(officer, address[1].replace("&amp;", "&"))


def test_three_hundred_cost_as_many_queries_as_five(sapa: Installation, officer: Browser) -> None:
    crowd(sapa, officer.person.office_id, 5)
    for asked in ("", "?tray=late", "?tray=all"):
        shown(officer, f"/desk{asked}")
    few = [queries(sapa, lambda asked=asked: shown(officer, f"/desk{asked}")) for asked in ("", "?tray=all")]  # type: ignore[misc]
    crowd(sapa, officer.person.office_id, 295, start=5)
    assert [queries(sapa, lambda asked=asked: shown(officer, f"/desk{asked}")) for asked in ("", "?tray=all")] == few  # type: ignore[misc]


def test_the_list_beside_a_conversation_shows_mine_and_who_waits(sapa: Installation, officer: Browser) -> None:
    talk = waits(sapa, name="Rina")
    act(officer, talk, "claim")
    waits(sapa, citizen=ANWAR, name="Anwar")
    pane = shown(officer, f"/desk/list?here={talk}")
    assert CARD.findall(pane) == ["Rina", "Anwar"]
    assert re.search(rf'href="/desk/{talk}" aria-current="page"', pane)


def crowd(sapa: Installation, office_id: int, count: int, start: int = 0) -> None:
    """So many wait, one a second."""
    now = sapa.clock()
    with sapa.database.transaction(office_id) as session:
        for number in range(start, start + count):
            contact = Contact(address=f"whatsapp:+62811{number:08}", profile_name=f"Warga {number}", created_at=now)
            session.add(contact)
            session.flush()
            talk = Conversation(contact_id=contact.id)
            session.add(talk)
            session.flush()
            at = now + timedelta(seconds=number)
            session.add(
                Ticket(
                    conversation_id=talk.id,
                    number=f"PKP-2611-{number:04}K",
                    kind="talk_to_human",
                    state=TicketState.OPEN,
                    opened_at=at,
                    queued_at=at,
                )
            )
