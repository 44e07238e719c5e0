"""What the line needs of the assistant; `bot.app` joins it from `actions/` and the office's knowledge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.contracts import Decision, Memory, Reply, Talk, Turn
from bot.rules import OfficeRules


class Assistant(Protocol):
    """Pure: same question, same answer. ``office`` is the office's prefix."""

    def is_choice(self, text: str, memory: Memory) -> bool:
        """Whether the text picks one of the options offered last, so that the NLU need not read it."""

    def is_keyword(self, text: str, office: str) -> bool:
        """Whether the menu's keywords answer this text without the NLU."""

    def answer(self, turn: Turn, talk: Talk, office: str) -> Decision:
        """What to do about a turn."""

    def render(self, reply: Reply, slots: Mapping[str, str]) -> str:
        """The reply as WhatsApp text. ``slots`` holds what became known when the rows were written."""

    def is_closing(self, intents: Sequence[str]) -> bool:
        """Whether these are nothing but thanks or a goodbye, which ask for no answer."""

    def rules(self, office: str) -> OfficeRules:
        """The office's calendar, targets and leases."""
