"""The supervisor's pages in a real browser: live without a reload, on a phone and a desk, in both languages."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from bot.contracts import Role
from tests.browser.conftest import DESK, PHONE
from tests.browser.test_accounts import look
from tests.browser.test_desk import ANWAR, sapa  # noqa: F401  a fixture
from tests.browser.test_desk_live import hears
from tests.installation import Installation
from tests.people import Browser, signed_in
from tests.web.desk_people import act, later, reply, tick, waits

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]
SHOTS = os.environ.get("SAPA_SHOTS", "")
LONG = "Muhammad Nur Alamsyah Daeng Situju bin Abdul Rahman Karaeng Labakkang"


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_every_page_fits_can_be_touched_and_is_read_by_everyone(
    sapa: Installation,  # noqa: F811
    open_page: Callable[..., Page],
    axe: str,
    size: ViewportSize,
    language: str,
) -> None:
    chief, officer = (signed_in(sapa.app, role, name=LONG) for role in (Role.SUPERVISOR, Role.OFFICER))
    page = open_page(chief, f"/supervisor?lang={language}", size)
    see(page, axe, "empty")
    a_busy_morning(sapa, officer)
    for name, path in (
        ("week", "/supervisor"),
        ("before", "/supervisor?week=2026-11-17"),
        ("late", "/supervisor/tickets?of=late"),
        ("nothing", "/supervisor/tickets?of=resolution&week=2026-11-17"),
        ("behind", "/supervisor/tickets?of=first_response"),
        ("deadlines", "/supervisor/tickets?of=within_target"),
    ):
        page.goto(sapa.settings.public_url + path)
        see(page, axe, name)
    page.emulate_media(color_scheme="dark")
    page.goto(sapa.settings.public_url + "/supervisor")
    see(page, axe, "dark")


def test_who_comes_is_seen_without_a_reload_and_the_keyboard_stays_where_it_was(
    sapa: Installation,  # noqa: F811
    open_page: Callable[..., Page],
) -> None:
    page = open_page(signed_in(sapa.app, Role.SUPERVISOR), "/supervisor")
    number = page.locator("#now-waiting")
    expect(number).to_have_text("0")
    number.focus()
    page.evaluate("window.here = true")
    waits(sapa)
    expect(number).to_have_text("1")
    expect(number).to_be_focused()
    assert page.evaluate("window.here"), "it was not loaded again"
    number.press("Enter")
    expect(page.locator("h1")).to_have_text("Tiket yang menunggu petugas")
    expect(page.locator("tbody tr")).to_have_count(1)


def test_it_is_told_and_does_not_ask_and_nothing_moves_under_the_pointer(
    sapa: Installation,  # noqa: F811
    open_page: Callable[..., Page],
) -> None:
    page = hears(open_page(signed_in(sapa.app, Role.SUPERVISOR), "/supervisor"))
    page.wait_for_timeout(1000)  # what it asks for when it is greeted
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page.wait_for_timeout(4000)
    assert asked == [], "nothing happened"
    number = page.locator("#now-waiting")
    number.hover()
    waits(sapa)
    page.wait_for_timeout(1500)
    expect(number).to_have_text("0")
    page.mouse.move(2, 2)
    expect(number).to_have_text("1", timeout=5000)  # before the heartbeat, at which it would ask by itself
    asked.clear()
    page.evaluate("Object.defineProperty(document, 'visibilityState', {value: 'hidden', configurable: true})")
    waits(sapa, citizen=ANWAR, name="Anwar")
    page.wait_for_timeout(1500)
    assert asked == [], "nobody sees it"
    page.evaluate("delete document.visibilityState; document.dispatchEvent(new Event('visibilitychange'))")
    expect(number).to_have_text("2")


def test_a_lost_connection_is_told_and_a_session_that_ended_leads_to_the_sign_in(
    sapa: Installation,  # noqa: F811
    open_page: Callable[..., Page],
) -> None:
    page = open_page(signed_in(sapa.app, Role.SUPERVISOR), "/supervisor")
    page.context.set_offline(True)
    expect(page.locator("#offline")).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator("#offline")).to_be_hidden()
    page.context.clear_cookies()
    waits(sapa)
    expect(page).to_have_url(re.compile("/sign-in"))


def a_busy_morning(sapa: Installation, officer: Browser) -> None:  # noqa: F811
    """Answered, resolved, missed and still waiting: something of each."""
    first = waits(sapa, name=LONG, service="kk_hilang_rusak")
    second = waits(sapa, citizen=ANWAR, name="Anwar", service="kk_tambah_anggota")
    waits(sapa, citizen="whatsapp:+6281100000003", name="Bayu", kind="complaint")
    tick(sapa)
    later(sapa, minutes=25)
    reply(officer, first, "Baik, Bu.")
    for _ in range(13):
        later(sapa, minutes=10)
        tick(sapa)
    reply(officer, second, "Maaf menunggu, Pak.")
    act(officer, first, "resolve", outcome="done")


def see(page: Page, axe: str, name: str) -> None:
    look(page, axe, name)
    if SHOTS:
        width = (page.viewport_size or DESK)["width"]
        language = page.locator("html").get_attribute("lang")
        page.screenshot(path=Path(SHOTS) / f"supervisor-{name}-{language}-{width}.png", full_page=True)
