"""Who does not agree that files are kept: nothing of theirs stays, save what an officer waits for."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from bot.contracts import (
    AttachmentState,
    ConsentAnswer,
    HandOver,
    HandOverReason,
    OpenTicket,
    RecordConsent,
    Refusal,
    SubmissionState,
    UndoDelete,
)
from tests.desk import Desk
from tests.files import photo
from tests.installation import Installation
from tests.line.papers import Papers

REFUSED = RecordConsent(ConsentAnswer.REFUSED, "1")
WITHDRAWN = RecordConsent(ConsentAnswer.WITHDRAWN, "1")


@pytest.fixture
def papers(deaf_sapa: Installation) -> Papers:
    return Papers(deaf_sapa)


def kept(papers: Papers) -> int:
    """Objects in the storage and rows that open them."""
    folder = Path(papers.sapa.settings.storage_url.removeprefix("file://"))
    with papers.sapa.database.reading() as session:
        rows = session.scalar(text("SELECT count(*) FROM vault_object"))
    return len([path for path in folder.rglob("*") if path.is_file()]) + (rows or 0)


def arrives_late(papers: Papers) -> None:
    """A photo whose download fails at first: its turn is answered without it."""
    papers.media.fails = 4
    papers.send(photo("foto_kk"))
    papers.sapa.clock.advance(seconds=11)
    papers.sapa.settle()
    assert papers.files()[-1].state is AttachmentState.PENDING


def pass_an_hour(papers: Papers) -> None:
    for _ in range(12):
        papers.sapa.clock.advance(minutes=5)
        papers.sapa.settle()
        papers.run("expire_submissions")
        papers.run("erase_files")


@pytest.mark.parametrize("answer", [REFUSED, WITHDRAWN])
def test_a_photo_sent_before_the_answer_goes_at_once_and_from_twilio_too(papers: Papers, answer: RecordConsent) -> None:
    papers.send(photo("foto_kk"))
    url = papers.files()[0].url
    assert kept(papers) == 6
    papers.do(answer)
    assert papers.do(UndoDelete("kembali", "terlambat")) == ["terlambat count=0\n\nselesai"]
    papers.run("erase_files")
    assert papers.files()[0].state is AttachmentState.DELETED
    assert kept(papers) == 0
    with pytest.raises(Exception, match="gone"):
        papers.sapa.fetching.media.fetch(url)


@pytest.mark.parametrize("answer", [REFUSED, WITHDRAWN])
def test_a_photo_that_is_still_being_fetched_goes_too(papers: Papers, answer: RecordConsent) -> None:
    papers.begin()
    arrives_late(papers)
    papers.do(answer)
    before = len(papers.sapa.replies())
    pass_an_hour(papers)
    assert papers.files()[0].state is AttachmentState.DELETED
    assert kept(papers) == 0
    assert len(papers.sapa.replies()) == before, "nobody asks what it is for"
    assert papers.submissions()[0].state is SubmissionState.CANCELLED


@pytest.mark.parametrize("answer", [REFUSED, WITHDRAWN])
def test_a_photo_sent_after_a_no_is_not_kept_and_the_citizen_hears(papers: Papers, answer: RecordConsent) -> None:
    papers.do(answer)
    assert papers.send(photo("foto_kk")) == ["baru: ditolak unagreed"]
    (file,) = papers.files()
    assert (file.state, file.refusal, kept(papers)) == (AttachmentState.REFUSED, Refusal.UNAGREED, 0)
    pass_an_hour(papers)
    assert (papers.files()[0].state, papers.files()[0].url) == (AttachmentState.DELETED, "")
    papers.do(RecordConsent(ConsentAnswer.AGREED, "1"))
    assert papers.send(photo("foto_kk")) == ["baru: 0 foto_kk stored"], "the newest answer holds"


@pytest.mark.parametrize("answer", [REFUSED, WITHDRAWN])
def test_what_an_officer_waits_for_is_kept_whatever_the_answer(papers: Papers, answer: RecordConsent) -> None:
    papers.do(OpenTicket("complaint"))
    papers.send(photo("bukti"))
    papers.do(answer)
    papers.send(photo("bukti", look="kedua"))
    pass_an_hour(papers)
    assert [file.state for file in papers.files()] == [AttachmentState.STORED] * 2


def test_what_was_sent_already_is_asked_of_an_officer(papers: Papers) -> None:
    submission = papers.begin()
    papers.send(photo("foto_kk"))
    papers.hand_in(submission)
    papers.do(WITHDRAWN)
    pass_an_hour(papers)
    assert papers.files()[0].state is AttachmentState.STORED
    assert len(papers.tickets("privacy_request")) == 1
    assert papers.send(photo("foto_ktp")) == ["baru: ditolak unagreed"], (
        "that request is about papers, no matter of its own"
    )


def test_evidence_stays_while_its_matter_is_open_and_thirty_days_after(papers: Papers) -> None:
    office = Desk(papers.sapa)
    officer = office.hire()
    papers.send(photo("bukti"))
    papers.do(HandOver("complaint", HandOverReason.COMPLAINT))
    papers.sapa.clock.advance(days=40)
    papers.run("expire_submissions")
    assert papers.files()[0].state is AttachmentState.STORED, "nobody settled it yet"
    office.resolve(officer)
    papers.sapa.clock.advance(days=29)
    papers.run("expire_submissions")
    assert papers.files()[0].state is AttachmentState.STORED
    papers.sapa.clock.advance(days=2)
    papers.run("expire_submissions")
    papers.run("erase_files")
    assert papers.files()[0].state is AttachmentState.DELETED


def test_a_loose_photo_that_goes_is_told_within_whatsapps_day_or_with_the_next_word(papers: Papers) -> None:
    papers.send(photo("foto_kk"))
    papers.sapa.clock.advance(hours=60)
    papers.sapa.ask("halo")
    papers.sapa.clock.advance(hours=12.1)
    before = len(papers.sapa.replies())
    papers.run("expire_submissions")
    papers.run("erase_files")
    papers.sapa.settle()
    assert [reply.body for reply in papers.sapa.replies()[before:]] == ["hilang: 0 retention"]
    assert papers.documents().gone == (), "it is told once"
