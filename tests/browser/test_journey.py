"""A newcomer's first minute: a question typed into the simulator is answered by the real Sapa, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.installation import Installation, installation

pytestmark = pytest.mark.browser


@pytest.fixture
def demo(database_url: str, nlu_url: str) -> Iterator[Installation]:
    with installation(database_url, nlu_url, demo=True) as sapa, sapa.working():
        yield sapa


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_newcomer_asks_and_is_answered(demo: Installation, page: Page) -> None:
    page.goto(f"{demo.settings.public_url}/simulator")
    box = page.get_by_placeholder("Tulis pesan").first
    box.fill("kk sy hilang bgmn urusnya")
    box.press("Enter")
    expect(page.get_by_text("Surat kehilangan kepolisian").first).to_be_visible(timeout=15_000)
    expect(page.get_by_text("dibaca").first).to_be_visible(timeout=15_000)
    box.fill("kalau biayanya?")
    box.press("Enter")
    expect(page.get_by_text("biayanya").last).to_be_visible(timeout=15_000)


def test_outside_the_demo_there_is_no_simulator(deaf_sapa: Installation, page: Page) -> None:
    answer = page.goto(f"{deaf_sapa.settings.public_url}/simulator")
    assert answer is not None
    assert answer.status == 404
