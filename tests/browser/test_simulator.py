"""The simulator in a real browser, against the real stand-in and an office that echoes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from flask import Flask, Response, request
from flask_wtf import CSRFProtect
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, ViewportSize, expect
from twilio.rest import Client

from bot.contracts import Mail, MailServer
from bot.gateways.fake_mail import FakeMail, FakeMailControl, running_mail
from bot.gateways.fake_twilio import FakeTwilioControl, create_fake_twilio, running
from bot.gateways.mail import SmtpMailer
from bot.web.security import protect
from bot.web.simulator import simulator_blueprint

pytestmark = pytest.mark.browser

WEB = Path(__file__).parents[2] / "bot" / "web"
ACCOUNT = "AC" + "0" * 32
TOKEN = "invented-token"
OFFICE = "whatsapp:+6281100000000"
TRAINING = "whatsapp:+6281100000009"
RINA = "whatsapp:+6281100000001"
ANWAR = "whatsapp:+6281100000002"
HASNAH = "whatsapp:+6281100000011"
ALERT = "HX" + "1" * 32
PHONE = ViewportSize(width=360, height=740)
DESK = ViewportSize(width=1440, height=900)
MENU = "KK yang mana, Bapak/Ibu?\n1. KK hilang atau rusak\n2. KK baru menikah\nBalas dengan angkanya."


def echoing_office(control: FakeTwilioControl, mailbox: FakeMailControl | None = None) -> Flask:
    """The simulator's page and a webhook that answers each message with its own text, as Sapa would."""
    app = Flask("office", template_folder=str(WEB / "templates"), static_folder=str(WEB / "static"))
    app.config.update(SECRET_KEY="invented-secret-of-32-characters!!", WTF_CSRF_TIME_LIMIT=None)
    csrf = CSRFProtect(app)
    app.register_blueprint(simulator_blueprint(control, OFFICE, mailbox))
    twilio = client(control)

    @app.post("/webhooks/twilio/messages")
    @csrf.exempt
    def answer() -> Response:
        body = request.form["Body"]
        if body != "diam":
            said = request.form.get("ButtonPayload") or body or request.form["MessageType"]
            text = MENU if body == "menu" else f"Kantor menerima: {said}"
            twilio.messages.create(to=request.form["From"], from_=request.form["To"], body=text)
        return Response(status=200)

    protect(app, https=False)
    return app


def client(control: FakeTwilioControl) -> Client:
    twilio = Client(ACCOUNT, TOKEN)
    twilio.api.base_url = control.base_url
    return twilio


class Office(NamedTuple):
    url: str
    control: FakeTwilioControl
    mail: FakeMail

    def alert(self) -> None:
        """As Sapa sends it to an officer."""
        button = [("AMBIL", "AMBIL PKP-2611-0001K")]
        self.control.template(ALERT, "Tiket {{1}} menunggu.", variables={"1": "PKP"}, buttons=button)
        client(self.control).messages.create(to=HASNAH, from_=OFFICE, content_sid=ALERT)

    def send(self, subject: str) -> None:
        """A mail to her."""
        server = MailServer("127.0.0.1", self.mail.port, "none", "sapa@contoh.example")
        text = "Buka http://127.0.0.1/desk/1 ya"
        SmtpMailer(server).send(Mail("hasnah@contoh.example", subject, text, reference=subject.replace(" ", "-")))


@pytest.fixture
def office() -> Iterator[Office]:
    """The echoing office and its stand-in, joined."""
    late: list[Any] = []
    with running(lambda environ, start: late[0](environ, start)) as url:
        stand_in = create_fake_twilio(ACCOUNT, TOKEN, url, None)
        mail = FakeMail()
        with running(stand_in) as twilio_url, running_mail(mail) as mail_url:
            control = FakeTwilioControl(twilio_url)
            control.callbacks(steps=[["sent", 0], ["delivered", 0], ["read", 0]])
            late.append(echoing_office(control, FakeMailControl(mail_url)))
            yield Office(url, control, mail)
        stand_in.close()


@pytest.fixture
def open_page(browser: Browser, office: Office) -> Iterator[Callable[..., Page]]:
    """Opens the simulator at a size; in the end nothing may have gone wrong in the browser's console."""
    wrongs: list[str] = []
    allowed: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            wrongs.append(message.text)

    def open_it(size: ViewportSize = DESK, expect_errors: str = "", **context: Any) -> Page:
        allowed.append(expect_errors)
        page = browser.new_context(viewport=size, **context).new_page()
        page.on("console", note)
        page.on("pageerror", lambda error: wrongs.append(str(error)))
        page.set_default_timeout(8000)
        page.goto(f"{office.url}/simulator")
        return page

    yield open_it
    for context in browser.contexts:
        context.close()
    unexpected = [wrong for wrong in wrongs if not any(word and re.search(word, wrong) for word in allowed)]
    assert unexpected == []


def phone(page: Page, slug: str = "rina") -> Locator:
    return page.locator(f'.phone[data-owner="{slug}"]')


def write(page: Page, text: str, slug: str = "rina") -> None:
    box = phone(page, slug).get_by_role("textbox")
    box.fill(text)
    box.press("Enter")


def test_a_question_is_answered_without_reload_and_the_ticks_move(
    open_page: Callable[..., Page], office: Office
) -> None:
    office.control.callbacks(steps=[["sent", 0.1], ["delivered", 0.2], ["read", 2.5]])
    page = open_page()
    write(page, "kk sy hilang bgmn urusnya")
    mine, theirs = phone(page).locator(".mine"), phone(page).locator(".theirs")
    expect(mine).to_contain_text("kk sy hilang bgmn urusnya")
    expect(theirs).to_contain_text("Kantor menerima: kk sy hilang bgmn urusnya")
    expect(mine).to_contain_text("diterima kantor")
    expect(theirs).to_contain_text("sampai")
    expect(theirs).to_contain_text("dibaca")
    expect(phone(page).get_by_role("textbox")).to_have_value("")
    assert phone(page).locator(".bubble").count() == 2


def test_an_example_is_sent_with_one_tap(open_page: Callable[..., Page]) -> None:
    page = open_page()
    phone(page).get_by_role("button", name="kk sy hilang bgmn urusnya").click()
    expect(phone(page).locator(".theirs")).to_contain_text("kk sy hilang bgmn urusnya")
    expect(phone(page).locator(".answers button")).to_have_count(0)


def test_numbered_choices_are_buttons_until_one_is_picked(open_page: Callable[..., Page]) -> None:
    page = open_page()
    write(page, "menu")
    phone(page).get_by_role("button", name="2 KK baru menikah").click()
    expect(phone(page).locator(".mine").last).to_contain_text("2")
    expect(phone(page).locator(".answers button")).to_have_count(0)


def test_pictures_are_sent_one_message_each_and_shown(open_page: Callable[..., Page], tmp_path: Path) -> None:
    page = open_page()
    shot = page.screenshot()
    files = [tmp_path / "a.png", tmp_path / "b.png"]
    for file in files:
        file.write_bytes(shot)
    phone(page).locator('input[type="file"]').set_input_files(files)
    pictures = phone(page).locator(".mine img")
    expect(pictures).to_have_count(2)
    expect(pictures.first).to_have_js_property("naturalWidth", DESK["width"])
    expect(phone(page).locator(".theirs")).to_have_count(2)


def test_a_reply_means_the_message_that_was_chosen(
    open_page: Callable[..., Page], office: Office, tmp_path: Path
) -> None:
    page = open_page()
    photo = tmp_path / "a.png"
    photo.write_bytes(page.screenshot())
    phone(page).locator('input[type="file"]').set_input_files(photo)
    phone(page).locator(".mine").hover()
    phone(page).locator(".mine").get_by_role("button", name="Balas pesan ini").click()
    expect(phone(page).locator(".replying")).to_contain_text("Membalas Foto yang dikirim")
    write(page, "hapus")
    expect(phone(page).locator(".mine").last).to_contain_text("balasan untuk pesan ini")
    expect(phone(page).locator(".replying")).to_be_hidden()
    write(page, "terima kasih")
    expect(phone(page).locator(".mine")).to_have_count(3)
    picture, reply, after = (one for one in office.control.thread([RINA]).messages if one.inbound)
    assert reply.form["OriginalRepliedMessageSid"] == picture.sid
    assert "OriginalRepliedMessageSid" not in after.form


