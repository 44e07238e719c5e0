"""The simulator's offices, whose phones there are, and what the phones show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from zoneinfo import ZoneInfo

from bot.contracts import Role
from bot.gateways.fake_twilio.control import SeenMessage
from bot.web.demo_staff import FIRST, TRAINING, TRAINING_SENDER, DemoPerson, people_of
from bot.web.whatsapp_text import offered_choices

ZONE = ZoneInfo("Asia/Makassar")
TICKS = {"queued": "clock", "sent": "one", "delivered": "two", "read": "read"}


@dataclass(frozen=True, slots=True)
class Owner:
    """``slug`` names the phone in the page. ``examples`` are offered while the thread is empty. ``role`` and
    ``email`` are of who works at the office, ``desk`` the number of the window in which they open the desk."""

    slug: str
    name: str
    address: str
    examples: tuple[str, ...]
    role: Role | None = None
    email: str = ""
    desk: int = 0

    @property
    def tab(self) -> str:
        """The name on a small screen; empty for whose role says more."""
        if self.role is Role.OFFICER:
            return self.name.split()[0]
        return "" if self.role else self.name

    @property
    def number(self) -> str:
        return self.address.removeprefix("whatsapp:")


CITIZENS = (
    Owner(
        "rina",
        "Ibu Rina",
        "whatsapp:+6281100000001",
        ("kk sy hilang bgmn urusnya", "berapa biayanya bikin ktp baru?"),
    ),
    Owner(
        "anwar",
        "Pak Anwar",
        "whatsapp:+6281100000002",
        ("hari ini buka sampai jam berapa?", "anak saya baru lahir, urus akta bawa apa?"),
    ),
    # WhatsApp user names hide the number: this citizen has none to show.
    Owner(
        "nur",
        "Nur",
        "whatsapp:ID.contohpengguna",
        ("ada yg minta uang katanya petugas capil", "saya mau bicara dengan petugas"),
    ),
)


@dataclass(frozen=True, slots=True)
class DemoOffice:
    """An office that the phones write to. Of its staff, those who are told that somebody waits have one."""

    prefix: str
    sender: str
    staff: tuple[Owner, ...]

    @property
    def is_training(self) -> bool:
        return self.prefix == TRAINING

    @property
    def owners(self) -> tuple[Owner, ...]:
        return (*CITIZENS, *self.staff)

    def owner(self, slug: str) -> Owner | None:
        return next((one for one in self.owners if one.slug == slug), None)


def demo_offices(sender: str) -> dict[str, DemoOffice]:
    """By prefix, the one with this address first."""
    senders = {FIRST: sender, TRAINING: TRAINING_SENDER}
    return {prefix: DemoOffice(prefix, address, _staff(prefix)) for prefix, address in senders.items()}


def _staff(office: str) -> tuple[Owner, ...]:
    return tuple(
        Owner(
            person.slug,
            person.name,
            f"whatsapp:{person.whatsapp}",
            ("antrean",),
            person.role,
            person.email,
            desk_of(person),
        )
        for person in people_of(office)
        if person.role is not Role.ADMINISTRATOR
    )


def desk_of(person: DemoPerson) -> int:
    """Two desks can be open side by side, 0 and 1: the people of an office take turns, so that neighbours can."""
    return people_of(person.office).index(person) % 2


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
        return clock(self.message.created)


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
    owner: Owner
    bubbles: tuple[Bubble, ...]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Of the office's last word, while the owner has not answered it."""
        if not self.bubbles or self.bubbles[-1].mine:
            return []
        return offered_choices(self.bubbles[-1].message.body)


def phones(office: DemoOffice, messages: Sequence[SeenMessage]) -> list[Phone]:
    here = [bubble(one) for one in messages if one.office == office.sender]
    return [Phone(owner, tuple(one for one in here if one.message.citizen == owner.address)) for owner in office.owners]


def clock(seconds: float) -> str:
    """A time since 1970 on the offices' clock."""
    return datetime.fromtimestamp(seconds, ZONE).strftime("%H.%M")
