"""As a supervisor I see in five seconds whether anybody is left waiting and whether everything works."""

from __future__ import annotations

import re

import pytest

from bot.contracts import EventKind, Role
from bot.desk import backlog
from bot.desk.events import fact, record
from tests.installation import Installation
from tests.people import signed_in
from tests.web.desk_people import later, on_tuesday, reply, shown, tick, waits


@pytest.fixture
def sapa(deaf_sapa: Installation) -> Installation:
    on_tuesday(deaf_sapa)
    return deaf_sapa


def figure(page: str, words: str) -> str:
    return re.findall(rf"<dd>(?:<a [^>]+>)?([^<]+)(?:</a>)?</dd><dt>{words}", page)[0]


def test_it_tells_who_waits_since_when_and_what_is_late(sapa: Installation) -> None:
    chief = signed_in(sapa.app, Role.SUPERVISOR)
    assert figure(shown(chief, "/supervisor"), "tiket menunggu petugas") == "0"
    waits(sapa)
    tick(sapa)
    later(sapa, minutes=130)
    page = shown(chief, "/supervisor")
    assert figure(page, "tiket menunggu petugas") == "1"
    assert figure(page, "menunggu paling lama") == "2 jam 10 menit"
    assert figure(page, "tiket terlambat") == "1"


def test_it_says_what_does_not_work_and_what_that_means(sapa: Installation) -> None:
    chief = signed_in(sapa.app, Role.SUPERVISOR)
    with sapa.database.transaction() as session:
        backlog.beat(session, "worker", sapa.clock())
    page = shown(chief, "/supervisor")
    assert re.search(r"Pembalas pesan</b> berjalan", page)
    assert re.search(r"Pengingat batas waktu</b> tidak berjalan", page)
    assert "Peringatan tidak terkirim" in page
    assert re.search(r"Pemahaman bahasa</b> tidak berjalan", page), "this installation's NLU is down"


def test_a_message_that_twilio_does_not_take_shows(sapa: Installation) -> None:
    chief = signed_in(sapa.app, Role.SUPERVISOR)
    assert "Pengiriman WhatsApp</b> berjalan" in shown(chief, "/supervisor")
    sapa.control.fault("refuse", code=20500, times=None)
    reply(chief, waits(sapa), "Baik.")
    sapa.settle()
    later(sapa, minutes=5)
    page = shown(chief, "/supervisor")
    assert "Pengiriman WhatsApp</b> tidak berjalan" in page
    assert "tertahan selama 5 menit" in page


def test_damaged_files_are_counted_and_listed_behind_their_number(sapa: Installation) -> None:
    chief, talk = signed_in(sapa.app, Role.SUPERVISOR), waits(sapa)
    assert "rusak" not in shown(chief, "/supervisor")
    for number, what in ((7, "changed"), (7, "missing"), (8, "locked")):
        found = {"office_id": 1, "conversation_id": talk, "at": sapa.clock(), "subject": f"attachment:{number}"}
        with sapa.database.transaction() as session:
            record(session, fact(EventKind.FILE_DAMAGED, **found, actor="staff:1", what=what))  # type: ignore[arg-type]
    page = shown(chief, "/supervisor")
    (url,) = re.findall(r'id="now-damaged" href="([^"]+)">2 berkas', page)
    listed = re.findall(r'href="/desk/files/(\d+)".*?data-label="Keterangan">([^<]+)<', shown(chief, url), re.DOTALL)
    assert listed == [("8", "kuncinya tidak ada di server ini"), ("7", "tidak ada lagi di penyimpanan")]


def test_an_officer_is_turned_away(sapa: Installation) -> None:
    assert signed_in(sapa.app, Role.OFFICER).get("/supervisor").status_code == 403
