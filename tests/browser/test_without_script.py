"""The desk where no script runs (an old browser, a line that drops it): every verb is a form."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.contracts import Role
from tests.installation import Installation, installation
from tests.people import Browser as Officer
from tests.people import signed_in
from tests.web.desk_people import on_tuesday, waits

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]


@pytest.fixture
def sapa(database_url: str) -> Iterator[Installation]:
    with installation(database_url, "http://127.0.0.1:9", demo=True) as running:
        on_tuesday(running)
        yield running


@pytest.fixture
def officer(sapa: Installation) -> Officer:
    return signed_in(sapa.app, Role.OFFICER, name="Hasnah")


@pytest.fixture
def page(sapa: Installation, browser: Browser, officer: Officer) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False)
    cookie = officer.client.get_cookie("session")
    assert cookie is not None
    context.add_cookies([{"name": "session", "value": cookie.value, "url": sapa.settings.public_url}])
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


def test_take_answer_note_and_end_without_a_script(sapa: Installation, officer: Officer, page: Page) -> None:
    officer.post("/desk/answers/new", title="Cek", body="{nama}, kami cek dulu.")
    waits(sapa, name="Rina")
    page.goto(f"{sapa.settings.public_url}/desk")
    page.get_by_role("button", name="Ambil").click()
    expect(page.locator("#standing")).to_contain_text("Anda memegang percakapan ini.")
    page.get_by_text("Jawaban siap", exact=True).click()
    page.get_by_role("link", name="Cek").click()
    expect(page.locator("#body")).to_have_value("Rina, kami cek dulu.")
    page.get_by_role("button", name="Balas").click()
    expect(page.locator(".bubble.officer")).to_contain_text("Rina, kami cek dulu.")
    page.get_by_text("Catatan", exact=True).click()
    page.locator("#note-body").fill("Telepon besok.")
    page.get_by_role("button", name="Simpan catatan").click()
    expect(page.locator(".bubble.note")).to_contain_text("Telepon besok.")
    page.get_by_text("Selesai", exact=True).click()
    page.get_by_role("button", name="Pertanyaan terjawab").click()
    expect(page.locator("#standing")).to_contain_text("Sudah selesai")
    page.goto(f"{sapa.settings.public_url}/desk")
    page.locator("#q").fill("cek dulu")
    page.get_by_role("button", name="Cari").click()
    expect(page.get_by_role("link", name="Rina")).to_be_visible()
