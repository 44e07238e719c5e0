"""Turns normalised text into numbers: words, word pairs, pieces of words and what the words mean (concepts.py),
each weighted by how telling it is."""

from __future__ import annotations

import json
from collections import Counter
from functools import partial
from typing import Any, Dict, FrozenSet, List

import scipy.sparse as sp
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.concepts import Concepts
from nlu.components.normaliser import NORMAL
from nlu.components.terms import Terms

ROW = "row"
"""Message key: the message's ``Row``."""

FULL_ROW = "full_row"
"""Message key: the same with its embedding (meaning.py), where there is one."""

STRANGE = "?"
"""Stands for each word that the training examples do not know: many of them mean another subject."""

TELLING_LENGTH = 3
"""Words; in a shorter text a strange word is as likely a mistyped "makasih" as another subject."""


class Row:
    """A message's features: a row of the matrix that the whole batch shares."""

    __slots__ = ("index", "matrix")

    def __init__(self, matrix: sp.csr_matrix, index: int) -> None:
        self.matrix = matrix
        self.index = index

    def fingerprint(self) -> str:
        """For Rasa's training cache: the features follow from text and configuration, which it hashes too."""
        return str(self.index)


def rows_of(messages: List[Message], key: str = ROW) -> sp.csr_matrix:
    """The features of these messages as one matrix, a row a message.

    The usual case costs nothing: a batch that stayed together has its matrix already.
    """
    rows = [message.get(key) for message in messages]
    shared = rows[0].matrix
    together = len(rows) == shared.shape[0] and all(
        row.matrix is shared and row.index == place for place, row in enumerate(rows)
    )
    return shared if together else sp.vstack([row.matrix[row.index] for row in rows], format="csr")


class Featuriser(GraphComponent):
    """Words catch what is asked, pairs of near words what belongs together ("kk … hilang"), character n-grams
    survive typing mistakes and glued endings, concepts stand for words that no example holds."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        return {"reach": 2, "characters": [2, 5], "familiar": 2}

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Featuriser:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Featuriser:
        featuriser = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            featuriser._prepare(frozenset(json.loads((folder / "familiar.json").read_text(encoding="utf-8"))))
            featuriser._terms.load(folder)
        return featuriser

    def __init__(self, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._terms = Terms({})

    def _prepare(self, familiar: FrozenSet[str]) -> None:
        shortest, longest = self._config["characters"]
        self._terms = Terms(
            {
                "words": partial(words_and_pairs, familiar=familiar, reach=self._config["reach"]),
                "characters": partial(pieces, shortest=shortest, longest=longest),
                "concepts": Concepts().tokens,
            }
        )

    def train(self, training_data: TrainingData) -> Resource:
        texts = [message.get(NORMAL) for message in training_data.training_examples]
        counts = Counter(word for text in texts for word in set(text.split()))
        familiar = sorted(word for word, count in counts.items() if count >= self._config["familiar"])
        self._prepare(frozenset(familiar))
        self._terms.learn(texts, {"words": 1, "characters": 2, "concepts": 2})
        with self._model_storage.write_to(self._resource) as folder:
            (folder / "familiar.json").write_text(json.dumps(familiar), encoding="utf-8")
            self._terms.save(folder)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        if messages:
            matrix = self._terms.rows([message.get(NORMAL) for message in messages])
            for place, message in enumerate(messages):
                message.set(ROW, Row(matrix, place))
        return messages


def words_and_pairs(text: str, familiar: FrozenSet[str], reach: int) -> List[str]:
    """ "kk saya hilang" -> kk, saya, hilang, "kk saya", "saya hilang", "kk hilang" (with ``reach`` 2 or more)."""
    words = text.split()
    pairs = [f"{word} {near}" for place, word in enumerate(words) for near in words[place + 1 : place + 1 + reach]]
    strange = [STRANGE for word in words if word not in familiar] if len(words) >= TELLING_LENGTH else []
    return words + pairs + strange


def pieces(text: str, shortest: int, longest: int) -> List[str]:
    """ "kk ada" -> " k", "kk", "k ", " kk" … within words, their edges marked by blanks; a word that is shorter than a
    piece stands once, whole."""
    found: List[str] = []
    for word in text.split():
        marked = f" {word} "
        for length in range(shortest, min(longest, len(marked)) + 1):
            found += [marked[at : at + length] for at in range(len(marked) - length + 1)]
    return found
