"""The desk is live in a real browser: told by its stream, undisturbed by what is told, and live without a stream.

A page with a stream asks by itself at a heartbeat only, later than a test waits: what comes sooner was told. How much
sooner, ``make bench-streams`` tells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from bot.contracts import Role
from bot.desk import thread
from tests.browser.conftest import PHONE
from tests.installation import Installation, installation
from tests.people import signed_in
from tests.web.desk_people import act, on_tuesday, waits

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]
HEARS = "() => window.hears === true"
BEFORE_FORGOTTEN = 5_000  # ms; a colleague who says nothing more is forgotten after ten seconds
NOTES_GREETING = """
const Real = window.EventSource;
window.EventSource = class extends Real {
  constructor(url) { super(url); this.addEventListener("hello", () => { window.hears = true; }); }
};
"""


@pytest.fixture
def sapa(database_url: str) -> Iterator[Installation]:
    with installation(database_url, "http://127.0.0.1:9", demo=True) as running:
        on_tuesday(running)
        yield running


def hears(page: Page) -> Page:
    """Once its stream is greeted; its first page had no time to note that, so it is loaded again."""
    page.add_init_script(NOTES_GREETING)
    page.reload()
    page.wait_for_function(HEARS)
    return page


def test_what_happens_is_on_every_open_page_though_none_asks(
    sapa: Installation, open_page: Callable[..., Page]
) -> None:
    officer, other = signed_in(sapa.app, Role.OFFICER), signed_in(sapa.app, Role.OFFICER)
    queue, phone = hears(open_page(officer, "/desk")), hears(open_page(other, "/desk", PHONE))
    conversation = waits(sapa, name="Ibu Rina")
    expect(queue.locator(".main .card-line")).to_have_count(1)
    expect(phone.locator(".main .card-line")).to_have_count(1)
    thread = hears(open_page(officer, f"/desk/{conversation}"))
    sapa.write("masih di sana?")
    expect(thread.locator(".bubble.citizen").last).to_contain_text("masih di sana?")


def test_a_colleague_who_types_is_shown_and_leaves_when_the_page_is_left(
    sapa: Installation, open_page: Callable[..., Page]
) -> None:
    officer = signed_in(sapa.app, Role.OFFICER, name="Pak Budi")
    other = signed_in(sapa.app, Role.OFFICER, name="Ibu Sari")
    conversation = waits(sapa)
    page, colleague = (open_page(one, f"/desk/{conversation}") for one in (officer, other))
    expect(page.locator("#colleagues")).to_have_text("Ibu Sari juga membuka percakapan ini")
    colleague.locator("#body").press_sequentially("Selamat pagi")
    expect(page.locator("#colleagues")).to_have_text("Ibu Sari sedang mengetik…")
    colleague.locator("#body").fill("")
    expect(page.locator("#colleagues")).to_have_text("Ibu Sari juga membuka percakapan ini", timeout=BEFORE_FORGOTTEN)
    colleague.goto(f"{sapa.settings.public_url}/desk")
    expect(page.locator("#colleagues")).to_have_text("", timeout=BEFORE_FORGOTTEN)


def test_a_page_whose_stream_is_refused_asks_by_itself(
    sapa: Installation, open_page: Callable[..., Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sapa.app.extensions["sapa_streams"], "_most", 0)
    page = open_page(signed_in(sapa.app, Role.OFFICER), "/desk")
    waits(sapa)
    expect(page.locator(".main .card-line")).to_have_count(1)


def test_a_page_whose_stream_breaks_off_asks_until_it_is_back(
    sapa: Installation, open_page: Callable[..., Page]
) -> None:
    page = hears(open_page(signed_in(sapa.app, Role.OFFICER), "/desk"))
    page.route("**/events*", lambda route: route.abort())
    for stream in sapa.app.extensions["sapa_streams"].all():
        stream.end("stopping")
    waits(sapa)
    expect(page.locator(".main .card-line")).to_have_count(1)


def test_news_leave_text_focus_menu_and_marked_words_alone(sapa: Installation, open_page: Callable[..., Page]) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    conversation = waits(sapa)
    act(officer, conversation, "claim")
    page = hears(open_page(officer, f"/desk/{conversation}"))
    page.get_by_text("Selesai", exact=True).click()
    box = page.locator("#body")
    box.press_sequentially("Saya cek")
    sapa.write("satu lagi, Pak")
    expect(page.locator(".bubble.citizen").last).to_contain_text("satu lagi")
    expect(box).to_be_focused()
    box.press_sequentially(" dulu")
    expect(box).to_have_value("Saya cek dulu")
    expect(page.get_by_role("button", name="Pertanyaan terjawab")).to_be_visible()
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.bubble.citizen .text'))")
    sapa.write("dan satu lagi")
    expect(page.locator(".bubble.citizen").last).to_contain_text("dan satu lagi")
    assert page.evaluate("getSelection().toString()") == "halo, mau tanya"


def test_a_list_that_is_cut_stays_as_it_is_but_for_its_ends(
    sapa: Installation, open_page: Callable[..., Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thread, "MOST", 5)
    conversation = waits(sapa)
    for number in range(6):
        sapa.write(f"pesan ke-{number}")
    page = hears(open_page(signed_in(sapa.app, Role.OFFICER), f"/desk/{conversation}"))
    page.evaluate("document.querySelectorAll('.bubble').forEach(line => { line.isTheSame = true; })")
    sapa.write("yang terakhir")
    expect(page.locator(".bubble").last).to_contain_text("yang terakhir")
    stayed = page.evaluate("[...document.querySelectorAll('.bubble')].map(line => line.isTheSame === true)")
    assert stayed == [True, True, True, True, False]
    page.get_by_role("link", name="Pesan sebelumnya").click()
    expect(page.locator(".bubble").last).to_contain_text("pesan ke-1")
    page.get_by_role("link", name="Pesan terbaru").click()
    expect(page.locator(".bubble").last).to_contain_text("yang terakhir")


def test_who_reads_further_up_stays_there(sapa: Installation, open_page: Callable[..., Page]) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    conversation = waits(sapa)
    for number in range(25):
        sapa.write(f"pesan ke-{number}\n\n\n.")
    page = hears(open_page(officer, f"/desk/{conversation}", PHONE))
    page.evaluate("scrollTo({top: 200, behavior: 'instant'})")
    place = page.evaluate("scrollY")
    sapa.write("yang terakhir")
    expect(page.locator(".bubble.citizen").last).to_contain_text("yang terakhir")
    page.wait_for_timeout(200)
    assert page.evaluate("scrollY") == place
