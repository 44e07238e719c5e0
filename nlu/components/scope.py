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
    """Sends a question away only when that is decided: turning away a citizen who asked rightly is worse than
    asking once more. Below ``decided`` the next best intent stands, with its own (low) confidence; the ranking
    is left as it was read."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        return {"decided": 0.6}

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
            intent = message.get(INTENT)
            if intent[INTENT_NAME_KEY] != OUT_OF_SCOPE:
                continue
            if intent[PREDICTED_CONFIDENCE_KEY] >= self._decided:
                message.set(ENTITIES, [], add_to_output=True)
            else:
                message.set(INTENT, dict(message.get(INTENT_RANKING_KEY)[1]), add_to_output=True)
        return messages
