"""Understand: one question to the NLU for a whole batch of conversations.

What picks an offered option is not asked, nor what only opens an officer's answer. A message is asked by itself and,
where a citizen wrote several, all of them together as well: people send one sentence in pieces, and also two questions
in a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.contracts import MessageKind, Reading, Said, Turn
from bot.desk.turns import DueConversation, Unanswered
from bot.flow import memory
from bot.flow.assistant import Assistant
from bot.gateways.base import Reader

LONGEST_TEXT = 1_000  # characters the NLU is asked about; a question is shorter, a pasted page no question
READ_KINDS = frozenset(
    {
        MessageKind.TEXT,
        MessageKind.IMAGE,
        MessageKind.DOCUMENT,
        MessageKind.VIDEO,
        MessageKind.BUTTON,
        MessageKind.LIST_CHOICE,
    }
)


@dataclass(frozen=True, slots=True)
class Question:
    """The texts of one conversation: by message id, and joined when there are several. ``openings``: the messages that
    only ask for an officer's answer that waits."""

    by_message: dict[int, str]
    together: str | None
    openings: frozenset[int] = frozenset()

    @property
    def texts(self) -> list[str]:
        return [*self.by_message.values(), *([self.together] if self.together else [])]


def question_of(held: DueConversation, assistant: Assistant) -> Question:
    """What the NLU must be asked about this conversation; nothing, when every message is an offered option."""
    remembered = memory.from_json(held.memory)
    openings = frozenset(
        message.id
        for message in held.messages
        if not message.files and assistant.is_opening(message.body, message.payload, waits=held.has_parked)
    )
    by_message = {
        message.id: message.body.strip()[:LONGEST_TEXT]
        for message in held.messages
        if message.id not in openings
        and message.kind in READ_KINDS
        and message.body.strip()
        and not assistant.is_choice(message.body, remembered)
    }
    several = len(by_message) > 1
    return Question(by_message, " ".join(by_message.values())[:LONGEST_TEXT] if several else None, openings)


def understand(questions: Sequence[Question], reader: Reader) -> list[list[Reading]]:
    """The readings of each question's texts, in order. Raises NluUnavailable."""
    texts = [text for question in questions for text in question.texts]
    readings = iter(reader.read(texts) if texts else [])
    return [[next(readings) for _ in question.texts] for question in questions]


def as_turn(held: DueConversation, question: Question, readings: Sequence[Reading] | None) -> Turn:
    """The turn as actions see it, without what only opens an officer's answer. ``readings`` None: the NLU stayed
    silent."""
    found = dict(zip(question.by_message, readings or (), strict=False))
    together = readings[-1] if readings and question.together else None
    return Turn(
        said=tuple(
            _said(message, found.get(message.id)) for message in held.messages if message.id not in question.openings
        ),
        together=together,
        nlu_available=readings is not None,
    )


def _said(message: Unanswered, reading: Reading | None) -> Said:
    return Said(
        message_id=message.id,
        kind=message.kind,
        text=message.body,
        payload=message.payload,
        files=message.files,
        reading=reading,
    )
