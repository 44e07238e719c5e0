"""A document's way through the pages: from the photo to accepted, rejected, sent again; and gone while it is open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from bot.contracts import FetchedFile, Inspection, Role
from bot.web.accounts.texts import TEXTS
from tests.browser.conftest import DESK, PHONE
from tests.browser.test_accounts import look
from tests.files import ReadsLabels, photo
from tests.installation import Installation, installation
from tests.journeys.citizen import Citizen
from tests.people import signed_in
from tests.pictures import picture_of
from tests.web.papers_sent import PAPERS, on_a_working_day

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]


class Draws(ReadsLabels):
    """Reads the label of a file, and keeps a picture that a browser can show."""

    def __init__(self) -> None:
        super().__init__()
        self.picture = picture_of("kk", 3)

    def inspect(self, file: FetchedFile) -> Inspection:
        return replace(super().inspect(file), clean=self.picture, thumbnail=self.picture)


@pytest.fixture
def sapa(database_url: str, nlu_server: tuple[object, str]) -> Iterator[Installation]:
    with installation(database_url, nlu_server[1], demo=True) as running:
        running.fetching = replace(running.fetching, inspector=Draws())
        on_a_working_day(running)
        yield running


@pytest.fixture
def citizen(sapa: Installation) -> Citizen:
    citizen = Citizen(sapa)
    citizen.begins("mau kirim berkas akta lahir bayi", "1", "1", "1")
    citizen.sends(*map(photo, PAPERS))
    assert "PKP-" in citizen.says("kirim")
    return citizen


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_from_the_photo_to_accepted_with_one_rejected_and_sent_again(
    sapa: Installation, citizen: Citizen, open_page: Callable[..., Page], axe: str, size: ViewportSize, language: str
) -> None:
    words = TEXTS[language]
    page = open_page(signed_in(sapa.app, Role.OFFICER, name="Hasnah"), f"/desk?tray=all&lang={language}", size)
    expect(page.get_by_text(words["to_review"].format(count=4))).to_be_visible()
    page.locator(".card-link").first.click()
    look(page, axe, "papers in the thread")
    page.get_by_role("link", name=words["open_review"]).click()
    look(page, axe, "review")
    page.get_by_role("link", name=words["review_next"]).click()
    look(page, axe, "file")

    picture = page.locator("#viewer img")
    page.get_by_role("button", name=words["zoom_in"]).click()
    page.get_by_role("button", name=words["rotate_right"]).click()
    assert "rotate(90deg)" in (picture.get_attribute("style") or "")
    page.locator("#viewer").focus()
    page.keyboard.press("[")
    page.keyboard.press("+")
    assert "rotate(0deg)" in (picture.get_attribute("style") or "")
    page.get_by_role("button", name=words["fit"]).click()
    assert "scale(1)" in (picture.get_attribute("style") or "")

    page.get_by_role("button", name=words["file_accept"], exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Surat keterangan kelahiran")
    page.get_by_text(words["file_reject"], exact=True).first.click()
    look(page, axe, "rejecting")
    page.get_by_label(words["rejection_unreadable"].capitalize()).check()
    page.locator("#note").fill("Cap bidan tidak terlihat.")
    page.locator("form.reject").get_by_role("button", name=words["file_reject"]).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Buku nikah")

    told = citizen.waits(minutes=2)
    assert "Cap bidan tidak terlihat." in told
    page.get_by_role("link", name=words["back_to_submission"]).click()
    expect(page.locator("#review")).to_contain_text(words["submission_state_returned"].capitalize())
    citizen.sends(photo("surat_ket_lahir", look="baru"))
    citizen.says("kirim")
    expect(page.locator("#review")).to_contain_text(words["submission_state_sent"].capitalize(), timeout=10_000)
    page.get_by_text(words["submission_accept"], exact=True).click()
    look(page, axe, "accepting all")
    page.get_by_role("button", name=words["submission_accept_sure"]).click()
    expect(page.locator("#review")).to_contain_text(words["submission_state_accepted"].capitalize())
    assert "akta lahir" in citizen.waits(minutes=2).lower(), "the citizen is told"


def test_a_file_that_the_citizen_deletes_while_it_is_open_is_gone_from_the_page(
    sapa: Installation, citizen: Citizen, open_page: Callable[..., Page]
) -> None:
    citizen.begins("mau kirim berkas kia anak saya umur 3 tahun")
    citizen.sends(photo("ktp_el"))
    page = open_page(signed_in(sapa.app, Role.OFFICER), f"/desk/files/{citizen.files()[-1].id}")
    expect(page.locator("#viewer img")).to_be_visible()
    citizen.says("hapus 1")
    expect(page.locator("#picture")).to_contain_text("Dihapus warga", timeout=10_000)
    expect(page.locator("#viewer")).to_have_count(0)
