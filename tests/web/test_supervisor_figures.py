"""As a supervisor I see how fast we were this week and the week before, whose it was, and which tickets it were."""

from __future__ import annotations

import csv
import io
import re

import pytest
from sqlalchemy import event, update

from bot.contracts import Role
from bot.desk import queue
from bot.models import Event, Target
from tests.installation import CITIZEN, Installation
from tests.people import Browser, add_office, signed_in
from tests.web.desk_people import act, later, on_tuesday, reply, shown, tick, waits

ANWAR, BAYU = "whatsapp:+6281100000002", "whatsapp:+6281100000003"
ROW = re.compile(r"<tr><th scope=\"row\">(.*?)</th>(.*?)</tr>", re.DOTALL)
LINK = re.compile(r'<a href="([^"]+)">(.*?)</a>', re.DOTALL)
KK = "kk_hilang_rusak"


@pytest.fixture
def sapa(deaf_sapa: Installation) -> Installation:
    on_tuesday(deaf_sapa)
    return deaf_sapa


@pytest.fixture
def chief(sapa: Installation) -> Browser:
    return signed_in(sapa.app, Role.SUPERVISOR, name="Ibu Ketua")


@pytest.fixture
def officer(sapa: Installation) -> Browser:
    return signed_in(sapa.app, Role.OFFICER, name="Pak Basri")


def rows(page: str) -> dict[str, list[tuple[str, str]]]:
    """Name of a line → its cells, each as (link, words)."""
    return {words(name): [(to, words(cell)) for to, cell in LINK.findall(cells)] for name, cells in ROW.findall(page)}


def words(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())


def count(page: str) -> int:
    found = re.search(r"<p>Jumlah: (\d+)</p>", page)
    assert found
    return int(found[1])


def sheet(browser: Browser, url: str) -> list[dict[str, str]]:
    answer = browser.get(url)
    assert answer.status_code == 200
    assert answer.mimetype == "text/csv"
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_a_week_tells_median_ninetieth_and_count_by_officer_and_service_in_office_time(
    sapa: Installation, chief: Browser, officer: Browser
) -> None:
    first, second = waits(sapa, service=KK), waits(sapa, citizen=ANWAR, name="Anwar")
    tick(sapa)
    later(sapa, minutes=20)
    reply(officer, first, "Baik, Bu.")
    later(sapa, minutes=60)  # 10.20 by now
    reply(officer, second, "Baik, Pak.")
    later(sapa, minutes=40)
    act(officer, first, "resolve", outcome="done")
    page = shown(chief, "/supervisor")
    whole, by_name = rows(page)["Pekan ini"], rows(page)
    assert [cell for _, cell in whole] == ["50 m · 1 j 20 m · 2", "2 j · 2 j · 1", "100 % · 3/3"]
    assert by_name["Pak Basri"][0][1] == "50 m · 1 j 20 m · 2"
    assert by_name["KK hilang/rusak"][0][1] == "20 m · 20 m · 1"
    assert by_name["Tanpa layanan tertentu"][0][1] == "1 j 20 m · 1 j 20 m · 1"


def test_what_becomes_late_after_a_transfer_stands_under_the_colleague_who_has_it(
    sapa: Installation, chief: Browser, officer: Browser
) -> None:
    colleague = signed_in(sapa.app, Role.OFFICER, name="Ibu Ratna")
    conversation = waits(sapa)
    tick(sapa)
    act(officer, conversation, "claim")
    act(officer, conversation, "transfer", to=colleague.person.post_id)
    later(sapa, minutes=130)
    for _ in range(3):  # one level after the other
        tick(sapa)
    by_name = rows(shown(chief, "/supervisor"))
    assert by_name["Ibu Ratna"][-1][1].endswith("0/1")
    assert "Pak Basri" not in by_name


def test_every_number_opens_its_very_tickets(sapa: Installation, chief: Browser, officer: Browser) -> None:
    first, second = waits(sapa, service=KK), waits(sapa, citizen=ANWAR, name="Anwar")
    tick(sapa)
    for minutes, conversation in ((20, first), (30, second)):
        later(sapa, minutes=minutes)
        reply(officer, conversation, "Baik.")
    page = shown(chief, "/supervisor")
    for cells in rows(page).values():
        for to, cell in cells:
            found = shown(chief, to)
            assert count(found) == int(re.findall(r"\d+", cell)[-1]), (to, cell)
    of_service = shown(chief, rows(page)["KK hilang/rusak"][0][0])
    assert "PKP-2611-0001" in of_service
    assert "PKP-2611-0002" not in of_service
    assert f'href="/desk/{first}"' in of_service
    whole = shown(chief, rows(page)["Pekan ini"][0][0])
    assert whole.index("PKP-2611-0002") < whole.index("PKP-2611-0001"), "the slowest first"


