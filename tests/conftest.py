from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.desk import Desk
from tests.installation import Installation, installation

pytest_plugins = ["tests.engines", "tests.fixtures_nlu"]


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
