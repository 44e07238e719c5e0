"""What the stand-in keeps: messages of both directions and their media."""

from __future__ import annotations

from dataclasses import dataclass, field
from email.utils import formatdate
from secrets import token_hex
from typing import Any

API_VERSION = "2010-04-01"


def new_sid(prefix: str) -> str:
    """34 characters, e.g. ``SM`` and 32 hexadecimal digits."""
    return prefix + token_hex(16)


@dataclass(slots=True)
class Media:
    """``content`` is None for a picture that Sapa sends by ``url`` (Twilio would fetch it from there).

    ``token`` names it on the CDN. ``deleted`` hides it from Twilio's API; the citizen's phone keeps a copy.
    """

    sid: str
    message_sid: str
    content_type: str
    content: bytes | None
    token: str
    created: float
    url: str = ""
    deleted: bool = False


@dataclass(slots=True)
class Message:
    """Times are seconds since 1970. ``citizen`` is the address on the other side of the office's.

    ``form`` is the webhook's form of an inbound message. ``webhook_status`` is what Sapa's webhook answered
    to the last delivery: None before, 0 when it could not be reached. ``changed`` is the store's version when
    the row last changed, ``born`` when it was added.
    """

    sid: str
    direction: str
    sender: str
    recipient: str
    body: str
    status: str
    created: float
    sent: float | None = None
    updated: float = 0.0
    error_code: int | None = None
    callback: str = ""
    form: dict[str, str] = field(default_factory=dict)
    webhook_status: int | None = None
    num_media: int = 0
    deleted: bool = False
    changed: int = 0
    born: int = 0
    seq: int = 0

    @property
    def inbound(self) -> bool:
        return self.direction == "inbound"

    @property
    def citizen(self) -> str:
        return self.sender if self.inbound else self.recipient

    @property
    def office(self) -> str:
        return self.recipient if self.inbound else self.sender


def twilio_date(seconds: float | None) -> str | None:
    """RFC 2822 in GMT, to the second, as Twilio writes dates."""
    return None if seconds is None else formatdate(seconds).replace("-0000", "+0000")


def message_json(message: Message, account_sid: str, error_message: str | None) -> dict[str, Any]:
    """A Message resource as api.twilio.com returns it."""
    uri = f"/{API_VERSION}/Accounts/{account_sid}/Messages/{message.sid}"
    return {
        "account_sid": account_sid,
        "api_version": API_VERSION,
        "body": message.body,
        "date_created": twilio_date(message.created),
        "date_sent": twilio_date(message.sent),
        "date_updated": twilio_date(message.updated),
        "direction": message.direction,
        "error_code": message.error_code,
        "error_message": error_message,
        "from": message.sender,
        "messaging_service_sid": None,
        "num_media": str(message.num_media),
        "num_segments": "1",
        "price": None,
        "price_unit": None,
        "sid": message.sid,
        "status": message.status,
        "subresource_uris": {"media": f"{uri}/Media.json"},
        "to": message.recipient,
        "uri": f"{uri}.json",
    }


def media_json(media: Media, account_sid: str) -> dict[str, Any]:
    """A Media resource as api.twilio.com returns it."""
    base = f"/{API_VERSION}/Accounts/{account_sid}/Messages/{media.message_sid}/Media"
    return {
        "account_sid": account_sid,
        "content_type": media.content_type,
        "date_created": twilio_date(media.created),
        "date_updated": twilio_date(media.created),
        "parent_sid": media.message_sid,
        "sid": media.sid,
        "uri": f"{base}/{media.sid}.json",
    }
