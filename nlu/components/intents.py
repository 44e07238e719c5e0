"""What the citizen wants: one intent of the domain, with a confidence and the ranking behind it."""

from __future__ import annotations

from typing import Any, Dict, List

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.calibration import alike
from nlu.components.featuriser import rows_of
from nlu.components.linear import Linear
from nlu.components.normaliser import NORMAL


class IntentClassifier(GraphComponent):
    """A linear machine over the features. The service part of a label (``ask_cost/ktp_hilang``) is left to the
    service resolver: Rasa keeps it apart from the intent. ``row`` names the features: with ``full_row`` only the
    messages that have an embedding are read (again)."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        return {"strength": 1.0, "ranking": 10, "row": "row"}

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> IntentClassifier:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> IntentClassifier:
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, Linear.load(folder))

    def __init__(
        self,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        linear: Linear | None = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._linear = linear

    def train(self, training_data: TrainingData) -> Resource:
        examples = training_data.intent_examples
        labels = [message.get(INTENT) for message in examples]
        groups = alike([message.get(NORMAL) for message in examples])
        self._linear = Linear.fit(rows_of(examples, self._config["row"]), labels, self._config["strength"], groups)
        with self._model_storage.write_to(self._resource) as folder:
            self._linear.save(folder)
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        key = self._config["row"]
        read = [message for message in messages if message.get(key) is not None]
        if not read or self._linear is None:
            return messages
        confidences = self._linear.confidences(rows_of(read, key))
        best = np.argsort(-confidences, axis=1, kind="stable")[:, : self._config["ranking"]]
        for message, row, order in zip(read, confidences, best, strict=True):
            ranking = [
                {INTENT_NAME_KEY: self._linear.labels[place], PREDICTED_CONFIDENCE_KEY: float(row[place])}
                for place in order
            ]
            message.set(INTENT, dict(ranking[0]), add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages
