"""Mail, handed to a real SMTP server as Sapa hands it to an office's."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from aiosmtpd.smtp import AuthResult

from bot.contracts import Mail, MailServer
from bot.errors import MailBusy, MailOutcomeUnknown, MailRefused, SettingsError, WayError
from bot.gateways.fake_mail import FakeMail, FakeMailControl, running_mail
from bot.gateways.fake_twilio.control import StandInRefused
from bot.gateways.mail import SmtpMailer
from bot.settings import read_settings

SENDER = "sapa@contoh.go.id"
OFFICER = "petugas@contoh.go.id"
MAIL = Mail(
    OFFICER, "Tiket PKP-2611-0042K menunggu – “KK hilang” 😀", "Ada yang menunggu.\nBatas 10.15.", reference="notice-7"
)


@pytest.fixture
def server() -> FakeMail:
    return FakeMail()


@pytest.fixture
def control(server: FakeMail) -> Iterator[FakeMailControl]:
    with running_mail(server) as url:
        yield FakeMailControl(url)


@pytest.fixture
def mailer(server: FakeMail, control: FakeMailControl) -> SmtpMailer:
    return SmtpMailer(MailServer("127.0.0.1", server.port, "none", SENDER), seconds=0.5)


def trouble(mailer: SmtpMailer, mail: Mail = MAIL) -> WayError:
    with pytest.raises(WayError) as caught:
        mailer.send(mail)
    assert OFFICER not in str(caught.value)
    return caught.value


# --- what arrives -------------------------------------------------------------------------------------------
def test_a_mail_arrives_as_it_was_written(mailer: SmtpMailer, control: FakeMailControl) -> None:
    mailer.send(Mail(**{**as_fields(MAIL), "html": "<p>Ada yang menunggu.</p>"}))
    [seen] = control.mails(OFFICER)
    assert (seen.subject, seen.text.strip(), seen.html.strip()) == (
        MAIL.subject,
        MAIL.text,
        "<p>Ada yang menunggu.</p>",
    )
    assert seen.sender == f"Sapa <{SENDER}>"


def test_the_same_mail_sent_again_is_known_by_its_message_id(mailer: SmtpMailer, control: FakeMailControl) -> None:
    mailer.send(MAIL)
    mailer.send(MAIL)
    assert [seen.message_id for seen in control.mails(OFFICER)] == ["<notice-7@contoh.go.id>"] * 2


def test_a_subject_cannot_bring_headers_of_its_own(mailer: SmtpMailer, control: FakeMailControl) -> None:
    mailer.send(Mail(OFFICER, "Tiket\r\nBcc: lain@contoh.go.id", "teks"))
    assert [seen.subject for seen in control.mails()] == ["Tiket Bcc: lain@contoh.go.id"]


@pytest.mark.parametrize("address", ["", "petugas", "a@b\r\nRCPT TO:<c@d>", "pétugas@contoh.go.id", "a@@b"])
def test_an_address_that_is_none_is_refused_before_anything_is_sent(mailer: SmtpMailer, address: str) -> None:
    error = trouble(mailer, Mail(address, "Tiket", "teks"))
    assert (type(error), error.reason) == (MailRefused, "address")


# --- trouble ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("fault", "kind", "code"),
    [
        ({"kind": "answer", "at": "recipient", "code": 550}, MailRefused, 550),
        ({"kind": "answer", "at": "recipient", "code": 450}, MailBusy, 450),
        ({"kind": "answer", "at": "content", "code": 554}, MailRefused, 554),
        ({"kind": "answer", "at": "content", "code": 452}, MailBusy, 452),
        ({"kind": "answer", "at": "sender", "code": 451}, MailBusy, 451),
        ({"kind": "drop", "at": "recipient"}, MailBusy, None),
        ({"kind": "slow", "at": "recipient", "seconds": 1.0}, MailBusy, None),
        ({"kind": "drop", "at": "content"}, MailOutcomeUnknown, None),
        ({"kind": "slow", "at": "content", "seconds": 1.0}, MailOutcomeUnknown, None),
    ],
)
def test_each_trouble_says_whether_trying_again_helps(
    mailer: SmtpMailer, control: FakeMailControl, fault: dict[str, Any], kind: type[WayError], code: int | None
) -> None:
    control.fault(**fault)
    error = trouble(mailer)
    assert (type(error), error.code) == (kind, code)
    mailer.send(MAIL)  # it was for one mail only


@pytest.mark.parametrize("stored", [True, False])
def test_a_mail_whose_answer_was_lost_may_have_arrived(
    mailer: SmtpMailer, control: FakeMailControl, stored: bool
) -> None:
    control.fault("drop", stored=stored)
    assert trouble(mailer).may_have_arrived
    assert len(control.mails()) == int(stored)


def test_a_server_that_refuses_our_own_address_is_an_installation_to_put_right(
    mailer: SmtpMailer, control: FakeMailControl
) -> None:
    control.fault("answer", at="sender", code=550)
    error = trouble(mailer)
    assert (type(error), error.reason) == (MailBusy, "installation")


def test_trouble_can_be_for_one_recipient_alone(mailer: SmtpMailer, control: FakeMailControl) -> None:
    control.fault("answer", at="recipient", code=550, recipient=OFFICER, times=None)
    mailer.send(Mail("lain@contoh.go.id", "Tiket", "teks"))
    assert isinstance(trouble(mailer), MailRefused)


def test_a_server_that_is_down_is_tried_again() -> None:
    assert isinstance(trouble(SmtpMailer(MailServer("127.0.0.1", 9, "none", SENDER))), MailBusy)


# --- encryption and signing in ------------------------------------------------------------------------------
def sign_in(server: Any, session: Any, envelope: Any, mechanism: str, given: Any) -> AuthResult:
    return AuthResult(success=given.password == b"rahasia:@/", handled=False)


def encrypted_server(certificate: Path) -> FakeMail:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return FakeMail(encrypted=context, sign_in=sign_in)


def settings_of(monkeypatch: pytest.MonkeyPatch, url: str) -> MailServer:
    monkeypatch.setenv("SAPA_SMTP_URL", url)
    server = read_settings().mail_server
    assert server is not None
    return server


@pytest.mark.parametrize(("password", "comes_in"), [("rahasia%3A%40%2F", True), ("falsch", False)])
def test_it_signs_in_over_an_encrypted_connection(
    certificate: Path, monkeypatch: pytest.MonkeyPatch, password: str, comes_in: bool
) -> None:
    server = encrypted_server(certificate)
    url = f"smtp+starttls://sapa:{password}@localhost:{server.port}?from=sapa+lapor@contoh.go.id"
    mailer = SmtpMailer(settings_of(monkeypatch, url), trust=ssl.create_default_context(cafile=certificate))
    with running_mail(server) as control_url:
        if comes_in:
            mailer.send(MAIL)
            assert [seen.sender for seen in FakeMailControl(control_url).mails()] == ["Sapa <sapa+lapor@contoh.go.id>"]
        else:
            error = trouble(mailer)
            assert (type(error), error.reason, error.code) == (MailBusy, "installation", 535)


def test_a_server_nobody_vouches_for_gets_no_password(certificate: Path) -> None:
    server = encrypted_server(certificate)
    mailer = SmtpMailer(MailServer("localhost", server.port, "starttls", SENDER, "sapa", "rahasia:@/"))
    with running_mail(server) as url:
        assert trouble(mailer).reason == "installation"
        assert FakeMailControl(url).mails() == []


def test_a_server_that_does_not_encrypt_gets_no_mail_when_encryption_was_asked_for(
    server: FakeMail, control: FakeMailControl
) -> None:
    mailer = SmtpMailer(MailServer("127.0.0.1", server.port, "starttls", SENDER))
    assert trouble(mailer).reason == "installation"
    assert control.mails() == []


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("mail.contoh.go.id", "must begin with"),
        ("http://mail.contoh.go.id?from=a@b.id", "must begin with"),
        ("smtps://mail.contoh.go.id", "from="),
        ("smtps://mail.contoh.go.id?from=sapa", "from="),
        ("smtps://mail.contoh.go.id:99999?from=a@b.id", "port"),
        ("smtp://sapa:rahasia@mail.contoh.go.id?from=a@b.id", "in the clear"),
    ],
)
def test_a_wrong_mail_server_stops_the_start_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, url: str, says: str
) -> None:
    monkeypatch.setenv("SAPA_SMTP_URL", url)
    with pytest.raises(SettingsError, match=says) as caught:
        read_settings()
    assert "SAPA_SMTP_URL" in str(caught.value)
    assert "rahasia" not in str(caught.value)


def test_usual_ports_need_not_be_said(monkeypatch: pytest.MonkeyPatch) -> None:
    ports = {scheme: settings_of(monkeypatch, f"{scheme}://mail.contoh.go.id?from=a@b.id").port for scheme in PORTS}
    assert ports == PORTS


PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


# --- the stand-in -------------------------------------------------------------------------------------------
def test_the_inbox_shows_what_came_later_and_can_be_emptied(mailer: SmtpMailer, control: FakeMailControl) -> None:
    mailer.send(MAIL)
    [first] = control.mails()
    mailer.send(Mail("lain@contoh.go.id", "Tiket", "teks"))
    assert [seen.recipient for seen in control.mails(since=first.number)] == ["lain@contoh.go.id"]
    control.clear()
    assert control.mails() == []


def test_a_wish_that_makes_no_sense_is_refused(control: FakeMailControl) -> None:
    with pytest.raises(StandInRefused, match="not understood"):
        control.fault("catch fire")


def test_a_page_of_another_site_cannot_steer_it_through_the_browser(server: FakeMail) -> None:
    with running_mail(server) as url:
        assert requests.post(f"{url}/mail/faults", data={"kind": "drop"}, timeout=5).status_code == 415


def as_fields(mail: Mail) -> dict[str, str]:
    return {name: getattr(mail, name) for name in ("recipient", "subject", "text", "html", "reference")}
