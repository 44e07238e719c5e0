"""What arrives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class MessageKind(StrEnum):
    """What a citizen's message is; ``unsupported`` is anything Twilio may add later."""

    TEXT = "text"
    IMAGE = "image"
    DOCUMENT = "document"
    VOICE = "voice"
    VIDEO = "video"
    STICKER = "sticker"
    LOCATION = "location"
    CONTACT = "contact"
    BUTTON = "button"
    LIST_CHOICE = "list_choice"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class InboundForm:
    """A webhook's whole form as Twilio sent it. ``written_at`` is known only of a message found in Twilio's list;
    one from the webhook was written just now."""

    fields: Mapping[str, str]
    written_at: datetime | None = None

    @property
    def sid(self) -> str:
        return self.fields.get("MessageSid", "") or self.fields.get("SmsMessageSid", "")

    @property
    def sender(self) -> str:
        return self.fields.get("From", "")

    @property
    def recipient(self) -> str:
        return self.fields.get("To", "")
