"""The ways an alert goes beside the desk page: built from the settings where they are set up, left out where not."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from urllib.parse import urlsplit

from bot.contracts import Way
from bot.gateways.base import Mailer, Pusher
from bot.settings import Settings

ALERT = "alert"  # the template of data/knowledge/templates.yml


def configured(settings: Settings, approved: Collection[str]) -> Mapping[Way, bool]:
    """Each way, and whether it is set up for an office whose ``approved`` templates these are (their names)."""
    return {
        Way.DESK: True,
        Way.MAIL: bool(settings.smtp_url),
        Way.WHATSAPP: ALERT in approved,
        Way.PUSH: bool(settings.vapid_key),
    }


def build_mailer(settings: Settings) -> Mailer | None:
    """None: not set up."""
    server = settings.mail_server
    if server is None:
        return None
    from bot.gateways.mail import SmtpMailer

    return SmtpMailer(server)


def build_pusher(settings: Settings) -> Pusher | None:
    """None: not set up. Its encryption takes 11 MB, so only the process that pushes should build it."""
    if not settings.vapid_key:
        return None
    from bot.gateways.push import WebPusher

    return WebPusher(settings.vapid_key, _contact(settings))


def _contact(settings: Settings) -> str:
    """Where a push service reaches whoever runs this: it takes an https origin or a mail address (RFC 8292 §2.1)."""
    server = settings.mail_server
    if server is None and settings.public_url.startswith("https://"):
        return f"https://{urlsplit(settings.public_url).hostname}"
    return f"mailto:{server.sender if server else 'sapa@localhost'}"
