"""The assistant's voice: the sentences of replies.yml and documents/replies.yml by name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from actions.template import fill, variables
from bot.contracts import Reply, Slot
from bot.knowledge import KnowledgeError
from bot.knowledge.entry import read_file

FILES = (Path(__file__).with_name("replies.yml"), Path(__file__).parent / "documents" / "replies.yml")


class Replies:
    """Renders replies. Raises KnowledgeError for a reply or variable that nobody wrote."""

    def __init__(self, sentences: Mapping[str, str]) -> None:
        self._sentences = dict(sentences)

    @classmethod
    def load(cls, *paths: Path) -> Replies:
        """The sentences of these files, without any of all. Raises KnowledgeError naming the entry that is not a text
        or stands in two files."""
        sentences: dict[str, str] = {}
        for path in paths or FILES:
            for name, text in read_file(path).items():
                if not isinstance(text, str) or not text.strip():
                    raise KnowledgeError(f"{path.name}: entry '{name}': a text is expected")
                if name in sentences:
                    raise KnowledgeError(f"{path.name}: entry '{name}': another file has it already")
                sentences[name] = text
        return cls(sentences)

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._sentences)

    def variables(self, name: str) -> frozenset[str]:
        """The variables a reply wants. Raises KnowledgeError for an unknown reply."""
        return variables(self._template(name))

    def render(self, reply: Reply, slots: Mapping[str, str]) -> str:
        """The text of one reply; ``slots`` holds the values known since the rows were written. A sentence whose
        variable is empty is dropped."""
        wanted = variables(self._template(reply.name))
        if missing := wanted - set(reply.variables):
            raise KnowledgeError(f"replies.yml: entry '{reply.name}': no value for '{min(missing)}'")
        values = {name: self._value(reply, value, slots) for name, value in reply.variables.items()}
        return fill(self._template(reply.name), values)

    def _template(self, name: str) -> str:
        try:
            return self._sentences[name]
        except KeyError:
            raise KnowledgeError(f"replies.yml: entry '{name}': there is no such reply") from None

    def _value(self, reply: Reply, value: str | Slot, slots: Mapping[str, str]) -> str:
        if isinstance(value, str):
            return value
        try:
            return slots[value.name]
        except KeyError:
            raise KnowledgeError(f"replies.yml: entry '{reply.name}': the slot '{value.name}' has no value") from None
