"""Receive: write it down, say yes. Nothing is understood or sent here.

1. The address it was sent to names the office; none, or parameters that cannot be right, make it a stray delivery,
   kept and raised as an alarm.
2. A message whose MessageSid is known is left alone.
3. Message, files, event and the time its answer is due are one transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import structlog
from sqlalchemy.orm import Session

from bot.contracts import InboundForm, MessageKind
from bot.db.session import Database
from bot.desk import inbox

log = structlog.get_logger()

MAX_FILES = 10  # WhatsApp sends one a message; Twilio's own limit for other channels is ten
AT_ONCE = frozenset({MessageKind.BUTTON, MessageKind.LIST_CHOICE})
WITH_FILES = frozenset({MessageKind.IMAGE, MessageKind.DOCUMENT, MessageKind.VIDEO})


@dataclass(frozen=True, slots=True)
class QuietWindows:
    """Seconds to wait for more before answering: after text, after a picture, and in all."""

    text: float = 1.0
    media: float = 4.0
    longest: float = 10.0

    def after(self, kind: MessageKind, body: str) -> float:
        """No waiting after a button or a menu number: there is nothing more to come."""
        if kind in AT_ONCE or (kind is MessageKind.TEXT and _is_menu_number(body)):
            return 0.0
        return self.media if kind in WITH_FILES else self.text


class Received(StrEnum):
    KEPT = "kept"
    REPEATED = "repeated"
    STRAY = "stray"


def receive(database: Database, form: InboundForm, quiet: QuietWindows, now: datetime) -> Received:
    """Keep one inbound message, once. ``form`` is the webhook's whole form (or its likeness from Twilio's list)."""
    delivery = as_delivery(form)
    try:
        outcome = database.write(lambda session: _keep(session, delivery, quiet, now))
    except inbox.AlreadyKept:
        return Received.REPEATED
    if outcome is Received.STRAY:
        log.error("stray_delivery")
    return outcome


def _keep(session: Session, delivery: inbox.Delivery, quiet: QuietWindows, now: datetime) -> Received:
    address = inbox.look_up(session, delivery.form) if inbox.has_address(delivery.form) else None
    if address is None:
        return Received.STRAY if inbox.keep_stray(session, delivery.form, now) else Received.REPEATED
    if address.kept:
        return Received.REPEATED
    wait = quiet.after(delivery.kind, delivery.body)
    inbox.keep(session, address, delivery, now=now, quiet=wait, longest=quiet.longest)
    return Received.KEPT


def as_delivery(form: InboundForm) -> inbox.Delivery:
    """What to keep of a form. NUL leaves the text (PostgreSQL has no such character), not the form."""
    fields = form.fields
    files = [
        (_storable(fields[f"MediaUrl{place}"]), _storable(fields.get(f"MediaContentType{place}", "")).lower()[:100])
        for place in range(MAX_FILES)
        if fields.get(f"MediaUrl{place}")
    ]
    return inbox.Delivery(
        form=form,
        kind=kind_of(fields, files[0][1] if files else None),
        body=_storable(fields.get("Body", "")),
        payload=_storable(fields.get("ButtonPayload") or fields.get("ListId") or ""),
        profile_name=_storable(fields.get("ProfileName", ""))[:200],
        files=files,
    )


_BY_CONTENT_TYPE = {
    "image": MessageKind.IMAGE,
    "audio": MessageKind.VOICE,
    "video": MessageKind.VIDEO,
    "application": MessageKind.DOCUMENT,
    "text": MessageKind.DOCUMENT,
}


def kind_of(fields: Mapping[str, str], content_type: str | None) -> MessageKind:
    """The kind of a message, told by its other parameters where they can; MessageType is not promised by Twilio.

    ``content_type`` is its first file's, in small letters; None: it has no file.
    """
    message_type = fields.get("MessageType", "").lower()
    if fields.get("ButtonPayload") or fields.get("ButtonText"):
        return MessageKind.BUTTON
    if fields.get("ListId") or fields.get("ListTitle"):
        return MessageKind.LIST_CHOICE
    if fields.get("Latitude") and fields.get("Longitude"):
        return MessageKind.LOCATION
    if content_type is not None:
        if "vcard" in content_type or message_type == "contacts":
            return MessageKind.CONTACT
        if message_type == "sticker":  # nothing else tells it: a photo may be a WEBP as well
            return MessageKind.STICKER
        return _BY_CONTENT_TYPE.get(content_type.split("/")[0], MessageKind.UNSUPPORTED)
    if message_type in ("contacts", "contact"):
        return MessageKind.CONTACT
    if fields.get("Body") or message_type in ("", "text"):
        return MessageKind.TEXT
    return MessageKind.UNSUPPORTED


def _storable(text: str) -> str:
    # lone surrogates cannot be encoded as UTF-8, NUL cannot be kept by PostgreSQL
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def _is_menu_number(body: str) -> bool:
    word = body.strip().rstrip(".)")
    return len(word) <= 2 and word.isdigit()
