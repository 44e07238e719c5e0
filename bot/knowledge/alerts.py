"""alerts.yml: how officers are told that somebody waits."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import model_validator

from bot.contracts import Level
from bot.knowledge.entry import Entry, build, read_file
from bot.knowledge.services import Text

FILE = "alerts.yml"
DEFAULT = "id"


class Said(Entry):
    subject: Text
    text: Text


class AlertWords(Entry):
    """By level or ticket kind, then by language (``id``, ``en``). ``on_the_phone``: a level in a few words, for the
    WhatsApp template."""

    levels: Mapping[Level, Mapping[str, Said]]
    on_the_phone: Mapping[Level, Text]
    body: Mapping[str, Text]
    about: Mapping[str, Mapping[str, Text]]

    @model_validator(mode="after")
    def _is_complete(self) -> AlertWords:
        if missing := set(Level) - (set(self.levels) & set(self.on_the_phone)):
            raise ValueError(f"the level '{min(missing)}' has no words")
        for words in (*self.levels.values(), self.body, *self.about.values()):
            if DEFAULT not in words:
                raise ValueError("words are missing in Indonesian")
        return self


def load_alert_words(folder: Path) -> AlertWords:
    """Raises KnowledgeError naming file and entry."""
    return build(AlertWords, read_file(folder / FILE), FILE, FILE)
