"""What a conversation remembers, and what an action may know of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.contracts.states import ConversationState
from bot.contracts.tickets import Place


@dataclass(frozen=True, slots=True)
class Choice:
    """One numbered option offered to the citizen; picking it (by number or by a word of ``title``) reads as
    this intent, service and part."""

    title: str
    intent: str
    service: str | None = None
    part: int = 1


@dataclass(frozen=True, slots=True)
class Memory:
    """What is carried over to the next turn of a conversation (stored as JSON on its row).

    ``service`` is the service or family last spoken of; ``choices`` the options offered last, in number order;
    ``misunderstood`` counts turns in a row that were not understood.
    """

    service: str | None = None
    choices: tuple[Choice, ...] = ()
    misunderstood: int = 0


@dataclass(frozen=True, slots=True)
class Talk:
    """What an action may know of the conversation. ``first_contact``: Sapa never answered this citizen before.

    ``place``: where it stands in the queue, while it waits. ``resolved``: the number of a ticket of this citizen that
    an officer ended a short while ago, and that was not spoken of since.
    """

    now: datetime
    memory: Memory = Memory()
    state: ConversationState = ConversationState.WITH_BOT
    first_contact: bool = False
    place: Place | None = None
    resolved: str | None = None
