"""Whether a message is for another office, or no question at all."""

from __future__ import annotations

from typing import Any, Dict, List

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY
from rasa.shared.nlu.training_data.message import Message

OUT_OF_SCOPE = "out_of_scope"


class ScopeDecider(GraphComponent):
    """Sends a message away when ``out_of_scope`` has at least the confidence ``decided``, also where another intent
    has more: the confidence is spread over 34 intents that are ours, and what is foreign is like each of them a
    little. Below it the best of ours stands, with its own (low) confidence; the ranking is left as it was read."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        return {"decided": 0.3}

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ScopeDecider:
        return cls(config["decided"])

    def __init__(self, decided: float) -> None:
        self._decided = decided

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            ranking = message.get(INTENT_RANKING_KEY)
            foreign = next((one for one in ranking if one[INTENT_NAME_KEY] == OUT_OF_SCOPE), None)
            if foreign is None:
                continue
            if foreign[PREDICTED_CONFIDENCE_KEY] >= self._decided:
                message.set(INTENT, dict(foreign), add_to_output=True)
                message.set(ENTITIES, [], add_to_output=True)
            elif ranking[0] is foreign:
                message.set(INTENT, dict(ranking[1]), add_to_output=True)
        return messages
