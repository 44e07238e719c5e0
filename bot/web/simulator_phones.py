"""The simulator's invented citizens, and what their phones show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from zoneinfo import ZoneInfo

from bot.gateways.fake_twilio.control import SeenMessage
from bot.web.whatsapp_text import offered_choices

ZONE = ZoneInfo("Asia/Makassar")
TICKS = {"queued": "clock", "sent": "one", "delivered": "two", "read": "read"}


@dataclass(frozen=True, slots=True)
class Citizen:
    """``slug`` names the phone in the page. ``examples`` are offered while the thread is empty."""

    slug: str
    name: str
    address: str
    examples: tuple[str, ...]

    @property
    def number(self) -> str:
        return self.address.removeprefix("whatsapp:")


CITIZENS = (
    Citizen(
        "rina",
        "Ibu Rina",
        "whatsapp:+6281100000001",
        ("kk sy hilang bgmn urusnya", "berapa biayanya bikin ktp baru?"),
    ),
    Citizen(
        "anwar",
        "Pak Anwar",
        "whatsapp:+6281100000002",
        ("hari ini buka sampai jam berapa?", "anak saya baru lahir, urus akta bawa apa?"),
    ),
    # WhatsApp user names hide the number: this citizen has none to show.
    Citizen(
        "nur",
        "Nur",
        "whatsapp:ID.contohpengguna",
        ("ada yg minta uang katanya petugas capil", "saya mau bicara dengan petugas"),
    ),
)
BY_SLUG = {citizen.slug: citizen for citizen in CITIZENS}


@dataclass(frozen=True, slots=True)
class Bubble:
    """A message as the page draws it. ``tick`` is a shape, ``tells`` the text that says the same."""

    message: SeenMessage
    tick: str
    tells: str

    @property
    def mine(self) -> bool:
        return self.message.inbound

    @property
    def time(self) -> str:
        return datetime.fromtimestamp(self.message.created, ZONE).strftime("%H.%M")


def bubble(message: SeenMessage) -> Bubble:
    """A citizen's message is ticked twice when the office's webhook took it; the office's as receipts tell."""
    if message.inbound:
        if message.webhook_status is None:
            return Bubble(message, "one", "taken")
        taken = HTTPStatus.OK <= message.webhook_status < HTTPStatus.MULTIPLE_CHOICES
        return Bubble(message, "two", "received") if taken else Bubble(message, "trouble", "not_received")
    tick = TICKS.get(message.status)
    return Bubble(message, tick, message.status) if tick else Bubble(message, "trouble", "failed")


@dataclass(frozen=True, slots=True)
class Phone:
    citizen: Citizen
    bubbles: tuple[Bubble, ...]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Of the office's last word, while the citizen has not answered it."""
        if not self.bubbles or self.bubbles[-1].mine:
            return []
        return offered_choices(self.bubbles[-1].message.body)


def phones(messages: Sequence[SeenMessage]) -> list[Phone]:
    return [
        Phone(citizen, tuple(bubble(one) for one in messages if one.citizen == citizen.address)) for citizen in CITIZENS
    ]
