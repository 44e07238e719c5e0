"""Which service the citizen speaks of: a service, a family when only that is certain, or none."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, Dict, List

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_NAME_KEY, INTENT_RESPONSE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.calibration import alike
from nlu.components.featuriser import rows_of
from nlu.components.linear import Linear
from nlu.components.normaliser import NORMAL

SERVICE = "service"
NONE = "-"
"""The label of examples that name no service ("biayanya berapa?")."""


class ServiceResolver(GraphComponent):
    """Emits at most one ``service`` entity, over the whole text, and only with intents that were taught with one.

    ``families`` (family id -> member ids) is the taxonomy's; ``certain`` the confidence from which a service is
    named; below it the confidences of a family and its members are added up and the family is named instead; ``row``
    as for the intents.
    """

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        return {"strength": 1.0, "certain": 0.45, "families": {}, "row": "row"}

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ServiceResolver:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> ServiceResolver:
        resolver = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            taught = json.loads((folder / "taught.json").read_text(encoding="utf-8"))
            resolver._use(Linear.load(folder), taught)
        return resolver

    def __init__(self, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._linear: Linear | None = None

    def train(self, training_data: TrainingData) -> Resource:
        examples = training_data.intent_examples
        labels = [service_label(message) for message in examples]
        taught = odds_of_none([message.get(INTENT) for message in examples], labels)
        groups = alike([message.get(NORMAL) for message in examples])
        self._use(
            Linear.fit(rows_of(examples, self._config["row"]), labels, self._config["strength"], groups, even=True),
            taught,
        )
        with self._model_storage.write_to(self._resource) as folder:
            self._linear.save(folder)
            (folder / "taught.json").write_text(json.dumps(taught), encoding="utf-8")
        return self._resource

    def _use(self, linear: Linear, taught: Dict[str, float]) -> None:
        self._linear = linear
        self._taught = taught
        self._none = linear.labels.index(NONE) if NONE in linear.labels else None
        self._families = {
            family: [linear.labels.index(name) for name in [family, *members] if name in linear.labels]
            for family, members in self._config["families"].items()
        }

    def process(self, messages: List[Message]) -> List[Message]:
        key = self._config["row"]
        read = [message for message in messages if message.get(key) is not None]
        if not read or self._linear is None:
            return messages
        for message, row in zip(read, self._linear.confidences(rows_of(read, key)), strict=True):
            odds = self._taught.get(message.get(INTENT)[INTENT_NAME_KEY])
            entities = [] if odds is None else self._entities(message, self._with_odds(row, odds))
            message.set(ENTITIES, entities, add_to_output=True)
        return messages

    def _with_odds(self, confidences: np.ndarray, odds: float) -> np.ndarray:
        """The labels were learnt as equally likely; how often a question of this intent names no service is known."""
        if self._none is None:
            return confidences
        weighed = confidences.copy()
        weighed[self._none] *= odds
        return weighed / weighed.sum()

    def _entities(self, message: Message, confidences: np.ndarray) -> List[Dict[str, Any]]:
        name, confidence = self._choose(confidences)
        if name == NONE:
            return []
        text = message.get(TEXT)
        return [
            {
                "entity": SERVICE,
                "value": name,
                "start": 0,
                "end": len(text),
                "confidence_entity": confidence,
                "extractor": type(self).__name__,
            }
        ]

    def _choose(self, confidences: np.ndarray) -> tuple[str, float]:
        best = int(confidences.argmax())
        name, confidence = self._linear.labels[best], float(confidences[best])
        if confidence >= self._config["certain"] or not self._families:
            return name, confidence
        sums = {family: float(confidences[places].sum()) for family, places in self._families.items()}
        family = max(sums, key=sums.__getitem__)
        if sums[family] >= self._config["certain"]:
            return family, sums[family]
        return NONE, 0.0


def service_label(example: Message) -> str:
    """``ask_cost/ktp_hilang`` -> ``ktp_hilang``; Rasa keeps the whole label under ``intent_response_key``."""
    label = example.get(INTENT_RESPONSE_KEY) or ""
    return label.partition("/")[2] or NONE


def odds_of_none(intents: List[str], labels: List[str]) -> Dict[str, float]:
    """For each intent that was taught with services: how many examples name none for each that names one."""
    named = Counter(intent for intent, label in zip(intents, labels, strict=True) if label != NONE)
    silent = Counter(intent for intent, label in zip(intents, labels, strict=True) if label == NONE)
    # between bounds, so that a few examples more or less never forbid either
    return {intent: min(max(silent[intent] / count, 0.1), 10.0) for intent, count in named.items()}
