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
