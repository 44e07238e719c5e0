"""As an officer I see at a glance who waits, for how long, and what is urgent."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import event, select

from bot.contracts import NoticeState, Role, Way
from bot.models import Notice
from tests.installation import Installation
from tests.people import add_office, invite, signed_in
from tests.web.desk_people import act, later, on_tuesday, reply, shown, tick, waits

ANWAR = "whatsapp:+6281100000002"


@pytest.fixture
def sapa(deaf_sapa: Installation) -> Installation:
    on_tuesday(deaf_sapa)
    return deaf_sapa


def test_the_queue_tells_who_waits_what_for_and_how_long_is_left(sapa: Installation) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    assert "Tidak ada yang menunggu." in shown(officer, "/desk")
    waits(sapa, service="kk_hilang_rusak")
    tick(sapa)
    later(sapa, minutes=5)
    page = shown(officer, "/desk")
    assert "(1) Antrean" in page
    for words in ("Rina", "KK hilang", "PKP-2611-0001", "halo, mau tanya", "sejak 09.00", "(5 menit)", "antrean ke-1"):
        assert words in page
    assert re.search(r'class="clock calm".*?\d+ menit lagi', page)


def test_the_countdown_becomes_soon_then_late_and_stops_while_the_citizen_is_waited_for(sapa: Installation) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    conversation = waits(sapa)
    tick(sapa)
    assert re.search(r'class="clock calm".*?1 jam 59 menit lagi', shown(officer, "/desk"))
    later(sapa, minutes=100)
    assert re.search(r'class="clock soon".*?19 menit lagi', shown(officer, "/desk"))
    later(sapa, minutes=23)
    assert re.search(r'class="clock late".*?terlambat 3 menit', shown(officer, "/desk"))
    reply(officer, conversation, "Sebentar ya, Bu.")
    act(officer, conversation, "wait")
    assert re.search(r'class="clock stopped".*?menunggu warga', shown(officer, "/desk?tray=paused"))


def test_who_has_waited_longest_stands_first_and_writing_again_changes_nothing(sapa: Installation) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    waits(sapa)
    later(sapa, minutes=1)
    waits(sapa, citizen=ANWAR, name="Anwar")
    later(sapa, minutes=1)
    sapa.write("masih di sana?")
    page = shown(officer, "/desk")
    assert page.index("Rina") < page.index("Anwar")
    assert "masih di sana?" in page


def test_colleagues_see_who_has_what_and_an_open_page_hears_of_it(sapa: Installation) -> None:
    first, second = (signed_in(sapa.app, Role.OFFICER) for _ in range(2))
    conversation = waits(sapa)
    version = re.findall(r'id="version" name="since" value="([^"]+)"', shown(second, "/desk"))[0]
    assert second.get(f"/desk/news?since={version}").status_code == 204
    act(first, conversation, "claim")
    news = second.get(f"/desk/news?since={version}")
    assert news.status_code == 200
    assert "Petugas lain" in news.text
    assert "Rina" in shown(first, "/desk?tray=mine")


def test_alerts_stand_on_the_page_until_somebody_acts_and_count_as_arrived_once_shown(sapa: Installation) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    conversation = waits(sapa)
    tick(sapa)
    page = shown(officer, "/desk")
    assert "Peringatan untuk Anda" in page
    assert "Tiket baru menunggu: PKP-2611-0001" in page
    assert re.search(r'class="whom"[^>]*>Rina · ingin bicara dengan petugas<', page), "whom it is about"
    assert 'data-unseen="1"' in page
    assert states(sapa, officer.person.post_id) == [NoticeState.SENT]
    officer.post("/desk/seen", form_on="/desk")
    assert states(sapa, officer.person.post_id) == [NoticeState.DELIVERED]
    assert 'data-unseen="0"' in shown(officer, "/desk")
    act(officer, conversation, "claim")
    assert "Peringatan untuk Anda" not in shown(officer, "/desk")


def test_the_page_names_who_is_on_duty_and_which_ways_are_not_set_up(sapa: Installation) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    page = shown(officer, "/desk")
    assert re.search(r"Bertugas hari ini.*?Orang \d", page, re.S)
    assert "belum dipasang" in page
    assert "WhatsApp petugas" in page
    officer.post("/account/away", minutes=60)
    assert "Belum ada yang bertugas" in shown(officer, "/desk")


def test_the_desk_speaks_english_to_who_wishes(sapa: Installation) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    conversation = waits(sapa)
    assert "Nobody has it yet" in shown(officer, f"/desk/{conversation}?lang=en")
    assert "number 1 in the queue" in shown(officer, "/desk")


def test_another_offices_queue_is_not_seen(sapa: Installation) -> None:
    add_office(sapa.app, "MRS", "whatsapp:+6281100000099")
    invite(sapa.app, Role.OFFICER, prefix="MRS")
    stranger = signed_in(sapa.app, Role.OFFICER, prefix="MRS")
    conversation = waits(sapa)
    assert "Rina" not in shown(stranger, "/desk")
    for path in ("", "/news"):
        assert stranger.get(f"/desk/{conversation}{path}").status_code == 404
    for verb in ("claim", "reply", "wait", "release", "resolve", "take-over"):
        form = {"body": "x", "send_key": "k", "outcome": "done"}
        answer = stranger.post(f"/desk/{conversation}/{verb}", **form)
        assert answer.status_code == 404, verb


def test_a_long_queue_costs_as_many_queries_as_a_short_one(sapa: Installation) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    waits(sapa)
    tick(sapa)
    shown(officer, "/desk")
    few = queries(sapa, lambda: shown(officer, "/desk"))
    for number in range(8):
        waits(sapa, citizen=f"whatsapp:+628110000005{number}", name=f"Warga {number}")
    tick(sapa)
    assert queries(sapa, lambda: shown(officer, "/desk")) == few


def test_a_browser_is_remembered_for_alerts_and_forgotten_again(sapa: Installation) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    given = {"endpoint": "https://push.example/abc", "p256dh": "key", "auth": "secret"}
    assert officer.post("/desk/device", form_on="/desk", **given).status_code == 204
    assert officer.post("/desk/device", form_on="/desk", **given).status_code == 204
    waits(sapa)
    tick(sapa)
    assert Way.PUSH in ways(sapa, officer.person.post_id)
    assert officer.post("/desk/device/forget", form_on="/desk", endpoint=given["endpoint"]).status_code == 204
    for wrong in ({"endpoint": "http://push.example/abc"}, {"endpoint": "https://x/" + "a" * 1000}, {"auth": ""}):
        assert officer.post("/desk/device", form_on="/desk", **given | wrong).status_code == 400


def states(sapa: Installation, post_id: int) -> list[NoticeState]:
    with sapa.database.reading() as session:
        return list(session.scalars(select(Notice.state).where(Notice.post_id == post_id, Notice.way == Way.DESK)))


def ways(sapa: Installation, post_id: int) -> set[Way]:
    with sapa.database.reading() as session:
        return set(session.scalars(select(Notice.way).where(Notice.post_id == post_id)))


def queries(sapa: Installation, do: object) -> int:
    engine, count = sapa.app.extensions["sapa_database"].engine, 0

    def counted(*_: object) -> None:
        nonlocal count
        count += 1

    event.listen(engine, "before_cursor_execute", counted)
    try:
        do()  # type: ignore[operator]
    finally:
        event.remove(engine, "before_cursor_execute", counted)
    return count