def test_a_place_is_sent(open_page: Callable[..., Page]) -> None:
    page = open_page()
    phone(page).get_by_role("button", name="Kirim lokasi").click()
    expect(phone(page).locator(".mine")).to_contain_text("Lokasi: Alun-alun Pangkajene")
    expect(phone(page).locator(".theirs")).to_contain_text("location")


def test_citizens_are_apart_and_one_has_no_number(open_page: Callable[..., Page]) -> None:
    page = open_page()
    write(page, "halo dari Nur", slug="nur")
    expect(phone(page, "nur").locator(".theirs")).to_contain_text("halo dari Nur")
    assert phone(page, "rina").locator(".bubble").count() == 0
    expect(phone(page, "nur")).to_contain_text("ID.")


def test_a_phone_shows_one_citizen_and_marks_the_others_news(open_page: Callable[..., Page], office: Office) -> None:
    page = open_page(PHONE)
    expect(phone(page, "rina")).to_be_visible()
    expect(phone(page, "anwar")).not_to_be_visible()
    office.control.write(ANWAR, OFFICE, "halo dari tempat lain")
    expect(page.locator("#unread-anwar")).to_be_visible()
    expect(page.locator("#unread-rina")).not_to_be_visible()
    page.get_by_text("Pak Anwar").first.click()
    expect(phone(page, "anwar").locator(".theirs")).to_contain_text("halo dari tempat lain")
    expect(phone(page, "rina")).not_to_be_visible()
    expect(page.locator("#unread-anwar")).not_to_be_visible()


def test_an_officers_phone_gets_the_alert_and_its_button_claims(open_page: Callable[..., Page], office: Office) -> None:
    page = open_page()
    expect(phone(page, "hasnah")).not_to_be_visible()
    office.alert()
    news = page.locator('label[for="side-staff"] .unread')
    expect(news).to_be_visible()
    page.locator('label[for="side-staff"]').click()
    expect(news).not_to_be_visible()
    expect(phone(page, "hasnah")).to_contain_text("Tiket PKP menunggu.")
    phone(page, "hasnah").get_by_role("button", name="AMBIL").click()
    expect(phone(page, "hasnah").locator(".mine")).to_contain_text("AMBIL")
    expect(phone(page, "hasnah").locator(".theirs").last).to_contain_text("Kantor menerima: AMBIL PKP-2611-0001K")
    write(page, "antrean", "hasnah")
    expect(phone(page, "hasnah").locator(".theirs").last).to_contain_text("Kantor menerima: antrean")


def test_an_officers_mail_is_listed_newest_first_and_marked_until_it_is_opened(
    open_page: Callable[..., Page], office: Office
) -> None:
    page = open_page()
    page.locator('label[for="side-staff"]').click()
    office.send("Tiket pertama")
    news = phone(page, "hasnah").locator(".apps .unread").last
    expect(news).to_be_visible()
    office.send("Tiket kedua")
    page.locator('label[for="mail-of-hasnah"]').click()
    expect(news).not_to_be_visible()
    letters = phone(page, "hasnah").locator(".letter")
    expect(letters.locator(".subject")).to_have_text(["Tiket kedua", "Tiket pertama"])
    expect(letters.last).to_have_class(re.compile("unopened"))
    letters.last.click()
    expect(letters.last.get_by_role("link")).to_have_attribute("href", "http://127.0.0.1/desk/1")
    expect(letters.last).not_to_have_class(re.compile("unopened"))
    page.reload()
    expect(letters.first).to_have_class(re.compile("unopened"))
    expect(letters.last).not_to_have_class(re.compile("unopened"))
    assert phone(page, "ridwan").locator(".letter").count() == 0


def test_the_training_office_has_threads_and_staff_of_its_own(open_page: Callable[..., Page], office: Office) -> None:
    page = open_page()
    write(page, "halo Pangkep")
    expect(phone(page).locator(".theirs")).to_contain_text("halo Pangkep")
    page.get_by_role("link", name="Kantor latihan").click()
    assert phone(page).locator(".bubble").count() == 0
    write(page, "halo latihan")
    expect(phone(page).locator(".theirs")).to_contain_text("halo latihan")
    assert [one.office for one in office.control.thread().messages if one.inbound] == [OFFICE, TRAINING]
    page.locator('label[for="side-staff"]').click()
    expect(phone(page, "andi")).to_be_visible()
    assert phone(page, "hasnah").count() == 0


