"""A newcomer sees both sides of a hand-over: from an officer's phone in the simulator to their desk in one click."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from bot.flow.watch import raise_alerts
from tests.browser.conftest import DESK, PHONE
from tests.browser.test_accounts import look
from tests.demo import demo_installation
from tests.installation import Installation
from tests.web.desk_people import on_tuesday

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]


@pytest.fixture
def demo(database_url: str) -> Iterator[Installation]:
    with demo_installation(database_url, "http://127.0.0.1:9") as sapa:
        on_tuesday(sapa)
        yield sapa


def test_two_officers_and_a_citizen_side_by_side(demo: Installation, browser: Browser, axe: str) -> None:
    context = browser.new_context(viewport=DESK, reduced_motion="reduce")
    simulator = context.new_page()
    with demo.working():
        simulator.goto(f"{demo.settings.public_url}/simulator")
        simulator.get_by_placeholder("Tulis pesan").first.fill("petugas")
        simulator.get_by_placeholder("Tulis pesan").first.press("Enter")
        expect(simulator.locator(".theirs").first).to_contain_text("PKP-2611-0001", timeout=15_000)
        raise_alerts(demo.database, demo.line.assistant.rules, (), demo.clock())
        simulator.locator('label[for="side-staff"]').click()
        look(simulator, axe, "simulator")
        if folder := os.environ.get("SAPA_PICTURES_OF_TESTS"):
            simulator.screenshot(path=Path(folder) / "window-simulator.png")
        desks = []
        for name in ("Hasnah", "Ridwan"):
            with context.expect_page() as opened:
                simulator.get_by_role("button", name=f"Buka meja, {name} Contoh").click()
            desks.append(opened.value)
        hasnah, ridwan = desks
        for desk in desks:
            expect(desk.get_by_role("button", name="Ambil")).to_be_visible(timeout=15_000)
        assert hasnah.url.startswith("http://127.0.0.1")
        assert ridwan.url.startswith("http://localhost")

        hasnah.locator(".card-link").first.click()
        hasnah.locator("#body").fill("Selamat pagi, Bu.")
        hasnah.get_by_role("button", name="Balas").click()
        expect(hasnah.locator(".bubble.officer")).to_contain_text("Hasnah Contoh", timeout=15_000)
        expect(ridwan.get_by_role("link", name="Petugas lain 1")).to_be_visible(timeout=15_000)
        expect(simulator.get_by_text("Selamat pagi, Bu.").first).to_be_attached(timeout=15_000)

        # the third officer takes the first one's window and session, plainly
        simulator.get_by_role("button", name="Buka meja, Sulfiana Contoh").click()
        expect(hasnah.get_by_role("link", name="Petugas lain 1")).to_be_visible(timeout=15_000)
        assert len(context.pages) == 3
    context.close()


def test_on_a_phone_and_from_the_list_of_staff_too(demo: Installation, browser: Browser, axe: str) -> None:
    context = browser.new_context(viewport=PHONE, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{demo.settings.public_url}/simulator")
    page.locator('label[for="side-staff"]').click()
    expect(page.get_by_role("button", name="Buka meja, Hasnah Contoh")).to_be_visible()
    if folder := os.environ.get("SAPA_PICTURES_OF_TESTS"):
        page.screenshot(path=Path(folder) / "window-simulator-360.png")
    page.goto(f"{demo.settings.public_url}/simulator/staff")
    look(page, axe, "staff")
    if folder:
        page.screenshot(path=Path(folder) / "window-staff-360.png")
    with context.expect_page() as opened:
        page.get_by_role("button", name="Buka meja layanan: Maryam Contoh").click()
    expect(opened.value.get_by_text("Tidak ada yang menunggu.")).to_be_visible(timeout=15_000)
    context.close()
