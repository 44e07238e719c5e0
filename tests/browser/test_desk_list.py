"""The desk's lists and pages in a real browser: found, read and worked by keys, on a phone and on a desk."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from bot.contracts import Role
from tests.browser.conftest import DESK, PHONE
from tests.browser.test_accounts import look
from tests.browser.test_desk_live import hears
from tests.installation import Installation, installation
from tests.people import signed_in
from tests.web.desk_people import act, on_tuesday, tick, waits

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]
ANWAR = "whatsapp:+6281100000002"


@pytest.fixture
def sapa(database_url: str) -> Iterator[Installation]:
    with installation(database_url, "http://127.0.0.1:9", demo=True) as running:
        on_tuesday(running)
        yield running


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_every_list_and_page_fits_can_be_touched_and_is_read_by_everyone(
    sapa: Installation, open_page: Callable[..., Page], axe: str, size: ViewportSize, language: str
) -> None:
    officer, chief = signed_in(sapa.app, Role.OFFICER), signed_in(sapa.app, Role.SUPERVISOR)
    chief.post("/desk/labels", name="Warga pulau")
    officer.post("/desk/answers/new", title="Salam", body="Halo {nama}, tiket {nomor}")
    talk = waits(sapa, name="Muhammad Nur Alamsyah Daeng Situju bin Abdul Rahman", service="kk_hilang_rusak")
    waits(sapa, kind="complaint")
    act(officer, talk, "labels/1/give")
    tick(sapa)
    page = open_page(officer, f"/desk?lang={language}", size)
    for path in (
        "/desk?tray=all",
        "/desk?tray=mine",
        f"/desk/{talk}",
        "/desk/search",
        "/desk/answers",
        "/desk/answers/1",
    ):
        page.goto(sapa.settings.public_url + path)
        look(page, axe, language)
    look(open_page(chief, f"/desk/labels?lang={language}", size), axe, language)
    page.goto(f"{sapa.settings.public_url}/desk/{talk}")
    for opened in page.locator("details > summary").all():
        if opened.is_visible():
            opened.click()
    look(page, axe, "everything open")
    page.emulate_media(color_scheme="dark")
    look(page, axe, "dark")
    page.goto(f"{sapa.settings.public_url}/desk?tray=all")
    look(page, axe, "dark")


@pytest.mark.parametrize("tray", ["waiting", "late", "all"])
def test_on_a_phone_the_list_that_is_shown_is_named_in_view(
    sapa: Installation, open_page: Callable[..., Page], tray: str
) -> None:
    page = open_page(signed_in(sapa.app, Role.OFFICER), f"/desk?tray={tray}", PHONE)
    box = page.locator(".trays [aria-current]").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]


def test_the_list_stands_beside_the_conversation_where_there_is_room(
    sapa: Installation, open_page: Callable[..., Page]
) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    talk = waits(sapa, name="Rina")
    wide, phone = open_page(officer, f"/desk/{talk}", DESK), open_page(officer, f"/desk/{talk}", PHONE)
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(urlsplit(request.url).path))
    expect(wide.locator("#list-pane .card-link[aria-current]")).to_contain_text("Rina")
    wide.mouse.move(700, 500)
    with hears(phone).expect_request("**/news*"):
        waits(sapa, citizen=ANWAR, name="Anwar")
    expect(wide.locator("#list-pane")).to_contain_text("Anwar")
    assert "/desk/list" not in asked, "a phone pays nothing for it"


def test_keys_move_open_take_and_write_and_stay_out_of_what_is_written(
    sapa: Installation, open_page: Callable[..., Page]
) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    waits(sapa, name="Rina")
    waits(sapa, citizen=ANWAR, name="Anwar")
    page = open_page(officer, "/desk")
    page.keyboard.press("j")
    expect(page.locator(".card-link").first).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator(".card-link").nth(1)).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("e")
    expect(page.locator("#standing")).to_contain_text("Anda memegang percakapan ini.")
    page.wait_for_load_state()
    page.keyboard.press("r")
    expect(page.locator("#body")).to_be_focused()
    page.keyboard.type("jke/?")
    expect(page.locator("#body")).to_have_value("jke/?")
    page.locator("h1").click()
    page.keyboard.press("n")
    expect(page.locator("#note-body")).to_be_focused()
    page.goto(f"{sapa.settings.public_url}/desk")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.locator("#keys-on").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.locator(".card-link").first).not_to_be_focused()


def test_a_canned_answer_goes_in_where_the_cursor_stands(sapa: Installation, open_page: Callable[..., Page]) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    officer.post("/desk/answers/new", title="Cek", body="{nama}, kami cek dulu.")
    talk = waits(sapa, name="Rina")
    page = open_page(officer, f"/desk/{talk}")
    page.locator("#body").fill("Selamat pagi. ")
    page.get_by_text("Jawaban siap", exact=True).click()
    page.locator("#canned-find").fill("cek")
    page.get_by_role("link", name=re.compile("^Cek")).click()
    expect(page.locator("#body")).to_have_value("Selamat pagi. Rina, kami cek dulu.")
    expect(page.locator("#body")).to_be_focused()


def test_what_is_searched_for_stands_in_no_address_and_back_leads_to_the_list(
    sapa: Installation, open_page: Callable[..., Page]
) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    waits(sapa, name="Rina")
    page = open_page(officer, "/desk?tray=all")
    page.locator("#q").fill("rina")
    page.locator("#q").press("Enter")
    page.get_by_role("link", name=re.compile("Rina")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rina")
    page.go_back()
    expect(page.get_by_role("link", name=re.compile("Rina"))).to_be_visible()
    assert "rina" not in page.url.lower()


def test_a_mark_tells_what_is_new_until_it_is_seen(sapa: Installation, open_page: Callable[..., Page]) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    talk = waits(sapa, name="Rina")
    officer.post(f"/desk/{talk}/claim", form_on="/account")
    page = open_page(officer, "/desk?tray=mine")
    expect(page.locator(".card-line.unread")).to_have_count(1)
    page.locator(".card-link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rina")
    page.get_by_role("link", name="Antrean").click()
    expect(page).to_have_url(re.compile("tray=mine"))
    expect(page.locator(".card-line")).to_have_count(1)
    expect(page.locator(".card-line.unread")).to_have_count(0)
