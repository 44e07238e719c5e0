"""What an officer types is never lost, and is nobody else's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from bot.contracts import Role
from tests.browser.test_review_journey import Draws
from tests.files import photo
from tests.installation import Installation, installation
from tests.journeys.citizen import Citizen
from tests.people import PASSWORD, Browser, signed_in
from tests.web.desk_people import act, on_tuesday, waits
from tests.web.papers_sent import PAPERS, on_a_working_day

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]
WORDS = "Saya cek dulu, Bu."


@pytest.fixture
def sapa(database_url: str) -> Iterator[Installation]:
    with installation(database_url, "http://127.0.0.1:9", demo=True) as running:
        on_tuesday(running)
        yield running


@pytest.fixture
def reviewing(database_url: str, nlu_server: tuple[object, str]) -> Iterator[Installation]:
    with installation(database_url, nlu_server[1], demo=True) as running:
        running.fetching = replace(running.fetching, inspector=Draws())
        on_a_working_day(running)
        yield running


def kept(page: Page) -> list[str]:
    page.wait_for_load_state()  # the page's scripts have run
    found: list[str] = page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('draft:'))")
    return found


def anew(page: Page) -> Page:
    """The tab is closed; its page is opened in another one."""
    url, context = page.url, page.context
    page.close()
    again = context.new_page()
    again.goto(url)
    return again


def test_reply_note_and_words_for_a_colleague_outlive_a_closed_tab_until_they_are_sent(
    sapa: Installation, open_page: Callable[..., Page]
) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    signed_in(sapa.app, Role.OFFICER, name="Ridwan")
    talk = waits(sapa)
    act(officer, talk, "claim")
    page = open_page(officer, f"/desk/{talk}")
    page.get_by_text("Serahkan", exact=True).click()
    page.get_by_text("Catatan", exact=True).click()
    for field in ("#body", "#note-body", "#transfer-note"):
        page.locator(field).fill(WORDS)
    page = anew(page)
    for field in ("#body", "#note-body", "#transfer-note"):
        expect(page.locator(field)).to_have_value(WORDS)
    page.get_by_role("button", name="Balas").click()
    page.get_by_role("button", name="Simpan catatan").click()
    expect(page.locator(".bubble.note")).to_have_count(1)
    page.get_by_text("Serahkan", exact=True).click()
    page.get_by_role("button", name="Serahkan sekarang").click()
    expect(page.locator("#standing")).to_contain_text("Dipegang Ridwan")
    assert kept(page) == []
    expect(anew(page).locator("#body")).to_have_value("")


def test_an_edited_canned_answer_outlives_a_closed_tab_and_a_refusal(
    sapa: Installation, open_page: Callable[..., Page]
) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    officer.post("/desk/answers/new", title="Salam", body="Halo")
    page = open_page(officer, "/desk/answers/new")
    page.locator("#title").fill("Salam")
    page.locator("#answer-body").fill(WORDS)
    page.get_by_role("button", name="Simpan").click()  # another one has that title
    expect(page.get_by_role("alert")).to_be_visible()
    page.goto(f"{sapa.settings.public_url}/desk/answers/new")
    expect(page.locator("#answer-body")).to_have_value(WORDS)
    page.locator("#title").fill("Cek")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_role("link", name="Cek")).to_be_visible()
    assert kept(page) == []


def test_the_words_of_a_rejection_outlive_a_broken_line_and_go_with_the_decision(
    reviewing: Installation, open_page: Callable[..., Page]
) -> None:
    citizen = Citizen(reviewing)
    citizen.begins("mau kirim berkas akta lahir bayi", "1", "1", "1")
    citizen.sends(*map(photo, PAPERS))
    citizen.says("kirim")
    path = f"{reviewing.settings.public_url}/desk/files/{citizen.files()[0].id}"
    page = open_page(signed_in(reviewing.app, Role.OFFICER), "/desk")
    page.goto(path)
    page.get_by_text("Tolak", exact=True).first.click()
    page.get_by_label("Tidak terbaca").check()
    page.locator("#note").fill(WORDS)
    page.route("**/reject", lambda route: route.abort())
    page.locator("form.reject").get_by_role("button", name="Tolak dan minta foto ulang").click()
    page.wait_for_timeout(300)
    page.unroute("**/reject")
    page.goto(f"{reviewing.settings.public_url}/desk")
    page.goto(path)
    expect(page.locator("#note")).to_have_value(WORDS)
    page.get_by_text("Tolak", exact=True).first.click()
    page.get_by_label("Tidak terbaca").check()
    page.locator("form.reject").get_by_role("button", name="Tolak dan minta foto ulang").click()
    expect(page).not_to_have_url(path)
    expect(page.locator("#note")).to_have_value("")
    assert kept(page) == []


def test_who_signs_in_next_is_not_given_it_and_signing_out_forgets_it(
    sapa: Installation, open_page: Callable[..., Page]
) -> None:
    officer, colleague = signed_in(sapa.app, Role.OFFICER), signed_in(sapa.app, Role.OFFICER)
    talk = waits(sapa)
    page = open_page(officer, f"/desk/{talk}")
    page.locator("#body").fill(WORDS)
    page.context.clear_cookies()  # the session ended: nobody signed out
    signs_in(page, colleague, f"{sapa.settings.public_url}/desk/{talk}")
    expect(page.locator("#body")).to_have_value("")
    page.locator("#body").fill("Punya saya.")
    assert len(kept(page)) == 2
    page.goto(f"{sapa.settings.public_url}/account")
    page.get_by_role("button", name="Keluar", exact=True).click()
    expect(page.locator("#email")).to_be_visible()
    assert kept(page) == [f"draft:{officer.person.post_id}:{talk}/reply"], "the colleague's is forgotten"
    signs_in(page, officer, f"{sapa.settings.public_url}/desk/{talk}")
    expect(page.locator("#body")).to_have_value(WORDS)


def test_what_nobody_sent_for_a_week_is_forgotten(sapa: Installation, open_page: Callable[..., Page]) -> None:
    page = open_page(signed_in(sapa.app, Role.OFFICER), f"/desk/{waits(sapa)}")
    page.locator("#body").fill(WORDS)
    (name,) = kept(page)
    page.evaluate(
        """name => localStorage.setItem(name, JSON.stringify(
            {...JSON.parse(localStorage.getItem(name)), at: Date.now() - 8 * 86400e3}))""",
        name,
    )
    expect(anew(page).locator("#body")).to_have_value("")


def signs_in(page: Page, officer: Browser, url: str) -> None:
    page.goto(url)
    page.locator("#email").fill(officer.person.email)
    page.locator("#password").fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.goto(url)
