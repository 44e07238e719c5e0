"""What a conversation remembers, and what an action may know of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from bot.contracts.states import ConversationState
from bot.contracts.submissions import Documents
from bot.contracts.tickets import Place


@dataclass(frozen=True, slots=True)
class Choice:
    """One numbered option offered to the citizen; picking it (by number or by a word of ``title``) reads as
    this intent, service, part and value. ``value``: what is meant about documents, in the actions' own words.
    ``number``: what it is picked by where that is not its place in the list (a photo's own number); 0: its place."""

    title: str
    intent: str
    service: str | None = None
    part: int = 1
    value: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Memory:
    """What is carried over to the next turn of a conversation (stored as JSON on its row).

    ``service`` is the service or family last spoken of; ``choices`` the options offered last, in number order;
    ``misunderstood`` counts turns in a row that were not understood. ``asked`` names the question about documents
    that is open now (a word of the actions' own), None: none is.
    """

    service: str | None = None
    choices: tuple[Choice, ...] = ()
    misunderstood: int = 0
    asked: str | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """What an action may know of the conversation. ``first_contact``: Sapa never answered this citizen before.

    ``place``: where it stands in the queue, while it waits. ``resolved``: the number of a ticket of this citizen that
    an officer ended a short while ago, and that was not spoken of since.

    ``documents``: consent, submissions and files of this citizen. A turn without messages brings news of files that
    were checked after their turn was answered: they are ``new`` there.
    """

    now: datetime
    memory: Memory = Memory()
    state: ConversationState = ConversationState.WITH_BOT
    first_contact: bool = False
    place: Place | None = None
    resolved: str | None = None
    documents: Documents = field(default_factory=Documents)
