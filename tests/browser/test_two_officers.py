"""Two officers at one desk: one conversation is one officer's, and nothing that the other wrote is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from bot.contracts import Role
from bot.web.accounts.texts import TEXTS
from tests.browser.conftest import DESK, PHONE
from tests.browser.test_accounts import look
from tests.installation import Installation, installation
from tests.people import signed_in
from tests.web.desk_people import act, on_tuesday, waits

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"]),
    pytest.mark.parametrize("language", ["id", "en"]),
]
OTHER = {"id": "en", "en": "id"}
DRAFT = "Selamat pagi, Bu. Ada yang bisa saya bantu?"


@pytest.fixture
def sapa(database_url: str) -> Iterator[Installation]:
    with installation(database_url, "http://127.0.0.1:9", demo=True) as running:
        on_tuesday(running)
        yield running


def test_of_two_who_answer_at_once_one_is_sent_and_the_other_reads_it_and_keeps_theirs(
    sapa: Installation, open_page: Callable[..., Page], axe: str, size: ViewportSize, language: str
) -> None:
    words = TEXTS[language]
    sari, budi = (signed_in(sapa.app, Role.OFFICER, name=name) for name in ("Ibu Sari", "Pak Budi"))
    talk = waits(sapa)
    first, second = (open_page(one, f"/desk/{talk}?lang={language}", size) for one in (sari, budi))
    second.locator("#body").fill(DRAFT)
    second.route("**/desk/events**", lambda route: route.abort())  # a slow line: it has not heard yet
    second.route(f"**/desk/{talk}/news**", lambda route: route.abort())
    first.locator("#body").fill("Baik Bu, saya bantu.")
    first.get_by_role("button", name=words["reply"]).click()
    expect(first.locator(".bubble.officer")).to_contain_text("Baik Bu, saya bantu.")
    second.get_by_role("button", name=words["reply"]).click()
    expect(second.locator("#refusal")).to_contain_text(words["refused_held"].format(name="Ibu Sari"))
    expect(second.locator("#refusal")).to_contain_text("“Baik Bu, saya bantu.”")
    expect(second.locator("#body")).to_have_value(DRAFT)
    look(second, axe, "lost race")
    second.unroute_all()
    second.get_by_role("button", name=words["note_from_draft"]).click()
    expect(second.locator("#body")).to_have_value("")
    expect(second.locator("#note-body")).to_have_value(DRAFT)
    second.get_by_role("button", name=words["note_keep"]).click()
    expect(first.locator(".bubble.note")).to_contain_text(DRAFT)
    assert sapa.replies() == [] or all(DRAFT not in message.body for message in sapa.replies())


def test_both_see_the_other_type_and_a_transfer_changes_hands_before_their_eyes(
    sapa: Installation, open_page: Callable[..., Page], axe: str, size: ViewportSize, language: str
) -> None:
    words = TEXTS[language]
    sari, budi = (signed_in(sapa.app, Role.OFFICER, name=name) for name in ("Ibu Sari", "Pak Budi"))
    talk = waits(sapa)
    act(sari, talk, "claim")
    theirs = TEXTS[OTHER[language]]
    first = open_page(sari, f"/desk/{talk}?lang={language}", size)
    second = open_page(budi, f"/desk/{talk}?lang={OTHER[language]}", size)
    first.locator("#body").press_sequentially("Sebentar")
    expect(second.locator("#colleagues")).to_contain_text(theirs["colleagues_type"].format(names="Ibu Sari"))
    second.locator("#body").press_sequentially("Me too")
    expect(first.locator("#colleagues")).to_contain_text(words["colleagues_type"].format(names="Pak Budi"))
    first.get_by_text(words["transfer"], exact=True).click()
    look(first, axe, "transfer")
    first.locator("#transfer-note").fill("Beliau minta bahasa Bugis.")
    first.get_by_role("button", name=words["transfer_do"]).click()
    expect(first.locator("#standing")).to_contain_text(words["whose_other"].format(name="Pak Budi"))
    expect(first.locator("#body")).to_have_value("Sebentar")
    expect(second.locator("#standing")).to_contain_text(theirs["whose_mine"])
    expect(second.locator(".bubble.note")).to_contain_text("bahasa Bugis")
    expect(second.locator("#body")).to_have_value("Me too")
