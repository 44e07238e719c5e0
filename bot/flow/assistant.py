"""What the line needs of the assistant; `bot.app` joins it from `actions/` and the office's knowledge."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.contracts import Claim, ClaimOutcome, Decision, Memory, OfficerMessage, Reply, Slots, Talk, Turn
from bot.rules import OfficeRules


class Assistant(Protocol):
    """Pure: same question, same answer. ``office`` is the office's prefix."""

    def is_choice(self, text: str, memory: Memory) -> bool:
        """Whether the text picks one of the options offered last, so that the NLU need not read it."""

    def is_keyword(self, text: str, office: str) -> bool:
        """Whether the menu's keywords answer this text without the NLU."""

    def is_opening(self, text: str, payload: str, *, waits: bool) -> bool:
        """Whether a message only asks for an officer's answer that waits, as the button of its template does."""

    def answer(self, turn: Turn, talk: Talk, office: str) -> Decision:
        """What to do about a turn."""

    def is_closing(self, intents: Sequence[str]) -> bool:
        """Whether a turn of these intents only closes a conversation ("terima kasih"): it starts no clock."""

    def read_officer(self, text: str, payload: str) -> OfficerMessage:
        """What an officer wants who writes from their own WhatsApp."""

    def fits(self, claim: Claim, number: str) -> bool:
        """Whether a ticket's number is the one an officer wrote."""

    def claim_told(self, outcome: ClaimOutcome, number: str, officer: str) -> Reply:
        """What an officer hears of a claim. ``officer``: who has it already, or ''."""

    def waiting_told(self, waiting: Sequence[tuple[str, datetime]], now: datetime) -> Reply:
        """Who waits, as an officer hears it: numbers, and since when."""

    def officer_help(self) -> Reply:
        """What an officer can write here."""

    def rules(self, office: str) -> OfficeRules:
        """The office's calendar, targets and leases."""

    def render(self, reply: Reply, slots: Slots, office: str, now: datetime) -> str:
        """The reply as WhatsApp text. ``slots`` holds what became known when the rows were written; times among them
        are told on the office's clock, as seen from ``now``."""
