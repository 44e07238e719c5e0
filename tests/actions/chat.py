"""A citizen's side of a conversation with `answer`: says things, remembers what came back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from actions.replies import Replies
from actions.turn import answer
from bot.contracts import Decision, Memory, MessageKind, Reading, Said, Talk, Turn
from bot.knowledge import Knowledge

TUESDAY_TEN = datetime(2026, 11, 24, 2, tzinfo=UTC)
"""10.00 WITA on a working day."""
NUMBER = "PKP-2611-0042K"


class Numbers(dict[str, str]):
    """A ticket number for whatever command asks for one, as `apply` would fill it."""

    def __missing__(self, slot: str) -> str:
        assert slot.endswith(".number")
        return NUMBER


def read(text: str, intent: str, service: str | None = None, confidence: float = 0.9, **more: object) -> Reading:
    return replace(Reading(text, intent, confidence, service), **more)


@dataclass
class Chat:
    knowledge: Knowledge
    replies: Replies
    now: datetime = TUESDAY_TEN
    memory: Memory = field(default_factory=Memory)
    first_contact: bool = False
    nlu_available: bool = True
    decision: Decision = field(default_factory=Decision)

    def say(self, text: str, intent: str = "", service: str | None = None, **more: object) -> str:
        """One text, as the NLU read it (or nothing read, without an intent)."""
        reading = read(text, intent, service, **more) if intent else None  # type: ignore[arg-type]
        return self.turn(Said(1, MessageKind.TEXT, text, reading=reading))

    def turn(self, *said: Said, together: Reading | None = None) -> str:
        """Everything said back, in one text."""
        turn = Turn(said, together, self.nlu_available)
        talk = Talk(self.now, self.memory, first_contact=self.first_contact)
        self.decision = answer(turn, talk, self.knowledge)
        self.memory, self.first_contact = self.decision.memory, False
        return "\n\n".join(self.texts())

    def texts(self, slots: Mapping[str, str] | None = None) -> Sequence[str]:
        return [self.replies.render(reply, slots or Numbers()) for reply in self.decision.replies]


def text(said: str, intent: str, service: str | None = None, **more: object) -> Said:
    return Said(1, MessageKind.TEXT, said, reading=read(said, intent, service, **more))  # type: ignore[arg-type]
