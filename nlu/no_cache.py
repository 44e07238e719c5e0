"""A training cache that keeps nothing: training takes seconds, and train.py skips it when nothing changed."""

from __future__ import annotations

from typing import Any

from rasa.engine.caching import TrainingCache
from rasa.engine.storage.storage import ModelStorage


class NoCache(TrainingCache):
    """Rasa's own one would leave a database and copies of every node's output in ``.rasa/``."""

    def cache_output(
        self, fingerprint_key: str, output: Any, output_fingerprint: str, model_storage: ModelStorage
    ) -> None:
        return None

    def get_cached_output_fingerprint(self, fingerprint_key: str) -> str | None:
        return None

    def get_cached_result(self, output_fingerprint_key: str, node_name: str, model_storage: ModelStorage) -> None:
        return None
