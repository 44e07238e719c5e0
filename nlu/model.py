"""The trained model, loaded as Rasa loads it and asked in batches."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.engine.loader import load_predict_graph_runner
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.shared.nlu.constants import TEXT


class Model:
    """Answers as Rasa's ``/model/parse`` does. Not for several threads at once."""

    def __init__(self, archive: Path) -> None:
        """Load only archives that we trained: a graph names the classes that are run."""
        with tempfile.TemporaryDirectory(prefix="sapa-nlu-") as folder:
            metadata, self._runner = load_predict_graph_runner(
                Path(folder), archive, LocalModelStorage, DaskGraphRunner
            )
        self._target = metadata.nlu_target
        self.id: str = metadata.model_id

    def parse(self, texts: list[str]) -> list[dict[str, Any]]:
        """One answer a text, in order; the whole batch goes through the graph in one pass."""
        if not texts:
            return []
        messages = [UserMessage(text) for text in texts]
        found = self._runner.run({PLACEHOLDER_MESSAGE: messages, PLACEHOLDER_TRACKER: None}, [self._target])
        answers = [message.as_dict(only_output_properties=True) for message in found[self._target]]
        # Rasa strips the text on its way in; the caller gets back what it sent
        return [{**answer, TEXT: text} for answer, text in zip(answers, texts, strict=True)]