def test_what_stands_in_the_first_line_opens_its_tickets_too(
    sapa: Installation, chief: Browser, officer: Browser
) -> None:
    first, _second = waits(sapa), waits(sapa, citizen=ANWAR, name="Anwar")
    tick(sapa)
    assert count(shown(chief, "/supervisor/tickets?of=waiting")) == 2
    later(sapa, minutes=130)
    assert count(shown(chief, "/supervisor/tickets?of=late")) == 2
    act(officer, first, "claim")
    held = shown(chief, "/supervisor/tickets?of=held")
    assert count(held) == 1
    assert "Pak Basri" in held
    waiting = shown(chief, "/supervisor/tickets?of=waiting")
    assert "Anwar" in waiting
    assert "terlambat 10 menit" in waiting


def test_the_week_before_stands_beside_and_can_be_opened(sapa: Installation, chief: Browser, officer: Browser) -> None:
    conversation = waits(sapa)
    tick(sapa)
    later(sapa, minutes=20)
    reply(officer, conversation, "Baik, Bu.")
    later(sapa, days=7)
    page = shown(chief, "/supervisor")
    assert "Belum ada yang dijawab" in page
    assert rows(page)["Pekan sebelumnya"][0][1] == "20 m · 20 m · 1"
    before = shown(chief, "/supervisor?week=2026-11-26")  # any of its days
    assert rows(before)["23 Nov – 29 Nov 2026"][0][1] == "20 m · 20 m · 1"
    assert "week=2026-11-30" in before


def test_nights_weekends_and_waiting_for_the_citizen_do_not_count(
    sapa: Installation, chief: Browser, officer: Browser
) -> None:
    later(sapa, hours=6.5)  # 15.30, the office closes at 16.00
    conversation = waits(sapa)
    tick(sapa)
    later(sapa, hours=17)  # 08.30 of the next morning
    reply(officer, conversation, "Mohon kirim nomornya, Bu.")
    act(officer, conversation, "wait")
    later(sapa, hours=24)
    sapa.write("ini nomornya")
    sapa.settle()
    later(sapa, minutes=15)
    act(officer, conversation, "resolve", outcome="done")
    whole = rows(shown(chief, "/supervisor"))["Pekan ini"]
    first, resolution = whole[0][1], whole[1][1]
    assert first == "1 j · 1 j · 1"
    assert resolution == "1 j 15 m · 1 j 15 m · 1"


def test_a_reopening_is_counted_anew(sapa: Installation, chief: Browser, officer: Browser) -> None:
    conversation = waits(sapa)
    tick(sapa)
    later(sapa, minutes=10)
    reply(officer, conversation, "Baik, Bu.")
    act(officer, conversation, "resolve", outcome="answered")
    later(sapa, minutes=90)
    reopen(sapa, conversation)
    later(sapa, minutes=30)
    reply(officer, conversation, "Ada yang kurang, Bu?")
    assert rows(shown(chief, "/supervisor"))["Pekan ini"][0][1] == "20 m · 30 m · 2"


def reopen(sapa: Installation, conversation: int) -> None:
    with sapa.database.transaction(1) as session:
        assert queue.reopen(session, conversation, since=sapa.clock(), now=sapa.clock())
    tick(sapa)


def test_what_passed_in_the_queue_is_nobodys_and_counts_as_missed(
    sapa: Installation, chief: Browser, officer: Browser
) -> None:
    conversation = waits(sapa)
    tick(sapa)
    for _ in range(14):
        later(sapa, minutes=10)
        tick(sapa)
    page = rows(shown(chief, "/supervisor"))
    assert page["Pekan ini"][-1][1] == "0 % · 0/1"
    assert page["Di antrean"][-1][1] == "0 % · 0/1"
    reply(officer, conversation, "Maaf menunggu, Bu.")
    page = rows(shown(chief, "/supervisor"))
    assert page["Pekan ini"][-1][1] == "0 % · 0/1", "late stays late, and counts once"
    assert "Jawaban pertama: terlewat" in shown(chief, page["Pekan ini"][-1][0])


