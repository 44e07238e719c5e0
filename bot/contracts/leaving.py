"""What leaves."""

from __future__ import annotations

from dataclasses import dataclass
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
