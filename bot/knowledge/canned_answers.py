"""canned_answers.yml: the answers an office's desk begins with."""

from __future__ import annotations

from pathlib import Path

from bot.knowledge.entry import Entry, build_list, read_file, section
from bot.knowledge.services import Text

FILE = "canned_answers.yml"


class FirstAnswer(Entry):
    title: Text
    body: Text


def load_canned_answers(folder: Path) -> list[tuple[str, str]]:
    """Titles and bodies. Raises KnowledgeError naming file and entry."""
    found = build_list(FirstAnswer, section(read_file(folder / FILE), "answers", FILE), "title", FILE)
    return [(one.title, one.body) for one in found.values()]
