from __future__ import annotations

from pathlib import Path

import pytest

from actions.replies import Replies
from bot.knowledge import Knowledge, load_knowledge
from tests.actions.chat import Chat

FOLDER = Path(__file__).parents[2] / "data" / "knowledge"


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge(FOLDER)


@pytest.fixture(scope="session")
def replies() -> Replies:
    return Replies.load()


@pytest.fixture
def chat(knowledge: Knowledge, replies: Replies) -> Chat:
    return Chat(knowledge, replies)
