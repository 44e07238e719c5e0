"""What Sapa needs of the outside, as Protocols; `bot.app` chooses who fulfils them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Protocol

from bot.contracts import InboundForm, Mail, OutgoingMessage, PushMessage, Reading, SentMessage, TemplateMessage
from bot.contracts.files import FetchedFile, Inspection


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


class MediaFetcher(Protocol):
    """Gets the files of inbound messages from Twilio, and has Twilio forget them."""

    def fetch(self, url: str) -> FetchedFile:
        """Raises FileLost (not Twilio's address), FileRefused (more bytes than one file may have) or
        MediaBusy."""

    def erase(self, url: str) -> None:
        """Delete Twilio's copy; one that is gone already is no error. Raises FileLost (not Twilio's address) or
        MediaBusy."""


class Inspector(Protocol):
    """Looks into files, in a process of its own that a hostile file may take down without harm."""

    def inspect(self, file: FetchedFile) -> Inspection:
        """Raises FileRefused."""

    def close(self) -> None:
        """End its process; the next file starts one again."""


class Storage(Protocol):
    """Keeps sealed objects under a name. It never sees what is in them."""

    def put(self, name: str, sealed: bytes) -> None:
        """Raises StorageBusy."""

    def get(self, name: str) -> bytes:
        """Raises ObjectMissing or StorageBusy."""

    def delete(self, name: str) -> None:
        """One that is not there is no error. Raises StorageBusy."""

    def names(self, older_than: datetime) -> Iterator[str]:
        """Of objects last written before then, in no order. Raises StorageBusy."""
