"""Every service that is offered can be sent to its end, in messages that fit a phone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from actions.replies import Replies
from bot.contracts import SubmissionState
from bot.knowledge import Knowledge, load_knowledge
from tests.actions.chat import NUMBER
from tests.actions.conftest import FOLDER
from tests.actions.documents_chat import DocumentsChat, photo

OFFERED = tuple(form.service for form in load_knowledge(Path(FOLDER)).forms.values() if form.offered or form.precheck)
FORBIDDEN = re.compile(r"\bsistem\b|\berror\b|\binvalid\b|[a-z]_[a-z]|\{|\}|None|\bnull\b")
LONGEST = 1_500
TURNS = 25


@pytest.mark.parametrize("pick", ["first", "last"])
@pytest.mark.parametrize("service", OFFERED)
def test_it_comes_to_an_end(knowledge: Knowledge, replies: Replies, service: str, pick: str) -> None:
    citizen = DocumentsChat(knowledge, replies)
    told = citizen.say(f"mau kirim berkas {knowledge.services[service].short_name}", "start_submission", service)
    if "Periksa kelengkapan" in told:
        citizen.say("1")
    told = citizen.say("SETUJU")
    for _ in range(TURNS):
        assert told
        assert len(told) <= LONGEST, told
        assert not FORBIDDEN.search(told), told
        if citizen.memory.asked == "review":
            assert NUMBER in citizen.say("KIRIM")
            assert citizen.current.state is SubmissionState.SENT
            return
        if "Selesai, hapus fotonya" in told or "selesai, hapus fotonya" in told:
            citizen.say("1")
            assert citizen.submissions == []
            return
        if citizen.memory.choices:
            told = citizen.say(str(1 if pick == "first" else _last(citizen)))
        else:
            told = _photos(citizen)
    pytest.fail(f"{service} never ends: {told}")


def _last(citizen: DocumentsChat) -> int:
    """The last choice; where another service is offered instead, that one."""
    titles = [choice.title for choice in citizen.memory.choices]
    return 1 if titles[-1] == "Ubah jawaban" else len(titles)


def _photos(citizen: DocumentsChat) -> str:
    form = citizen.knowledge.submission_form(citizen.current.service)
    assert form is not None
    papers = form.papers(citizen.current.answers, citizen.current.whom)
    return citizen.send(*(photo(paper.key, caption="") for paper in papers if paper.photo and not paper.optional))
