"""What leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """One WhatsApp message to send. ``sender`` and ``recipient`` are channel addresses (``whatsapp:…``).

    ``reference`` comes back with every receipt, so that one which overtakes our own record finds its row.
    """

    sender: str
    recipient: str
    body: str
    reference: str = ""


@dataclass(frozen=True, slots=True)
class SentMessage:
    """A message Twilio took or lists. ``status`` is Twilio's word (``queued``, ``sent``, …)."""

    sid: str
    status: str
    recipient: str
    body: str
    created_at: datetime | None = None
    error_code: int | None = None


@dataclass(frozen=True, slots=True)
class FilledTemplate:
    """An approved WhatsApp template with its values. ``variables``: number → text, as ``{{1}}`` names it; ``body``: how
    it reads."""

    name: str
    variables: Mapping[str, str]
    body: str


@dataclass(frozen=True, slots=True)
class TemplateMessage:
    """One approved WhatsApp template to send, which may go to somebody who has not written for a day.

    ``variables``: number → text, as ``{{1}}`` names it. ``body``: how it reads when filled, by which Twilio's list is
    searched. ``reference`` comes back with every receipt under the name ``about`` (``message``, ``notice``), since two
    tables have rows of the same number.
    """

    sender: str
    recipient: str
    content_sid: str
    variables: Mapping[str, str]
    body: str
    reference: str = ""
    about: str = "message"


@dataclass(frozen=True, slots=True)
class Mail:
    """One e-mail to one person. ``reference`` (letters, digits, dots, hyphens) names it: the same again is the same
    mail, by its Message-ID."""

    recipient: str
    subject: str
    text: str
    html: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Who takes our mail. ``security``: ``none``, ``starttls`` or ``tls``; ``sender``: the address it comes from."""

    host: str
    port: int
    security: str
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class PushMessage:
    """One message to one browser. ``endpoint``, ``p256dh`` and ``auth`` are the browser's subscription.

    ``url``: the page a click opens. ``tag``: a later message with the same one takes its place. ``ttl``: seconds the
    push service keeps it for a browser that is off.
    """

    endpoint: str
    p256dh: str
    auth: str
    title: str
    body: str
    url: str
    tag: str
    ttl: int = 3600
