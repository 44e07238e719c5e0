"""The desk in a real browser: live without a reload, and nothing an officer does there gets lost or moves away."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from bot.contracts import Role
from tests.browser.conftest import DESK, PHONE
from tests.browser.test_accounts import look
from tests.installation import Installation, installation
from tests.people import PASSWORD, at_browser, link_of, member, signed_in
from tests.web.desk_people import act, on_tuesday, tick, tickets, waits

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]
VAPID = "A" * 42 + "E"  # a private key of 32 bytes, base64
ANWAR = "whatsapp:+6281100000002"


@pytest.fixture
def sapa(database_url: str) -> Iterator[Installation]:
    with installation(database_url, "http://127.0.0.1:9", demo=True) as running:
        on_tuesday(running)
        yield running


def test_a_citizen_asks_for_an_officer_and_reads_the_answer_on_their_phone(
    sapa: Installation, browser: Browser
) -> None:
    home = sapa.settings.public_url
    person = member(sapa.app, Role.OFFICER).person
    phone, desk = (browser.new_context(viewport=size).new_page() for size in (PHONE, DESK))
    with sapa.working():
        desk.goto(f"{home}/desk")
        desk.locator("#email").fill(person.email)
        desk.locator("#password").fill(PASSWORD)
        desk.get_by_role("button", name="Masuk").click()
        expect(desk.get_by_text("Tidak ada yang menunggu.")).to_be_visible()

        phone.goto(f"{home}/simulator")
        phone.get_by_placeholder("Tulis pesan").first.fill("petugas")
        phone.get_by_placeholder("Tulis pesan").first.press("Enter")
        expect(phone.locator(".theirs").first).to_contain_text("PKP-2611-0001", timeout=15_000)

        desk.get_by_role("button", name=re.compile("^Ambil")).click()
        expect(desk.get_by_text("Anda memegang percakapan ini.")).to_be_visible()
        desk.locator("#body").fill("Selamat pagi, Bu. Ada yang bisa saya bantu?")
        desk.locator("#body").press("Control+Enter")
        expect(phone.get_by_text("Ada yang bisa saya bantu?")).to_be_visible(timeout=15_000)
        expect(desk.locator("#body")).to_have_value("")
        expect(desk.locator(".bubble.officer")).to_contain_text("dibaca", timeout=15_000)

        phone.get_by_placeholder("Tulis pesan").first.fill("mau tanya akta anak saya")
        phone.get_by_placeholder("Tulis pesan").first.press("Enter")
        expect(desk.locator(".bubble.citizen").last).to_contain_text("akta anak saya", timeout=15_000)
        desk.get_by_text("Selesai", exact=True).click()
        desk.get_by_role("button", name="Pertanyaan terjawab").click()
        expect(desk.locator("#standing")).to_contain_text("Sudah selesai")
        expect(phone.locator(".theirs").last).to_contain_text("lanjutkan", timeout=15_000)
    for page in (phone, desk):
        page.context.close()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_every_page_fits_can_be_touched_and_is_read_by_everyone(
    sapa: Installation, open_page: Callable[..., Page], axe: str, size: ViewportSize
) -> None:
    officer, chief = signed_in(sapa.app, Role.OFFICER), signed_in(sapa.app, Role.SUPERVISOR)
    look(open_page(officer, "/desk", size), axe, "empty")
    conversation = waits(sapa, name="Muhammad Nur Alamsyah Daeng Situju bin Abdul Rahman Karaeng Labakkang")
    tick(sapa)
    look(open_page(officer, "/desk", size), axe, "queue")
    look(open_page(officer, f"/desk/{conversation}", size), axe, "thread")
    act(officer, conversation, "claim")
    page = open_page(officer, f"/desk/{conversation}", size)
    page.get_by_text("Selesai", exact=True).click()
    look(page, axe, "resolving")
    look(open_page(chief, "/supervisor", size), axe, "supervisor")


def test_what_was_typed_outlives_a_refusal_a_broken_connection_and_a_reload(
    sapa: Installation, open_page: Callable[..., Page]
) -> None:
    officer, other = signed_in(sapa.app, Role.OFFICER), signed_in(sapa.app, Role.OFFICER)
    conversation = waits(sapa)
    page = open_page(officer, f"/desk/{conversation}")
    box, refusal = page.locator("#body"), page.locator("#refusal")
    box.fill("Saya cek dulu, Bu.")
    page.route("**/reply", lambda route: route.abort())
    page.get_by_role("button", name="Balas").click()
    expect(refusal).to_contain_text("Belum terkirim")
    page.unroute("**/reply")
    page.reload()
    expect(box).to_have_value("Saya cek dulu, Bu.")
    act(other, conversation, "claim")
    page.route("**/news*", lambda route: route.abort())  # not told yet: a race
    page.locator("#composer").evaluate("form => form.requestSubmit()")
    expect(refusal).to_contain_text("sudah memegang percakapan ini")
    expect(box).to_have_value("Saya cek dulu, Bu.")


def test_what_is_typed_after_an_answer_that_got_lost_is_not_taken_for_sent(
    sapa: Installation, open_page: Callable[..., Page]
) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    conversation = waits(sapa)
    page = open_page(officer, f"/desk/{conversation}")
    box, refusal = page.locator("#body"), page.locator("#refusal")
    page.route("**/reply", lambda route: (route.fetch(), route.abort()))  # it came, and the page does not hear so
    box.fill("Besok buka, Bu.")
    page.get_by_role("button", name="Balas").click()
    expect(refusal).to_contain_text("Belum terkirim")
    page.unroute("**/reply")
    box.fill("Bawa KK asli, ya.")
    page.get_by_role("button", name="Balas").click()
    expect(refusal).to_contain_text("tulisan yang ini belum terkirim")
    expect(box).to_have_value("Bawa KK asli, ya.")
    page.get_by_role("button", name="Balas").click()
    expect(box).to_have_value("")
    sapa.settle()
    assert [one.body for one in sapa.replies()] == ["Besok buka, Bu.", "Bawa KK asli, ya."]


@pytest.mark.parametrize("answer", [{"status": 500, "body": ""}, None], ids=["server", "line"])
@pytest.mark.parametrize("verb", ["claim", "notes"])
def test_whatever_does_not_get_through_is_told(
    sapa: Installation, open_page: Callable[..., Page], verb: str, answer: dict[str, Any] | None
) -> None:
    page = open_page(signed_in(sapa.app, Role.OFFICER), f"/desk/{waits(sapa)}")
    page.route(f"**/{verb}", lambda route: route.fulfill(**answer) if answer else route.abort())
    if verb == "claim":
        page.get_by_role("button", name="Ambil").click()
    else:
        page.get_by_text("Catatan", exact=True).click()
        page.locator("#note-body").fill("Telepon besok.")
        page.get_by_role("button", name="Simpan catatan").click()
        expect(page.locator("#note-body")).to_have_value("Telepon besok.")
    expect(page.locator("#refusal")).to_contain_text("Belum terkirim")
    page.unroute(f"**/{verb}")
    page.get_by_role("button", name="Ambil" if verb == "claim" else "Simpan catatan").click()
    expect(page.locator("#refusal")).to_have_text("")


def test_a_session_that_ended_leads_to_the_sign_in_and_back_to_the_draft(
    sapa: Installation, open_page: Callable[..., Page]
) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    conversation = waits(sapa)
    page = open_page(officer, f"/desk/{conversation}")
    page.locator("#body").fill("Saya cek dulu, Bu.")
    elsewhere = at_browser(sapa.app, officer.person)
    elsewhere.post(link_of(sapa.app, officer.person), password=PASSWORD, again=PASSWORD)
    page.get_by_role("button", name="Balas").click()
    page.locator("#email").fill(officer.person.email)
    page.locator("#password").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    expect(page.locator("#body")).to_have_value("Saya cek dulu, Bu.")


def test_a_new_alert_marks_the_title_of_a_page_in_the_background(
    sapa: Installation, open_page: Callable[..., Page]
) -> None:
    page = open_page(signed_in(sapa.app, Role.OFFICER), "/desk")
    page.evaluate("Object.defineProperty(document, 'visibilityState', {value: 'hidden', configurable: true})")
    waits(sapa)
    tick(sapa)
    expect(page).to_have_title(re.compile(r"^● \(1\) Antrean"))
    page.evaluate("delete document.visibilityState; document.dispatchEvent(new Event('visibilitychange'))")
    expect(page).to_have_title(re.compile(r"^\(1\) Antrean"))


def test_a_device_is_offered_alerts_where_push_is_set_up(database_url: str, browser: Browser) -> None:
    with installation(database_url, "http://127.0.0.1:9", vapid_key=VAPID) as sapa:
        officer = signed_in(sapa.app, Role.OFFICER)
        cookie = officer.client.get_cookie("session")
        assert cookie is not None
        context = browser.new_context()
        context.add_cookies([{"name": "session", "value": cookie.value, "url": sapa.settings.public_url}])
        page = context.new_page()
        page.goto(f"{sapa.settings.public_url}/desk")
        button = page.get_by_role("button", name="Nyalakan pemberitahuan di perangkat ini")
        expect(button).to_be_visible()
        button.click()  # a private window has no push service: the browser refuses, and that is told
        expect(page.locator("#device [role=status]")).to_contain_text(re.compile("menolak|belum menyala"))
        expect(button).to_be_enabled()
        context.close()


def test_a_double_click_sends_once(sapa: Installation, open_page: Callable[..., Page]) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    conversation = waits(sapa)
    page = open_page(officer, f"/desk/{conversation}")
    page.locator("#body").fill("Baik, Bu.")
    page.get_by_role("button", name="Balas").dblclick()
    expect(page.locator(".bubble.officer")).to_have_count(1)
    sapa.settle()
    assert [one.body for one in sapa.replies()] == ["Baik, Bu."]


def test_nothing_moves_under_the_pointer_and_all_is_new_when_it_leaves(
    sapa: Installation, open_page: Callable[..., Page]
) -> None:
    officer, other = signed_in(sapa.app, Role.OFFICER), signed_in(sapa.app, Role.OFFICER)
    first, second = waits(sapa), waits(sapa, citizen=ANWAR, name="Anwar")
    page = open_page(officer, "/desk")
    card = page.locator(f"#card-{tickets(sapa, second)[0].id}")
    card.hover()
    before = card.bounding_box()
    act(other, first, "claim")
    expect(page.locator(f"#card-{tickets(sapa, first)[0].id}")).to_contain_text("sudah pindah dari daftar ini")
    assert card.bounding_box() == before
    page.mouse.move(2, 2)
    expect(page.locator(".main .card-line")).to_have_count(1)
    expect(page).to_have_title(re.compile(r"\(1\) Antrean"))


def test_a_lost_connection_is_told_and_found_again(sapa: Installation, open_page: Callable[..., Page]) -> None:
    page = open_page(signed_in(sapa.app, Role.OFFICER), "/desk")
    page.context.set_offline(True)
    expect(page.locator("#offline")).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator("#offline")).to_be_hidden()


def test_without_script_an_officer_still_takes_answers_and_resolves(sapa: Installation, browser: Browser) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    conversation = waits(sapa)
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    cookie = officer.client.get_cookie("session")
    assert cookie is not None
    context.add_cookies([{"name": "session", "value": cookie.value, "url": sapa.settings.public_url}])
    page = context.new_page()
    page.goto(f"{sapa.settings.public_url}/desk")
    page.get_by_role("button", name=re.compile("^Ambil")).click()
    page.goto(f"{sapa.settings.public_url}/desk/{conversation}")
    page.locator("#body").fill("Baik, Bu.")
    page.get_by_role("button", name="Balas").click()
    expect(page.locator(".bubble.officer")).to_contain_text("Baik, Bu.")
    page.get_by_text("Selesai", exact=True).click()
    page.get_by_role("button", name="Sudah diurus").click()
    expect(page.locator("#standing")).to_contain_text("Sudah selesai")
    context.close()