def test_what_was_answered_in_time_is_told_so_behind_its_number(
    sapa: Installation, chief: Browser, officer: Browser
) -> None:
    conversation = waits(sapa)
    tick(sapa)
    later(sapa, minutes=2)
    reply(officer, conversation, "Selamat pagi, Bu.")
    page = rows(shown(chief, "/supervisor"))
    assert page["Pekan ini"][-1][1] == "100 % · 1/1"
    assert "Jawaban pertama: tepat waktu" in shown(chief, page["Pekan ini"][-1][0])


def test_a_table_is_a_file_for_a_spreadsheet_without_citizens_names(
    sapa: Installation, chief: Browser, officer: Browser
) -> None:
    conversation = waits(sapa, service=KK, name="=Rina")
    tick(sapa)
    later(sapa, minutes=80)
    reply(officer, conversation, "Baik, Bu.")
    by_officer = sheet(chief, "/supervisor/figures.csv?by=officer")
    assert by_officer[0]["Per petugas"] == "Pak Basri"
    assert by_officer[0]["Jawaban pertama: median (menit kantor)"] == "80"
    weeks = sheet(chief, "/supervisor/figures.csv?by=office&week=2026-11-24")
    assert [line["Seluruh kantor"] for line in weeks] == ["Pekan ini", "Pekan sebelumnya"]
    behind = sheet(chief, "/supervisor/tickets.csv?of=first_response")
    assert behind[0] | {"Keterangan": ""} == {
        "Tiket": "PKP-2611-0001" + behind[0]["Tiket"][-1],
        "Tentang": "KK hilang/rusak",
        "Petugas": "Pak Basri",
        "Pada": "2026-11-24 10:20",
        "Menit kantor": "80",
        "Keterangan": "",
    }
    assert "Rina" not in chief.get("/supervisor/tickets.csv?of=waiting").text


def test_a_name_cannot_make_a_spreadsheet_reckon(sapa: Installation, chief: Browser) -> None:
    officer = signed_in(sapa.app, Role.OFFICER, name="=1+1")
    conversation = waits(sapa)
    tick(sapa)
    reply(officer, conversation, "Baik.")
    assert sheet(chief, "/supervisor/figures.csv?by=officer")[0]["Per petugas"] == "'=1+1"


def test_another_offices_tickets_are_in_no_number(sapa: Installation, chief: Browser) -> None:
    add_office(sapa.app, "LAT", "whatsapp:+6281100000009")
    other = signed_in(sapa.app, Role.SUPERVISOR, prefix="LAT")
    officer = signed_in(sapa.app, Role.OFFICER)
    conversation = waits(sapa)
    tick(sapa)
    reply(officer, conversation, "Baik.")
    waits(sapa, citizen=ANWAR)
    assert "Belum ada yang dijawab" in shown(other, "/supervisor")
    for number in ("waiting", "late", "held", "first_response", "resolution", "within_target"):
        assert count(shown(other, f"/supervisor/tickets?of={number}")) == 0
    assert count(shown(chief, "/supervisor/tickets?of=waiting")) == 1


def test_a_long_list_has_pages_and_a_page_costs_the_same_whatever_its_length(
    sapa: Installation, chief: Browser, officer: Browser
) -> None:
    addresses = ("/supervisor", "/supervisor/tickets?of=waiting", "/supervisor/tickets?of=first_response")
    few = answered(sapa, officer, 1)
    shown(chief, "/supervisor")  # reads the office's knowledge once
    before = [queries(sapa, chief, address) for address in addresses]
    answered(sapa, officer, 4, begin=few)
    for number in range(60, 64):
        waits(sapa, citizen=f"whatsapp:+62811000000{number}")
    assert [queries(sapa, chief, address) for address in addresses] == before


def answered(sapa: Installation, officer: Browser, more: int, begin: int = 11) -> int:
    for number in range(begin, begin + more):
        conversation = waits(sapa, citizen=f"whatsapp:+62811000000{number}")
        tick(sapa)
        reply(officer, conversation, "Baik.")
    return begin + more


