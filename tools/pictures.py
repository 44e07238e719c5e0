"""Takes the pictures of the docs from the running program: ``make pictures``.

The demo runs by itself with the real model; the citizens and what they write are invented.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from bot.contracts import Role
from bot.db.engine import make_engine
from bot.db.schema import migrate
from bot.flow.watch import raise_alerts
from tests.demo import demo_installation, tick
from tests.fixtures_nlu import running_nlu
from tests.installation import Installation
from tests.people import PASSWORD, member

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
DESK = ViewportSize(width=1440, height=900)
PHONE = ViewportSize(width=360, height=740)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
TALK = (
    (0, "kk sy hilang bgmn urusnya", "Surat kehilangan kepolisian"),
    (1, "mau urus ktp", "keperluannya yang mana"),
    (0, "kalau biayanya?", "biayanya"),
    (2, "ada yg minta uang katanya petugas capil", "PKP-"),
)
OFFICER_SAYS = "Terima kasih laporannya, Pak. Jangan dibayar, ya. Boleh tahu kapan dan di mana kejadiannya?"


def main() -> None:
    """Write the pictures into ``docs/pictures``."""
    folder = Path(tempfile.mkdtemp())
    url = f"sqlite:///{folder / 'pictures.db'}"
    migrate(make_engine(url))
    try:
        with running_nlu() as (_, nlu_url), demo_installation(url, nlu_url) as sapa, sapa.working():
            _take(sapa)
    finally:
        shutil.rmtree(folder)


def _take(sapa: Installation) -> None:
    home = f"{sapa.settings.public_url}/simulator"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page(viewport=DESK)
        page.goto(home)
        for phone, text, expected in TALK:
            _say(page, phone, text, expected)
        page.wait_for_timeout(4_000)  # until the last ticks are blue
        page.screenshot(path=PICTURES / "simulator-desk.png")
        _again(browser, home, "simulator-phone.png", PHONE)
        _climb(browser, sapa, f"{home}?office=LAT")
        _take_desk(browser, sapa)
        browser.close()


def _take_desk(browser: Browser, sapa: Installation) -> None:
    """The queue, then a conversation that was answered."""
    officer = member(sapa.app, Role.OFFICER, name="Hasnah Contoh").person
    raise_alerts(sapa.database, sapa.line.assistant.rules, (), sapa.clock())
    page = browser.new_page(viewport=DESK)
    page.goto(f"{sapa.settings.public_url}/desk")
    page.locator("#email").fill(officer.email)
    page.locator("#password").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    page.locator(".card-line").first.wait_for()
    page.screenshot(path=PICTURES / "desk.png")
    page.set_viewport_size(PHONE)
    page.screenshot(path=PICTURES / "desk-phone.png")
    page.set_viewport_size(DESK)
    page.get_by_role("button", name="Ambil").first.click()
    page.locator("#body").fill(OFFICER_SAYS)
    page.get_by_role("button", name="Balas").click()
    page.locator(".tells.read").last.wait_for(timeout=15_000)
    page.wait_for_timeout(4_000)  # until the answer's ticks are blue too
    page.screenshot(path=PICTURES / "desk-thread.png")


def _climb(browser: Browser, sapa: Installation, home: str) -> None:
    """A hand-over in the training office, until the supervisor hears of it and an officer takes it."""
    page = browser.new_page(viewport=DESK)
    page.goto(home)
    _say(page, 1, "saya mau bicara dengan petugas", "LAT-")
    page.locator('label[for="side-staff"]').click()
    for _ in range(8):
        tick(sapa)
        sapa.clock.advance(minutes=1)
    page.get_by_text("Ada warga").first.wait_for(state="attached")
    page.locator('label[for="mail-of-andi"]').click()
    page.locator('.phone[data-owner="mina"]').get_by_role("button", name="AMBIL").last.click()
    page.get_by_text("sekarang Anda pegang").last.wait_for(timeout=15_000)
    page.wait_for_timeout(4_000)
    page.screenshot(path=PICTURES / "simulator-officers.png")


def _say(page: Page, phone: int, text: str, expected: str) -> None:
    box = page.get_by_placeholder("Tulis pesan").nth(phone)
    box.fill(text)
    box.press("Enter")
    page.get_by_text(expected).last.wait_for(timeout=15_000)


def _again(browser: Browser, home: str, name: str, size: ViewportSize) -> None:
    page = browser.new_page(viewport=size)
    page.goto(home)
    page.wait_for_timeout(1_500)
    page.screenshot(path=PICTURES / name)


if __name__ == "__main__":
    main()
