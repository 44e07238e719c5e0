"""Asking the real NLU process, as the bot does: over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import requests

Answer = dict[str, Any]


@pytest.fixture(scope="session")
def ask(nlu_url: str) -> Callable[..., Answer]:
    """``ask("kk hilang")`` -> Rasa's answer."""
    session = requests.Session()

    def one(text: str) -> Answer:
        response = session.post(f"{nlu_url}/model/parse", json={"text": text}, timeout=5)
        assert response.status_code == 200, response.text
        answer: Answer = response.json()
        return answer

    return one


@pytest.fixture(scope="session")
def ask_all(nlu_url: str) -> Callable[[list[str]], list[Answer]]:
    """``ask_all([…])`` -> the answers of one batch."""

    def batch(texts: list[str]) -> list[Answer]:
        response = requests.post(f"{nlu_url}/model/parse_batch", json={"texts": texts}, timeout=5)
        assert response.status_code == 200, response.text
        answers: list[Answer] = response.json()
        return answers

    return batch