def queries(sapa: Installation, browser: Browser, url: str) -> int:
    asked: list[str] = []
    engine = sapa.app.extensions["sapa_database"].engine

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    shown(browser, url)
    event.remove(engine, "before_cursor_execute", note)
    return len(asked)


def test_pages_of_a_list_follow_each_other_without_a_gap(
    sapa: Installation, chief: Browser, officer: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.web.supervisor.behind.PAGE", 2)
    talks = [waits(sapa, citizen=citizen) for citizen in (CITIZEN, ANWAR, BAYU)]
    first = shown(chief, "/supervisor/tickets?of=waiting")
    after = re.search(r'rel="next" href="([^"]+)"', first)
    assert after
    assert len(sheet(chief, "/supervisor/tickets.csv?of=waiting")) == 3
    act(officer, talks[0], "claim")  # the list is live: who leaves it meanwhile hides nobody
    second = shown(chief, after[1])
    assert 'rel="first" href="/supervisor/tickets?of=waiting"' in second
    numbers = [re.findall(r"PKP-2611-\d{4}", page) for page in (first, second)]
    assert numbers == [["PKP-2611-0001", "PKP-2611-0002"], ["PKP-2611-0003"]]


def test_pages_of_a_figure_follow_each_other_and_lead_back(
    sapa: Installation, chief: Browser, officer: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.web.supervisor.behind.PAGE", 2)
    answered(sapa, officer, 3)
    first = shown(chief, "/supervisor/tickets?of=first_response")
    assert 'rel="next" href="/supervisor/tickets?of=first_response&page=2"' in first
    second = shown(chief, "/supervisor/tickets?of=first_response&page=2")
    assert 'rel="prev" href="/supervisor/tickets?of=first_response"' in second


def test_a_ticket_is_late_from_the_minute_of_its_deadline_at_the_desk_and_for_the_supervisor(
    sapa: Installation, chief: Browser, officer: Browser
) -> None:
    waits(sapa)
    tick(sapa)
    sapa.clock.set(sapa.clock())
    with sapa.database.transaction() as session:
        session.execute(update(Target).values(due_at=sapa.clock()))
    assert count(shown(chief, "/supervisor/tickets?of=late")) == 1
    assert '<span class="count">1</span>' in shown(officer, "/desk?tray=late").split("Terlambat")[1][:60]


@pytest.mark.parametrize(
    "path",
    [
        "/supervisor?week=kemarin",
        "/supervisor?week=0001-01-01",
        "/supervisor?week=9999-12-31",
        "/supervisor/tickets",
        "/supervisor/tickets?of=everything",
        "/supervisor/tickets?of=first_response&page=0",
        "/supervisor/tickets?of=first_response&page=2",
        "/supervisor/tickets?of=first_response&page=x",
        "/supervisor/tickets?of=first_response&officer=x",
        "/supervisor/tickets?of=first_response&week=2026-13-01",
        "/supervisor/figures.csv?by=star",
    ],
)
def test_a_number_that_there_is_not_is_not_found(chief: Browser, path: str) -> None:
    assert chief.get(path).status_code == 404


def test_a_ticket_that_is_not_kept_any_more_is_told_so(sapa: Installation, chief: Browser, officer: Browser) -> None:
    conversation = waits(sapa)
    tick(sapa)
    reply(officer, conversation, "Baik.")
    with sapa.database.transaction() as session:
        session.execute(update(Event).where(Event.subject == "ticket:1").values(subject="ticket:999"))
    page = shown(chief, "/supervisor/tickets?of=first_response")
    assert count(page) == 1
    assert "tidak disimpan lagi" in page


def test_news_come_only_when_something_changed(sapa: Installation, chief: Browser) -> None:
    version = re.search(r'id="version"[^>]*value="([^"]+)"', shown(chief, "/supervisor"))
    assert version
    assert chief.get(f"/supervisor/news?since={version[1]}").status_code == 204
    waits(sapa)
    news = chief.get(f"/supervisor/news?since={version[1]}")
    assert news.status_code == 200
    assert re.search(r'<div id="now" hx-swap-oob="true">.*of=waiting">1</a>', news.text, re.DOTALL)


@pytest.mark.parametrize(
    "path", ["/supervisor/news", "/supervisor/tickets?of=waiting", "/supervisor/figures.csv?by=officer"]
)
def test_an_officer_is_turned_away_from_all_of_it(officer: Browser, path: str) -> None:
    assert officer.get(path).status_code == 403
