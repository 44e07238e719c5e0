"""What a citizen writes: the message as Twilio keeps it and the webhook's form as Twilio posts it.

Parameters: https://www.twilio.com/docs/messaging/guides/webhook-request and …/docs/whatsapp.
"""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any

from bot.gateways.fake_twilio.records import API_VERSION, Media, Message, new_sid

KIND_OF_TYPE = {"image": "image", "audio": "audio", "video": "video"}


@dataclass(frozen=True, slots=True)
class Written:
    """One message of a citizen, in the words of the control API.

    ``media`` holds (content type, bytes). ``kind`` is Twilio's MessageType where it does not follow from the
    rest (``sticker``). ``extra`` goes into the form as it is (Forwarded, Referral…, parameters to come).
    """

    sender: str
    recipient: str
    body: str = ""
    profile_name: str = ""
    media: tuple[tuple[str, bytes], ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    label: str = ""
    address: str = ""
    button_text: str = ""
    button_payload: str = ""
    list_id: str = ""
    list_title: str = ""
    replied_to: str = ""
    kind: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_json(cls, wish: Mapping[str, Any]) -> Written:
        """``from`` and ``to`` name the addresses; media files are ``{"content_type", "content" (base64)}``.
        Raises KeyError, TypeError or ValueError for a wish that is none."""
        values = dict(wish)
        files = values.pop("media", [])
        media = tuple((str(f["content_type"]), base64.b64decode(f["content"], validate=True)) for f in files)
        return cls(sender=str(values.pop("from")), recipient=str(values.pop("to")), media=media, **values)

    @property
    def message_type(self) -> str:
        if self.kind:
            return self.kind
        if self.latitude is not None:
            return "location"
        if self.button_text:
            return "button"
        if self.list_id:
            return "interactive"
        if self.media:
            return media_kind(self.media[0][0])
        return "text"


def media_kind(content_type: str) -> str:
    if content_type in ("text/vcard", "text/x-vcard"):
        return "contacts"
    return KIND_OF_TYPE.get(content_type.partition("/")[0], "document")


def compose(written: Written, account_sid: str, origin: str) -> tuple[Message, list[Media]]:
    """The stored message, its form filled in, and its media, whose URLs begin with ``origin``."""
    now = time.time()
    sid = new_sid("MM" if written.media else "SM")
    files = [
        Media(new_sid("ME"), sid, content_type, content, token_hex(20), now) for content_type, content in written.media
    ]
    body = written.body or written.button_text or written.list_title
    form = {
        "AccountSid": account_sid,
        "ApiVersion": API_VERSION,
        "Body": body,
        "From": written.sender,
        "MessageSid": sid,
        "MessageType": written.message_type,
        "NumMedia": str(len(files)),
        "NumSegments": "1",
        "ReferralNumMedia": "0",
        "SmsMessageSid": sid,
        "SmsSid": sid,
        "SmsStatus": "received",
        "To": written.recipient,
    }
    form |= _media_part(files, account_sid, origin) | _optional_part(written) | _sender_part(written)
    form |= written.extra
    message = Message(sid, "inbound", written.sender, written.recipient, body, "received", now, sent=now, form=form)
    return message, files


def _media_part(files: list[Media], account_sid: str, origin: str) -> dict[str, str]:
    part = {}
    for index, one in enumerate(files):
        path = f"/{API_VERSION}/Accounts/{account_sid}/Messages/{one.message_sid}/Media/{one.sid}"
        part[f"MediaUrl{index}"] = origin + path
        part[f"MediaContentType{index}"] = one.content_type
    return part


def _optional_part(written: Written) -> dict[str, str]:
    """Parameters that Twilio leaves out when they say nothing."""
    part = {
        "Latitude": "" if written.latitude is None else f"{written.latitude:.6f}",
        "Longitude": "" if written.longitude is None else f"{written.longitude:.6f}",
        "Label": written.label,
        "Address": written.address,
        "ButtonText": written.button_text,
        "ButtonPayload": written.button_payload,
        "ListId": written.list_id,
        "ListTitle": written.list_title,
        "OriginalRepliedMessageSid": written.replied_to,
    }
    return {name: value for name, value in part.items() if value}


def _sender_part(written: Written) -> dict[str, str]:
    """A sender known by user name only (``whatsapp:ID.…``) has no number to tell."""
    address = written.sender.removeprefix("whatsapp:")
    part = {"ProfileName": written.profile_name} if written.profile_name else {}
    if address.startswith("+"):
        part["WaId"] = address.removeprefix("+")
        context = {"WaId": part["WaId"], "ProfileName": written.profile_name}
        metadata = {"type": "whatsapp", "data": {"context": context}}
        part["ChannelMetadata"] = json.dumps(metadata)
    return part