def test_unsent_text_stays_and_is_explained_and_outlives_a_reload(open_page: Callable[..., Page]) -> None:
    page = open_page(expect_errors="ERR_FAILED|sendError|afterRequest")
    page.route("**/simulator/say", lambda route: route.abort())
    write(page, "panjang sekali tulisan saya")
    box = phone(page).get_by_role("textbox")
    expect(phone(page).get_by_role("alert")).to_contain_text("belum terkirim")
    expect(box).to_have_value("panjang sekali tulisan saya")
    page.reload()
    expect(box).to_have_value("panjang sekali tulisan saya")
    page.unroute("**/simulator/say")
    box.press("Enter")
    expect(phone(page).locator(".theirs")).to_contain_text("panjang sekali tulisan saya")
    expect(phone(page).locator(".unsent")).not_to_be_visible()


def test_a_lost_connection_is_told_until_it_is_back(open_page: Callable[..., Page]) -> None:
    page = open_page(expect_errors="ERR_INTERNET_DISCONNECTED|sendError|afterRequest")
    page.context.set_offline(True)
    expect(page.locator("#offline")).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator("#offline")).not_to_be_visible()


def test_markup_is_shown_as_text_and_whatsapps_marks_as_type(open_page: Callable[..., Page]) -> None:
    page = open_page()
    write(page, "<img src=x onerror=alert(1)> *KTP asli* _fotokopi_ 2*3*4")
    theirs = phone(page).locator(".theirs")
    expect(theirs).to_contain_text("<img src=x onerror=alert(1)>")
    expect(theirs.locator("strong")).to_have_text("KTP asli")
    expect(theirs.locator("em")).to_have_text("fotokopi")
    expect(theirs).to_contain_text("2*3*4")
    assert theirs.locator("img").count() == 0


def test_it_speaks_english_on_request_and_remembers(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("WhatsApp simulator")
    page.goto(page.url.partition("?")[0])
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_without_script_a_text_still_goes_out(open_page: Callable[..., Page]) -> None:
    page = open_page(java_script_enabled=False)
    phone(page).get_by_role("textbox").fill("halo tanpa skrip")
    phone(page).get_by_role("button", name="Kirim", exact=True).click()
    expect(phone(page).locator(".mine")).to_contain_text("halo tanpa skrip")


def test_a_stand_in_that_is_down_is_explained() -> None:
    app = echoing_office(FakeTwilioControl("http://127.0.0.1:9"))
    answer = app.test_client().get("/simulator")
    assert answer.status_code == 503
    assert "make run" in answer.text


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_fits_and_everyone_can_use_it(
    open_page: Callable[..., Page], office: Office, axe: str, size: ViewportSize, scheme: str
) -> None:
    page = open_page(size, color_scheme=scheme, reduced_motion="reduce")
    write(page, "menu")
    expect(phone(page).get_by_role("button", name="2 KK baru menikah")).to_be_visible()
    expect(phone(page).locator(".theirs")).to_contain_text("dibaca")
    everyone_can_use(page, axe)
    office.alert()
    office.send("Tiket baru menunggu")
    page.locator('label[for="side-staff"]').click()
    expect(phone(page, "hasnah").locator(".theirs")).to_contain_text("dibaca")
    everyone_can_use(page, axe)
    page.locator('label[for="mail-of-hasnah"]').click()
    phone(page, "hasnah").locator(".letter").click()
    everyone_can_use(page, axe)


def everyone_can_use(page: Page, axe: str) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, a.btn, label, textarea")]
            .filter(e => e.offsetParent !== null && !e.classList.contains("visually-hidden"))
            .filter(e => e.checkVisibility())
            .map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
            .filter(([, box]) => box.width < 44 || box.height < 44).map(([html]) => html)"""
    )
    assert small == []
    page.evaluate(axe)
    found = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice']})")
    assert [(wrong["id"], wrong["nodes"][0]["html"][:200]) for wrong in found["violations"]] == []


def test_no_page_of_another_site_can_write(office: Office, browser: Browser) -> None:
    answer = browser.new_context().request.post(f"{office.url}/simulator/say", form={"owner": "rina", "body": "halo"})
    assert answer.status == 400
    assert re.search("CSRF", answer.text())
