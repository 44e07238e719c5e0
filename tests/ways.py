"""Where alerts go in the tests: a mail server and a push service on this machine, both stand-ins."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from unittest import mock

from bot.gateways.fake_mail import FakeMail, FakeMailControl, running_mail
from bot.gateways.fake_twilio import running
from bot.gateways.push import Door, WebPusher
from tests.gateways.push_service import PushService

VAPID_KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE"  # the number 1: nobody's
CONTACT = "mailto:sapa@contoh.go.id"


@dataclass
class StandIns:
    smtp_url: str
    server: FakeMail
    mail: FakeMailControl
    push: PushService
    push_url: str

    @contextmanager
    def browsers_of_the_tests(self) -> Iterator[None]:
        """A pusher built meanwhile reaches the push service of the tests, which speaks http on this machine."""
        door = Door("http", "127.0.0.1", int(self.push_url.rsplit(":", 1)[1]), "127.0.0.1")
        pusher = WebPusher(VAPID_KEY, CONTACT, lambda _endpoint: door)
        with mock.patch("bot.ways.build_pusher", return_value=pusher):
            yield


@contextmanager
def stand_ins() -> Iterator[StandIns]:
    mail, push = FakeMail(), PushService()
    with running_mail(mail) as mail_url, running(push) as push_url:
        smtp_url = f"smtp://127.0.0.1:{mail.port}?from=sapa@contoh.go.id"
        yield StandIns(smtp_url, mail, FakeMailControl(mail_url), push, push_url)
