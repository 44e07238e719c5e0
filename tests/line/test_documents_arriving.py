"""Files that citizens send: fetched, checked, kept; and the turn that waits for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event, select, update

from bot.contracts import (
    AttachmentState,
    CancelSubmission,
    MessageKind,
    OpenSubmission,
    SendSubmission,
    SubmissionState,
)
from bot.desk.fetched import GIVE_UP_AFTER
from bot.flow.answer import answer_due
from bot.flow.fetch import fetch_due
from bot.line import build_media
from bot.models import Conversation
from tests.files import ReadsLabels, photo
from tests.installation import Installation, installation
from tests.line.papers import Papers


@pytest.fixture
def papers(deaf_sapa: Installation) -> Papers:
    return Papers(deaf_sapa)


def test_a_picture_is_checked_before_it_is_answered(papers: Papers) -> None:
    assert papers.send(photo("foto_kk", advice="blurred")) == ["baru: 0 foto_kk stored"]
    (file,) = papers.files()
    assert (file.state, file.advice, file.guesses) == (AttachmentState.STORED, ["blurred"], ["foto_kk"])
    assert [event.data for event in papers.events("file_stored")] == [{"kind_of_file": "jpeg", "advice": ["blurred"]}]


def test_ten_pictures_in_a_burst_get_one_reply(papers: Papers) -> None:
    papers.begin()
    (reply,) = papers.send(*(photo(f"foto_{number}") for number in range(10)))
    assert reply == "baru: " + ", ".join(f"{number + 1} foto_{number} stored" for number in range(10))


def test_a_picture_waits_for_the_quiet_window_too(database_url: str) -> None:
    with installation(database_url, "http://127.0.0.1:9", quiet_media_seconds=4) as sapa:
        papers = Papers(sapa)
        assert papers.send(photo("foto_kk")) == [], "more may come"
        sapa.clock.advance(seconds=4.1)
        sapa.settle()
        assert len(sapa.replies()) == 1


def test_a_slow_picture_is_named_at_the_cap_and_told_later(papers: Papers) -> None:
    papers.sapa.write(media=[photo("foto_kk")])
    answer_due(papers.sapa.line)
    assert papers.assistant.talks == [], "it waits for its picture"
    papers.sapa.clock.advance(seconds=10.1)
    answer_due(papers.sapa.line)
    papers.sapa.settle()
    assert [reply.body for reply in papers.sapa.replies()] == ["diperiksa: 1", "baru: 0 foto_kk stored"]
    assert papers.assistant.turns[-1].said == ()


def test_late_pictures_are_told_together(papers: Papers) -> None:
    for number in range(3):
        papers.sapa.write(media=[photo(f"foto_{number}")])
    papers.sapa.clock.advance(seconds=10.1)
    answer_due(papers.sapa.line)
    papers.sapa.settle()
    assert len(papers.sapa.replies()) == 2


def test_what_is_checked_while_the_answer_is_made_is_told_next(papers: Papers) -> None:
    def script(turn: object, talk: object) -> None:
        papers.assistant.script = None
        fetch_due(papers.sapa.fetching)

    papers.sapa.write(media=[photo("foto_kk")])
    papers.sapa.clock.advance(seconds=10.1)
    papers.assistant.script = script  # type: ignore[assignment]
    answer_due(papers.sapa.line)
    papers.sapa.settle()
    assert [reply.body for reply in papers.sapa.replies()] == ["diperiksa: 1", "baru: 0 foto_kk stored"]


def test_a_file_that_cannot_be_kept_is_told_with_its_reason(papers: Papers) -> None:
    assert papers.send(("application/pdf", b"MZ not a picture")) == ["baru: ditolak type"]
    assert papers.documents().loose == (), "it is told once"


def test_a_download_that_fails_for_an_hour_ends_well(papers: Papers) -> None:
    papers.begin()
    papers.media.fails = 8
    assert papers.send(photo("foto_kk")) == [], "it may be there in a moment"
    papers.sapa.clock.advance(seconds=10.1)
    papers.sapa.settle()
    assert papers.sapa.replies()[-1].body == "diperiksa: 1", "nobody waits for an hour"
    for _ in range(60):
        papers.sapa.clock.advance(minutes=2)
        papers.sapa.settle()
    assert papers.sapa.replies()[-1].body == "baru: 1 foto_kk stored"
    assert papers.files()[0].attempts == 9


def test_a_picture_that_never_comes_is_lost_and_asked_for_again_within_whatsapps_day(papers: Papers) -> None:
    papers.media.fails = 10_000
    papers.send(photo("foto_kk"))
    while papers.files()[0].state is AttachmentState.PENDING:
        papers.sapa.clock.advance(hours=1)
        papers.sapa.settle()
        assert papers.sapa.clock.ahead < 2 * GIVE_UP_AFTER
    assert papers.files()[0].state is AttachmentState.LOST
    assert GIVE_UP_AFTER <= papers.sapa.clock.ahead < GIVE_UP_AFTER + timedelta(hours=1)
    assert papers.sapa.replies()[-1].body == "baru: 0 ? lost", "while it can still be told"
    assert papers.documents().loose == (), "it is told once"


def test_a_picture_that_twilio_never_has_again_is_lost_only_after_all_tries(papers: Papers) -> None:
    """With the real fetcher, since this is about what Twilio's own answer means."""
    papers.sapa.fetching = replace(papers.sapa.fetching, media=build_media(papers.sapa.settings))
    papers.sapa.write(media=[photo("foto_kk")])
    papers.media.erase(papers.files()[0].url)
    while papers.files()[0].state is AttachmentState.PENDING:
        papers.sapa.clock.advance(hours=1)
        papers.sapa.settle()
        assert papers.sapa.clock.ahead < 2 * GIVE_UP_AFTER
    assert papers.files()[0].state is AttachmentState.LOST
    assert papers.files()[0].attempts > 10
    assert papers.sapa.replies()[-1].body == "baru: 0 ? lost"


