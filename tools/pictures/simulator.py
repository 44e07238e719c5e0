"""The simulator: citizens' phones, a photo, a hand-over from both sides, and alerts that climb."""

from __future__ import annotations

from playwright.sync_api import Page, ViewportSize

from tests.demo import tick
from tools.pictures.album import Album
from tools.pictures.stage import PHONE, Stage

TALK = (
    (0, "kk sy hilang bgmn urusnya", "Surat kehilangan kepolisian"),
    (1, "mau urus ktp", "keperluannya yang mana"),
    (0, "kalau biayanya?", "biayanya"),
    (2, "ada yg minta uang katanya petugas capil", "PKP-"),
)
TICKS = 4_000  # ms until the last ticks are blue


def take(stage: Stage, album: Album) -> None:
    with stage.sapa.working():
        page = stage.open("/simulator")
        for phone, text, expected in TALK:
            _say(page, phone, text, expected)
        page.wait_for_timeout(TICKS)
        album.take(page, "simulator", "The simulator: three phones, each a citizen talking to Sapa")
        phone_page = stage.open("/simulator", PHONE)
        phone_page.wait_for_timeout(1_500)
        album.take(phone_page, "simulator-phone", "The simulator on a phone")
        _both_sides(stage, album)
        _climb(stage, album)


def _both_sides(stage: Stage, album: Album) -> None:
    """The same hand-over on the citizen's phone and at the officer's desk."""
    half = ViewportSize(width=820, height=900)
    phones = stage.open("/simulator", half)
    box = phones.locator('textarea[name="body"]:visible').first  # so narrow a page shows one phone at a time
    box.fill("saya mau bicara dengan petugas")
    box.press("Enter")
    phones.get_by_text("saya sambungkan").locator("visible=true").last.wait_for(timeout=15_000)
    desk = stage.open_as("Hasnah", "/desk", half)
    desk.locator(".card-line").filter(has_text="bicara dengan petugas").get_by_role("button").click()
    desk.get_by_text("Anda memegang percakapan ini.").wait_for()
    desk.locator("#body").fill("Selamat pagi, Bu. Saya Hasnah. Ada yang bisa saya bantu?")
    desk.get_by_role("button", name="Balas").click()
    phones.get_by_text("Saya Hasnah").locator("visible=true").first.wait_for(timeout=15_000)
    phones.wait_for_timeout(TICKS)
    desk.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
    album.take_both(
        phones, desk, "both-sides", "One hand-over from both sides: the citizens' phones and the officer's desk"
    )


def _climb(stage: Stage, album: Album) -> None:
    """A hand-over in the training office, until the supervisor hears of it and an officer takes it."""
    page = stage.open("/simulator?office=LAT")
    _say(page, 1, "saya mau bicara dengan petugas", "LAT-")
    page.locator('label[for="side-staff"]').click()
    for _ in range(8):
        tick(stage.sapa)
        stage.sapa.clock.advance(minutes=1)
    page.get_by_text("Ada warga").first.wait_for(state="attached")
    page.locator('label[for="mail-of-andi"]').click()
    page.locator('.phone[data-owner="mina"]').get_by_role("button", name="AMBIL").last.click()
    page.get_by_text("sekarang Anda pegang").last.wait_for(timeout=15_000)
    page.wait_for_timeout(TICKS)
    album.take(
        page, "simulator-officers", "Officers' phones and mailboxes in the training office: one hand-over's alerts"
    )


def _say(page: Page, phone: int, text: str, expected: str) -> None:
    box = page.get_by_placeholder("Tulis pesan").nth(phone)
    box.fill(text)
    box.press("Enter")
    page.get_by_text(expected).last.wait_for(timeout=15_000)
