"""The people of an office."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody may do in one office. Each role may do what the ones before it may."""

    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody at work in one office: ``post_id`` is their post there (`bot.models.Post`)."""

    post_id: int
    office_id: int
    role: Role

    @property
    def name(self) -> str:
        """As an event's actor."""
        return f"staff:{self.post_id}"


@dataclass(frozen=True, slots=True)
class Claim:
    """An officer takes a ticket by WhatsApp. ``number`` as far as it was written, in capitals without signs:
    ``PKP26110042K``, ``0042K``, ``42``."""

    number: str


@dataclass(frozen=True, slots=True)
class CitizenText:
    """An officer writes as a citizen would ("WARGA …"); ``text`` is what follows the word."""

    text: str


@dataclass(frozen=True, slots=True)
class WaitingList:
    """An officer asks who waits."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """What an officer wrote is none of these, and is never taken for a citizen's question."""


OfficerMessage = Claim | CitizenText | WaitingList | Unknown


class ClaimOutcome(StrEnum):
    """What became of a claim by WhatsApp."""

    CLAIMED = "claimed"
    TAKEN = "taken"  # another officer has it
    NOT_FOUND = "not_found"  # no such number waits
    SEVERAL = "several"  # too little of the number was written