def test_a_voice_is_no_document(papers: Papers) -> None:
    papers.sapa.write(media=[("audio/ogg", b"suara")])
    papers.sapa.settle()
    (file,) = papers.files()
    assert (file.state, file.due_at) == (AttachmentState.PENDING, None)
    assert papers.assistant.turns[0].said[0].kind is MessageKind.VOICE
    assert papers.sapa.fetching.inspector.seen == 0  # type: ignore[attr-defined]


def test_an_officer_who_holds_the_conversation_is_not_talked_over(papers: Papers) -> None:
    papers.send(photo("foto_kk"))
    papers.sapa.write(media=[photo("foto_ktp")])
    papers.sapa.clock.advance(seconds=10.1)
    answer_due(papers.sapa.line)
    papers.sapa.delivery.step()
    with papers.sapa.database.transaction() as session:
        session.execute(update(Conversation).values(state="with_officer"))
    fetch_due(papers.sapa.fetching)
    with papers.sapa.database.reading() as session:
        assert session.scalar(select(Conversation.answer_due_at)) is None
    assert papers.files()[1].told_at is not None


def fails_at_first(papers: Papers, name: str) -> None:
    """Its turn is answered without it."""
    papers.media.fails = 4
    papers.send(photo(name))
    pass_time(papers, seconds=11)
    assert papers.files()[-1].state is AttachmentState.PENDING


def pass_time(papers: Papers, **by: float) -> None:
    papers.sapa.clock.advance(**by)
    papers.sapa.settle()


def an_hour_passes(papers: Papers) -> None:
    for _ in range(12):
        pass_time(papers, minutes=5)


def test_a_late_photo_is_the_submissions_it_was_sent_for(papers: Papers) -> None:
    first = papers.begin("akta_kelahiran")
    fails_at_first(papers, "foto_kk")
    papers.do(OpenSubmission("kartu_keluarga"))
    an_hour_passes(papers)
    assert [(file.submission_id, file.number) for file in papers.files()] == [(first, 1)]


