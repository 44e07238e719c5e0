"""The demo's stand-ins, in one process: Twilio, and with it the mail server."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from bot.commands.processes import TWILIO
from bot.errors import SettingsError
from bot.settings import KNOWLEDGE, PROJECT, Settings, read_settings

if TYPE_CHECKING:
    from bot.gateways.fake_mail import FakeMail
    from bot.gateways.fake_twilio import FakeTwilio
    from bot.gateways.fake_twilio.wire import Environ, StartResponse

WINDOW = 24 * 3600.0  # seconds in which WhatsApp lets free text through


def demo_content_sid(name: str) -> str:
    """The ContentSid under which the demo's account has a template."""
    return f"HX{hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()}"


@click.command("fake-twilio")
def fake_twilio() -> None:
    """Become the stand-ins for Twilio and for the mail server (demo only).

    The first is at the address of SAPA_TWILIO_API_URL, where /mail/ shows what the one of SAPA_SMTP_URL took.
    """
    settings = read_settings((*TWILIO, "sender"))
    if not settings.demo:
        raise SettingsError("SAPA_DEMO is not set: the stand-in for Twilio runs in the demo only.")
    from bot.gateways.fake_twilio import serve

    address = urlsplit(settings.twilio_api_url)
    twilio, mail = _build_twilio(settings), _build_mail(settings)
    serve(address.hostname or "127.0.0.1", address.port or 80, StandIns(twilio, mail))
    twilio.close()
    if mail:
        mail.close()


class StandIns:
    """One WSGI app before both."""

    def __init__(self, twilio: FakeTwilio, mail: FakeMail | None) -> None:
        self._twilio = twilio
        self._mail = mail

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        from bot.gateways.fake_mail import CONTROL_PATH

        if self._mail and environ["PATH_INFO"].startswith(CONTROL_PATH):
            return self._mail(environ, start_response)
        return self._twilio(environ, start_response)


def _build_twilio(settings: Settings) -> FakeTwilio:
    from bot.gateways.fake_twilio import create_fake_twilio

    store = PROJECT / "var" / "fake_twilio.db"
    twilio = create_fake_twilio(
        settings.twilio_account_sid, settings.twilio_auth_token, settings.public_url, store, window=WINDOW
    )
    for template in demo_templates():
        twilio.put_template(template)
    return twilio


def demo_templates() -> list[dict[str, Any]]:
    """Every template of ours, as the stand-in takes an approved one."""
    from bot.knowledge.templates import load_templates

    return [
        {
            "sid": demo_content_sid(template.name),
            "body": template.body,
            "variables": template.samples,
            "buttons": [{"title": one.title, "id": one.payload} for one in template.buttons],
        }
        for template in load_templates(KNOWLEDGE).values()
    ]


def _build_mail(settings: Settings) -> FakeMail | None:
    server = settings.mail_server
    if server is None:
        return None
    from bot.gateways.fake_mail import FakeMail

    mail = FakeMail(server.host, server.port)
    threading.Thread(target=mail.serve_mail, daemon=True).start()
    return mail
