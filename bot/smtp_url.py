"""SAPA_SMTP_URL: the mail server as one URL.

``smtp+starttls://user:password@mail.example.go.id:587?from=sapa@example.go.id``; ``smtps://`` is encrypted from the
first byte (465), ``smtp://`` not at all (25): for a server on this machine.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlsplit

from bot.contracts import MailServer

SECURITY = {"smtp": ("none", 25), "smtp+starttls": ("starttls", 587), "smtps": ("tls", 465)}
LOOPBACK = ("127.0.0.1", "localhost", "::1")
ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")


def mail_server(url: str) -> MailServer:
    """Raises ValueError with the rest of a sentence that begins with the setting's name."""
    parts = urlsplit(url)
    if parts.scheme not in SECURITY or not parts.hostname:
        raise ValueError("must begin with smtp+starttls://, smtps:// or smtp:// and name a host")
    security, usual_port = SECURITY[parts.scheme]
    # a plus stands for a space in a query, but in an address it is a plus
    sender = parse_qs(parts.query.replace("+", "%2B")).get("from", [""])[0]
    if not ADDRESS.fullmatch(sender):
        raise ValueError("must end with the address mail comes from, for example ?from=sapa@example.go.id")
    if parts.password and security == "none" and parts.hostname not in LOOPBACK:
        raise ValueError("would send its password in the clear: use smtp+starttls:// or smtps://")
    return MailServer(
        host=parts.hostname,
        port=_port(url, usual_port),
        security=security,
        sender=sender,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def _port(url: str, usual: int) -> int:
    try:
        return urlsplit(url).port or usual
    except ValueError:
        raise ValueError("must name a port between 1 and 65535") from None
