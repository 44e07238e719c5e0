from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.knowledge import Knowledge, load_knowledge
from bot.settings import KNOWLEDGE
from tests.desk import Desk
from tests.installation import Installation, installation

pytest_plugins = ["tests.engines", "tests.fixtures_nlu"]


@pytest.fixture(scope="session", autouse=True)
def _knowledge_is_read_once() -> Iterator[None]:
    """It is frozen, and reading it took a fifth of the tests' time: installations share what stands in data/."""
    shared = cache(lambda office: load_knowledge(KNOWLEDGE, office))

    def knowledge(folder: Path, office: str) -> Knowledge:
        return shared(office) if folder == KNOWLEDGE else load_knowledge(folder, office)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.assistant.load_knowledge", knowledge)
        yield


@pytest.fixture
def sapa(database_url: str, nlu_url: str) -> Iterator[Installation]:
    """A whole installation with the real Rasa model, on each engine."""
    with installation(database_url, nlu_url) as running:
        yield running


@pytest.fixture
def deaf_sapa(database_url: str) -> Iterator[Installation]:
    """An installation whose NLU is down."""
    with installation(database_url, "http://127.0.0.1:9") as running:
        yield running


@pytest.fixture
def desk(sapa: Installation) -> Desk:
    """The office of that installation; nobody is hired yet."""
    return Desk(sapa)
