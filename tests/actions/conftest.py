from __future__ import annotations

from pathlib import Path

import pytest

from actions.replies import Replies
from bot.knowledge import Knowledge, load_knowledge
from tests.actions.chat import Chat
from tests.actions.documents_chat import DocumentsChat

FOLDER = Path(__file__).parents[2] / "data" / "knowledge"


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge(FOLDER)


@pytest.fixture(scope="session")
def replies() -> Replies:
    return Replies.load()


@pytest.fixture
def citizen(knowledge: Knowledge, replies: Replies) -> DocumentsChat:
    """Somebody who sends documents, and agreed to nothing yet."""
    return DocumentsChat(knowledge, replies)


@pytest.fixture
def birth(citizen: DocumentsChat) -> DocumentsChat:
    """A birth certificate for a child: consent, questions answered, the checklist told."""
    citizen.say("kirim berkas akta lahir", "start_submission", "akta_lahir")
    for said in ("SETUJU", "anak saya", "ada", "ada"):
        citizen.say(said)
    return citizen


@pytest.fixture
def chat(knowledge: Knowledge, replies: Replies) -> Chat:
    return Chat(knowledge, replies)
