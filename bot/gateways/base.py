"""What Sapa needs of the outside, as Protocols; `bot.app` chooses who fulfils them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.contracts import InboundForm, Mail, OutgoingMessage, PushMessage, Reading, SentMessage, TemplateMessage


class Reader(Protocol):
    """Understands text."""

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """One Reading a text, in order; one request. Raises NluUnavailable or its kind NluRefused."""

    def is_well(self) -> bool:
        """Whether it would answer now (for /readyz); never raises."""


class Messenger(Protocol):
    """Carries WhatsApp messages."""

    def send(self, message: OutgoingMessage) -> SentMessage:
        """Raises TwilioRefused, TwilioBusy or TwilioOutcomeUnknown."""

    def send_template(self, message: TemplateMessage) -> SentMessage:
        """As ``send``, and outside the 24 hours too."""

    def list_sent(self, recipient: str, since: datetime) -> list[SentMessage]:
        """Messages to this recipient created since then, for reconciliation. Raises TwilioBusy."""

    def list_received(self, recipient: str, since: datetime) -> list[InboundForm]:
        """Inbound messages to this sender address since then, oldest first, as the webhook would have brought
        them, but without their files. Raises TwilioBusy."""

    def with_files(self, form: InboundForm) -> InboundForm:
        """A listed message with the addresses of its files. Raises TwilioBusy."""


class Mailer(Protocol):
    """Carries e-mail."""

    def send(self, mail: Mail) -> None:
        """Returns when the server has taken it. Raises MailRefused, MailBusy or MailOutcomeUnknown."""


class Pusher(Protocol):
    """Carries messages to browsers (Web Push)."""

    def push(self, message: PushMessage) -> None:
        """Returns when the push service has taken it. Raises PushRefused, its kind PushGone, PushBusy or
        PushOutcomeUnknown."""
