"""A citizen's side of a conversation with `answer`: says things, remembers what came back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from actions.place import told
from actions.replies import Replies
from actions.turn import answer
from bot.contracts import (
    ConversationState,
    Decision,
    HandOver,
    Memory,
    MessageKind,
    OpenTicket,
    Place,
    Reading,
    Reopen,
    Said,
    Slots,
    Talk,
    Turn,
)
from bot.knowledge import Knowledge

TUESDAY_TEN = datetime(2026, 11, 24, 2, tzinfo=UTC)
"""10.00 WITA on a working day."""
NUMBER = "PKP-2611-0042K"

THIRD = Place(NUMBER, 3, expected=TUESDAY_TEN + timedelta(minutes=40))


def read(text: str, intent: str, service: str | None = None, confidence: float = 0.9, **more: object) -> Reading:
    return replace(Reading(text, intent, confidence, service), **more)


@dataclass
class Chat:
    """``place``: what a hand-over gives, from then on also where the conversation stands."""

    knowledge: Knowledge
    replies: Replies
    now: datetime = TUESDAY_TEN
    memory: Memory = field(default_factory=Memory)
    first_contact: bool = False
    nlu_available: bool = True
    place: Place = THIRD
    waits: bool = False
    resolved: str | None = None
    decision: Decision = field(default_factory=Decision)

    def say(self, text: str, intent: str = "", service: str | None = None, **more: object) -> str:
        """One text, as the NLU read it (or nothing read, without an intent)."""
        reading = read(text, intent, service, **more) if intent else None  # type: ignore[arg-type]
        return self.turn(Said(1, MessageKind.TEXT, text, reading=reading))

    def turn(self, *said: Said, together: Reading | None = None) -> str:
        """Everything said back, in one text."""
        turn = Turn(said, together, self.nlu_available)
        self.decision = answer(turn, self.talk, self.knowledge)
        self.memory, self.first_contact, self.resolved = self.decision.memory, False, None
        self.waits = self.waits or any(isinstance(one, HandOver | Reopen) for one in self.decision.commands)
        return "\n\n".join(text for text in self.texts() if text)

    @property
    def talk(self) -> Talk:
        return Talk(
            self.now,
            self.memory,
            ConversationState.WAITING if self.waits else ConversationState.WITH_BOT,
            first_contact=self.first_contact,
            place=self.place if self.waits else None,
            resolved=self.resolved,
        )

    def texts(self) -> Sequence[str]:
        slots = told(self.slots(), self.now, self.knowledge)
        return [self.replies.render(reply, slots) for reply in self.decision.replies]

    def slots(self) -> Slots:
        """What the decision's commands make known, as `apply` would fill it."""
        slots: dict[str, str | int | datetime] = {}
        for command in self.decision.commands:
            ref = "reopened" if isinstance(command, Reopen) else command.kind
            slots[f"{ref}.number"] = self.place.number
            if not isinstance(command, OpenTicket):
                slots[f"{ref}.place"] = self.place.position or ""
                slots[f"{ref}.expected"] = self.place.expected or ""
                slots[f"{ref}.opens"] = self.place.opens or ""
        return slots


def text(said: str, intent: str, service: str | None = None, **more: object) -> Said:
    return Said(1, MessageKind.TEXT, said, reading=read(said, intent, service, **more))  # type: ignore[arg-type]
