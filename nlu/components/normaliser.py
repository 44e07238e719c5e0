"""Brings WhatsApp Indonesian to one spelling: "Kk sy hilngki bgmn urusnya??" -> "kk saya hilang bagaimana urus"."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, Dict, Iterable, List

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.concepts import concept_words
from nlu.components.spelling import Spelling

NORMAL = "normal"
"""Message key: the normalised text."""

ASSURED = 2
"""Examples from which a word is no slip of ours; the words of the rules and concepts count as often at least."""


class Normaliser(GraphComponent):
    """Learns the words of the examples, then sets ``normal`` on every message, in training and in reading alike."""

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Normaliser:
        return cls(model_storage, resource, Spelling({}))

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Normaliser:
        with model_storage.read_from(resource) as folder:
            counts = json.loads((folder / "words.json").read_text(encoding="utf-8"))
        return cls(model_storage, resource, Spelling(counts))

    def __init__(self, model_storage: ModelStorage, resource: Resource, spelling: Spelling) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self._spelling = spelling

    def train(self, training_data: TrainingData) -> Resource:
        counts = self._counted(message.get(TEXT) or "" for message in training_data.training_examples)
        with self._model_storage.write_to(self._resource) as folder:
            (folder / "words.json").write_text(json.dumps(counts, sort_keys=True), encoding="utf-8")
        return self._resource

    def _counted(self, texts: Iterable[str]) -> Dict[str, int]:
        """In how many texts each word stands that is no slip."""
        found = Counter(word for text in texts for word in set(self._spelling.tokens(text)) if word.isalpha())
        counts = dict.fromkeys([*self._spelling.words(), *concept_words()], ASSURED)
        counts.update((word, count) for word, count in found.items() if count >= ASSURED)
        return counts

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        # Rasa reads the files in the order of a set, another at every run; equal data must give an equal model
        training_data.training_examples.sort(key=lambda one: (one.get(TEXT) or "", one.get_full_intent() or ""))
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            message.set(NORMAL, self._spelling.normal(message.get(TEXT) or ""))
        return messages
