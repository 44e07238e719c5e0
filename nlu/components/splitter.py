"""Splits a message that may hold several questions, so that each part is read beside the whole."""

from __future__ import annotations

import re
from typing import Any, Dict, List

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

PART_OF = "part_of"
"""Message key: the message this part was cut from; the merger takes parts out again."""

SENTENCE_END = re.compile(r"[?!;\n]+|\.(?=\s|$)")
CONJUNCTION = re.compile(
    r",|\b(?:dan|dn|serta|sama|sekalian|sekaligus|terus|trus|trs|lalu|kemudian|plus)\b", re.IGNORECASE
)
MAX_PARTS = 4
LONGEST_SPLIT = 120
"""Characters, about twenty words; a longer text is a story, whose sentences are no questions of their own."""


class Splitter(GraphComponent):
    """Adds the parts of each message to the batch, behind the messages themselves.

    Cutting is generous (sentence marks, commas, conjunctions); whether a part counts is the merger's
    decision, made when every part has been read.
    """

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Splitter:
        return cls()

    def process(self, messages: List[Message]) -> List[Message]:
        parts = [
            Message({TEXT: part, PART_OF: message}) for message in messages for part in split(message.get(TEXT) or "")
        ]
        return messages + parts


def split(text: str) -> List[str]:
    """The parts of a text in order; empty when it is one piece. ``a dan b? c`` gives [a, b, c]."""
    if len(text) > LONGEST_SPLIT:
        return []
    pieces = [piece for sentence in SENTENCE_END.split(text) for piece in CONJUNCTION.split(sentence)]
    parts = [piece.strip() for piece in pieces if any(letter.isalpha() for letter in piece)]
    return parts if 2 <= len(parts) <= MAX_PARTS else []
