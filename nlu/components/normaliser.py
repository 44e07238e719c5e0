"""Brings WhatsApp Indonesian to one spelling: "Kk sy hilangki bgmn urusnya??" -> "kk saya hilang bagaimana urus"."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, List

import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

NORMAL = "normal"
"""Message key: the normalised text."""

LONGEST_READ = 1500
"""Characters of a message that are read; a question stands near the beginning, and 64 kB must cost no time."""

WORDS = Path(__file__).with_name("words.yml")
SIGNS = {"👍": " iya ", "🙏": " makasih ", "👌": " oke ", "✅": " iya ", "👎": " tidak ", "❌": " tidak "}
LINK = re.compile(r"https?://\S+|www\.\S+|\b\S+\.(?:com|id|go\.id|net|xyz)\b")
LONG_NUMBER = re.compile(r"\+?\d[\d\s.-]{6,}\d")
DOUBLED_WORD = re.compile(r"\b([a-z]{3,})[-\s]?(?:2|\1)\b")
REPEATED_LETTER = re.compile(r"([a-z])\1{2,}")
TOKEN = re.compile(r"[a-z]+(?:'(?![a-z]))?|\d+")


class Normaliser(GraphComponent):
    """Sets ``normal`` on every message, in training and in reading alike."""

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Normaliser:
        return cls(Spelling(yaml.safe_load(WORDS.read_text(encoding="utf-8"))))

    def __init__(self, spelling: Spelling) -> None:
        self._spelling = spelling

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        # Rasa reads the files in the order of a set, another at every run; equal data must give an equal model
        training_data.training_examples.sort(key=lambda one: (one.get(TEXT) or "", one.get_full_intent() or ""))
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            message.set(NORMAL, self._spelling.normal(message.get(TEXT) or ""))
        return messages


class Spelling:
    """The rules of ``words.yml``, made ready."""

    def __init__(self, words: Dict[str, Any]) -> None:
        self._phrases = [(re.compile(pattern), str(word)) for pattern, word in words["phrases"]]
        self._full = {str(short): str(full) for full, shorts in words["abbreviations"].items() for short in shorts}
        self._stems = frozenset(words["stems"])
        self._clitics = sorted(words["clitics"], key=len, reverse=True)
        self._particles = frozenset(words["particles"])
        self._word = lru_cache(maxsize=20_000)(self._one_word)

    def normal(self, text: str) -> str:
        """The text as words of one spelling; empty when nothing readable is left."""
        text = text[:LONGEST_READ]
        for sign, word in SIGNS.items():
            text = text.replace(sign, word)
        text = plain_letters(text)
        text = LINK.sub(" tautan ", text)
        text = LONG_NUMBER.sub(" angkapanjang ", text)
        text = REPEATED_LETTER.sub(r"\1", text)
        for pattern, word in self._phrases:
            text = pattern.sub(word, text)
        text = DOUBLED_WORD.sub(r"\1", text)
        return " ".join(word for word in map(self._word, TOKEN.findall(text)) if word)

    def _one_word(self, word: str) -> str:
        if word in self._particles:
            return ""
        word = word.rstrip("'")
        if word in self._full:
            return self._full[word]
        for clitic in self._clitics:
            if word.endswith(clitic):
                stem = word[: -len(clitic)]
                stem = self._full.get(stem, stem)
                if stem in self._stems:
                    return stem
        return word


def plain_letters(text: str) -> str:
    """Lower case, accents and styled letters folded ("𝐊𝐓𝐏", "é"), typographic apostrophes made plain."""
    folded = unicodedata.normalize("NFKD", text.replace("’", "'").replace("`", "'").replace("ʼ", "'"))
    return "".join(letter for letter in folded if not unicodedata.combining(letter)).lower()
