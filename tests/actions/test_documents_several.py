"""What was sent beside what is still open: a word or a photo goes to the one that is meant."""

from __future__ import annotations

import pytest

from bot.contracts import OpenSubmission, SubmissionState
from tests.actions.chat import NUMBER
from tests.actions.documents_chat import DocumentsChat
from tests.actions.test_documents_photos import COMPLETE


@pytest.fixture
def sent(birth: DocumentsChat) -> DocumentsChat:
    birth.send(*COMPLETE)
    birth.say("kirim")
    assert birth.current.state is SubmissionState.SENT
    return birth


@pytest.mark.parametrize("said", ["KIRIM", "kirim", "kirim sekarang"])
def test_kirim_once_more_opens_nothing(sent: DocumentsChat, said: str) -> None:
    told = sent.say(said, "start_submission")
    assert "Sudah terkirim tadi" in told
    assert NUMBER in told
    assert not any(isinstance(one, OpenSubmission) for one in sent.decision.commands)
    assert len(sent.submissions) == 1


def test_kirim_with_a_service_begins_the_next(sent: DocumentsChat) -> None:
    assert "untuk siapa" in sent.say("kirim berkas akta lahir", "start_submission", "akta_lahir")
