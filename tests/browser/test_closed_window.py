"""WhatsApp's day over, in a real browser: an answer waits, the citizen is told, it is taken back."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from sqlalchemy import select

from bot.contracts import Role
from bot.models import Conversation
from tests.browser.conftest import DESK, PHONE
from tests.browser.test_accounts import look
from tests.installation import Installation, installation
from tests.people import signed_in
from tests.web.desk_people import act, later, on_tuesday, send_key, tick, waits
from tests.web.test_desk_window import a_day_later, approve

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]
BOTH = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
LONG_NAME = "Muhammad Nur Alamsyah Daeng Situju bin Abdul Rahman Karaeng Labakkang"


@pytest.fixture
def sapa(database_url: str) -> Iterator[Installation]:
    with installation(database_url, "http://127.0.0.1:9", demo=True) as running:
        on_tuesday(running)
        yield running


@BOTH
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_state_fits_can_be_touched_and_is_read_by_everyone(
    sapa: Installation, open_page: Callable[..., Page], axe: str, size: ViewportSize, language: str
) -> None:
    officer = signed_in(sapa.app, Role.OFFICER, name="Hasnah Contoh")
    conversation = waits(sapa, name=LONG_NAME)
    tick(sapa)
    act(officer, conversation, "claim")
    page = f"/desk/{conversation}?lang={language}"

    def shot(name: str) -> Page:
        seen = open_page(officer, page, size)
        look(seen, axe, name)
        picture(seen, f"{name}-{language}-{size['width']}")
        return seen

    later(sapa, hours=22, minutes=30)
    officer.sign_in_fully()
    shot("soon")
    a_day_later(sapa, officer)
    shot("closed-not-approved")
    approve(sapa)
    shot("closed")
    given = {"send_key": send_key(officer, conversation), "how": "park"}
    act(officer, conversation, "reply", body="Aktanya sudah jadi, Bu. Silakan *ambil* di loket 2.", **given)
    shot("parked")
    act(officer, conversation, "reply", body="", send_key=send_key(officer, conversation), how="tell")
    sapa.settle()
    shot("told")
    act(officer, conversation, "resolve", outcome="done")
    shot("parked-ended")


@BOTH
def test_an_answer_is_kept_taken_back_told_of_and_leaves(
    sapa: Installation, open_page: Callable[..., Page], size: ViewportSize
) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    conversation = waits(sapa)
    approve(sapa)
    a_day_later(sapa, officer)
    page = open_page(officer, f"/desk/{conversation}", size)
    box, parked = page.locator("#body"), page.locator("#parked li")
    expect(page.locator("#window")).to_contain_text("WhatsApp tidak mengantar balasan sekarang")
    box.fill("Aktanya sudah jadi, Bu.")
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(parked).to_contain_text("Menunggu warga menulis")
    expect(box).to_have_value("")

    box.fill("sedang saya tulis")
    page.get_by_role("button", name="Tarik kembali").click()
    expect(parked).to_have_count(0)
    expect(box).to_have_value("Aktanya sudah jadi, Bu.\n\nsedang saya tulis")
    page.reload()
    expect(box).to_have_value("Aktanya sudah jadi, Bu.\n\nsedang saya tulis")

    box.fill("Aktanya sudah jadi, Bu.")
    box.press("Control+Enter")  # the first button: keep, and tell the citizen
    expect(parked).to_contain_text("Aktanya sudah jadi, Bu.")
    expect(page.locator("#send")).to_contain_text("Warga sudah diberi tahu")
    sapa.settle()
    [told] = sapa.replies()
    sapa.control.window(86_400)
    sapa.control.press(told.sid, wait=True)
    sapa.settle()
    expect(parked).to_have_count(0)
    expect(page.locator(".bubble.officer").last).to_contain_text("Aktanya sudah jadi, Bu.")
    expect(page.get_by_role("button", name="Balas")).to_be_visible()
    expect(page.locator("#window")).not_to_contain_text("WhatsApp")


def test_a_day_that_ends_while_one_writes_asks_and_the_same_words_are_kept(
    sapa: Installation, open_page: Callable[..., Page]
) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    conversation = waits(sapa)
    page = open_page(officer, f"/desk/{conversation}")
    page.locator("#body").fill("Masih perlu bantuan, Bu?")
    with sapa.database.transaction() as session:  # as if they had written a day ago
        session.get_one(Conversation, conversation).window_until = sapa.clock()
    page.get_by_role("button", name="Balas").click()
    expect(page.locator("#refusal")).to_contain_text("Simpan sampai warga menulis lagi?")
    expect(page.locator("#body")).to_have_value("Masih perlu bantuan, Bu?")
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.locator("#parked li")).to_contain_text("Masih perlu bantuan, Bu?")
    expect(page.locator("#refusal")).to_be_empty()


@BOTH
def test_an_explanation_that_is_open_stays_open_when_news_come(
    sapa: Installation, open_page: Callable[..., Page], axe: str, size: ViewportSize
) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    sapa.write("jam buka")
    sapa.settle()
    with sapa.database.reading() as session:
        conversation = session.scalars(select(Conversation.id)).one()
    page = open_page(officer, f"/desk/{conversation}", size)
    page.get_by_text("Mengapa dijawab begini").click()
    told = page.get_by_text("Menjawab dari jam buka dan kalender kantor.")
    expect(told).to_be_visible()
    look(page, axe, "why")
    picture(page, f"why-{size['width']}")
    sapa.write("petugas")
    expect(page.locator(".bubble.citizen")).to_have_count(2)
    expect(told).to_be_visible()
    sapa.settle()
    expect(page.get_by_text("Mengapa dijawab begini")).to_have_count(2)
    expect(told).to_be_visible()


def picture(page: Page, name: str) -> None:
    """For who wants to look: SAPA_PICTURES_OF_TESTS names a folder."""
    if folder := os.environ.get("SAPA_PICTURES_OF_TESTS"):
        page.screenshot(path=Path(folder) / f"window-{name}.png")
