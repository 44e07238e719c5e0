"""The assistant as the line asks it: `actions/` joined with each office's own knowledge."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path

from actions.courtesy import is_closing
from actions.officer import claim_told, fits, help_told, read_officer, waiting_told
from actions.opening import is_opening
from actions.place import told
from actions.replies import Replies
from actions.resolved import resolved_told
from actions.turn import answer, is_choice, read_keyword
from bot.contracts import Claim, ClaimOutcome, Decision, Memory, OfficerMessage, Reply, Slots, Talk, Turn
from bot.knowledge import DEFAULT_OFFICE, Knowledge, KnowledgeError, load_knowledge
from bot.rules import OfficeRules
from bot.settings import KNOWLEDGE


class OfficeAssistant:
    """Fulfils `bot.flow.assistant.Assistant`. An office's knowledge is loaded at its first question."""

    def __init__(self, knowledge_folder: Path = KNOWLEDGE) -> None:
        self._replies = Replies.load()
        self._knowledge = cache(lambda office: load_knowledge(knowledge_folder, office))

    def knowledge(self, office: str) -> Knowledge:
        return self._knowledge(office)

    def is_choice(self, text: str, memory: Memory) -> bool:
        return is_choice(text, memory)

    def is_keyword(self, text: str, office: str) -> bool:
        return read_keyword(text, self.knowledge(office)) is not None

    def is_opening(self, text: str, payload: str, *, waits: bool) -> bool:
        return is_opening(text, payload, waits=waits)

    def answer(self, turn: Turn, talk: Talk, office: str) -> Decision:
        return answer(turn, talk, self.knowledge(office))

    def is_closing(self, intents: Sequence[str]) -> bool:
        return is_closing(intents)

    def read_officer(self, text: str, payload: str) -> OfficerMessage:
        return read_officer(text, payload)

    def fits(self, claim: Claim, number: str) -> bool:
        return fits(claim, number)

    def claim_told(self, outcome: ClaimOutcome, number: str, officer: str) -> Reply:
        return claim_told(outcome, number, officer)

    def waiting_told(self, waiting: Sequence[tuple[str, datetime]], now: datetime) -> Reply:
        return waiting_told(waiting, now)

    def officer_help(self) -> Reply:
        return help_told()

    def farewell(self, number: str, office: str, now: datetime) -> str:
        """What a citizen reads when an officer ends their ticket."""
        return self.render(resolved_told(number), {}, office, now)

    def rules(self, office: str) -> OfficeRules:
        return self._for_time(office).rules

    def render(self, reply: Reply, slots: Slots, office: str, now: datetime) -> str:
        return self._replies.render(reply, told(slots, now, self._for_time(office)))

    def _for_time(self, office: str) -> Knowledge:
        """Whose hours and targets hold: where an office's own file is missing or wrong, the default office's, so that
        what the assistant cannot answer still finds its way into the queue."""
        try:
            return self.knowledge(office)
        except KnowledgeError:
            return self.knowledge(DEFAULT_OFFICE)