def test_a_late_photo_of_a_submission_that_was_cancelled_goes_with_it(papers: Papers) -> None:
    first = papers.begin("akta_kelahiran")
    fails_at_first(papers, "foto_kk")
    papers.do(CancelSubmission(first))
    papers.do(OpenSubmission("kartu_keluarga"))
    an_hour_passes(papers)
    assert papers.files()[0].state is AttachmentState.DELETING


@pytest.mark.parametrize("agreed_before", [True, False])
def test_kirim_waits_for_a_photo_that_is_still_being_checked(papers: Papers, agreed_before: bool) -> None:
    if agreed_before:
        submission = papers.begin()
        fails_at_first(papers, "foto_kk")
    else:
        fails_at_first(papers, "foto_kk")
        submission = papers.begin()
    send = SendSubmission(submission, "diajukan", "tunggu")
    assert papers.do(send) == ["tunggu\n\nselesai"]
    assert papers.submissions()[0].state is SubmissionState.COLLECTING
    an_hour_passes(papers)
    assert papers.do(send)[0].startswith("diajukan number=PKP-")
    assert [(file.submission_id, file.number) for file in papers.files()] == [(submission, 1)]


def test_a_photo_costs_the_webhook_one_question_more_and_a_word_none(papers: Papers) -> None:
    papers.begin()
    asked: list[str] = []
    engine = papers.sapa.app.extensions["sapa_database"].engine
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    papers.sapa.write("halo")
    of_words = [one for one in asked if one.startswith("SELECT")]
    asked.clear()
    papers.sapa.write(media=[photo("foto_kk")])
    assert len([one for one in asked if one.startswith("SELECT")]) == len(of_words) + 1


def test_the_same_picture_twice_is_known(papers: Papers) -> None:
    papers.begin()
    papers.send(photo("foto_kk"))
    papers.send(photo("foto_kk"))
    first, second = papers.documents().submissions[0].files
    assert (first.repeats, second.repeats) == (None, first.id)


def test_the_same_paper_of_another_submission_is_no_repetition(papers: Papers) -> None:
    papers.begin()
    papers.send(photo("foto_kk"))
    papers.begin()
    papers.send(photo("foto_kk"))
    second, first = papers.documents().submissions
    assert [(file.number, file.repeats) for one in (first, second) for file in one.files] == [(1, None), (1, None)]


def test_a_worker_that_dies_before_the_row_leaves_a_file_that_is_fetched_again(papers: Papers) -> None:
    papers.sapa.write(media=[photo("foto_kk")])
    keep = "bot.flow.fetch.fetched.keep"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keep, lambda *_: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            fetch_due(papers.sapa.fetching)
    assert papers.files()[0].state is AttachmentState.PENDING
    papers.sapa.clock.advance(minutes=5)
    papers.sapa.settle()
    assert papers.files()[0].state is AttachmentState.STORED
    assert len(papers.events("file_stored")) == 1


def test_a_file_deleted_while_it_is_fetched_is_not_kept(papers: Papers) -> None:
    from bot.contracts import DeleteFiles

    inspector = papers.sapa.fetching.inspector
    assert isinstance(inspector, ReadsLabels)
    papers.sapa.write(media=[photo("foto_kk")])
    inner = inspector.inspect

    def inspect(file: object) -> object:
        papers.sapa.clock.advance(seconds=10.1)
        papers.assistant.script = None
        papers.sapa.write("hapus")
        papers.assistant.script = lambda turn, talk: papers_delete(papers, talk)  # type: ignore[assignment]
        answer_due(papers.sapa.line)
        return inner(file)  # type: ignore[arg-type]

    def papers_delete(papers: Papers, talk: object) -> object:
        from bot.contracts import Decision, Memory

        return Decision(commands=(DeleteFiles((papers.files()[0].id,), "dihapus", "diminta"),), memory=Memory())

    inspector.inspect = inspect  # type: ignore[method-assign,assignment]
    fetch_due(papers.sapa.fetching)
    assert papers.files()[0].state is AttachmentState.DELETING
    storage = papers.sapa.fetching.vault._storage
    assert list(storage.names(papers.sapa.clock() + timedelta(days=1))) == []
