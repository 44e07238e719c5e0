"""Submissions: begun, filled in, handed in; reviewed by officers; told to the citizen; forgotten in time."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event

from bot.contracts import (
    AttachmentState,
    CancelSubmission,
    ChangeSubmission,
    ConsentAnswer,
    DeleteFiles,
    Documents,
    HandOver,
    HandOverReason,
    LookUpTicket,
    OpenSubmission,
    PlaceFile,
    RecordConsent,
    Rejection,
    SendSubmission,
    SubmissionNews,
    SubmissionState,
    TargetState,
    TicketState,
    UndoDelete,
    Whom,
)
from bot.desk import documents, reviews, turns
from bot.errors import AlreadyEnded, HeldByAnother, NotFound
from tests.desk import Colleague, Desk
from tests.files import photo
from tests.installation import Installation
from tests.line.papers import Papers
from tests.people import add_office

NEIGHBOUR = "whatsapp:+6281100000077"
NIK = "9910041708990001"
LOOK_UP = {"found": "ada", "refused": "tidak", "locked": "terkunci"}


@pytest.fixture
def papers(deaf_sapa: Installation) -> Papers:
    return Papers(deaf_sapa)


@pytest.fixture
def office(papers: Papers) -> Desk:
    return Desk(papers.sapa)


def at_nine(papers: Papers, day: int = 17) -> None:
    """A Tuesday at nine, while the office is open."""
    papers.sapa.clock.set(datetime(2026, 11, day, 9, tzinfo=ZoneInfo("Asia/Makassar")))


def reject(papers: Papers, office: Desk, officer: Colleague, number: int = 0, note: str = "") -> None:
    with office.at_desk() as session:
        file = papers.files()[number].id
        reviews.reject_file(session, officer.actor, file, Rejection.UNREADABLE, note, office.rules, office.now())


def pass_time(papers: Papers, **by: float) -> None:
    papers.sapa.clock.advance(**by)
    papers.sapa.settle()


def test_no_file_belongs_to_a_submission_before_the_citizen_agreed(papers: Papers) -> None:
    papers.do(OpenSubmission("akta_kelahiran"))
    papers.send(photo("foto_kk"))
    assert [file.number for file in papers.documents().loose] == [0]
    papers.do(PlaceFile(papers.files()[0].id, "kk"))
    assert [(file.number, file.document) for file in papers.documents().loose] == [(0, "kk")]
    papers.do(RecordConsent(ConsentAnswer.AGREED, "2"))
    documents_ = papers.documents()
    assert documents_.loose == ()
    assert [(file.number, file.document) for file in documents_.submissions[0].files] == [(1, "kk")]
    assert [event.data for event in papers.events("consent")] == [{"answer": "agreed", "version": "2"}]


def test_two_children_of_one_number_are_kept_apart(papers: Papers) -> None:
    papers.do(
        RecordConsent(ConsentAnswer.AGREED, "1"),
        OpenSubmission("akta_kelahiran", Whom.CHILD),
        ChangeSubmission(None, answers={"usia": "tepat", "saksi": "dua"}),
    )
    papers.send(photo("surat_lahir"))
    papers.sapa.clock.advance(seconds=1)
    papers.do(OpenSubmission("akta_kelahiran", Whom.CHILD))
    papers.send(photo("surat_lahir", look="kedua"))
    second, first = papers.documents().submissions
    assert (first.label, second.label) == ("anak ke-1", "anak ke-2")
    assert first.answers == {"usia": "tepat", "saksi": "dua"}
    assert ([file.number for file in first.files], [file.number for file in second.files]) == ([1], [1])
    papers.sapa.clock.advance(seconds=1)
    papers.do(ChangeSubmission(first.id, answers={"saksi": None}))
    now_first = papers.documents().submissions[0]
    assert (now_first.id, now_first.answers) == (first.id, {"usia": "tepat"})


def test_the_pages_of_a_document_are_counted(papers: Papers) -> None:
    papers.begin()
    papers.send(photo("surat_lahir"), photo("surat_lahir", look="hal 2"))
    papers.do(*(PlaceFile(file.id, "surat_lahir") for file in papers.files()))
    assert [(file.document, file.page) for file in papers.files()] == [("surat_lahir", 1), ("surat_lahir", 2)]


def test_a_reply_to_a_picture_names_it(papers: Papers) -> None:
    papers.begin()
    first = papers.sapa.write(media=[photo("foto_kk")])
    second = papers.sapa.write(media=[photo("foto_ktp")])
    papers.sapa.settle()
    papers.sapa.clock.advance(seconds=20)
    for body, sid in (("hapus", first), ("hapus 2", ""), ("ini salah", second)):
        papers.sapa.write(body, replied_to=sid)
    papers.sapa.settle()
    kk, ktp = papers.files()
    assert [said.answered_to for said in papers.assistant.turns[-1].said] == [kk.id, None, ktp.id]


def test_a_reply_to_a_picture_that_is_gone_still_names_it(papers: Papers) -> None:
    papers.begin()
    sid = papers.sapa.write(media=[photo("foto_kk")])
    papers.sapa.settle()
    papers.do(DeleteFiles((papers.files()[0].id,), "dihapus", "diminta"))
    papers.sapa.clock.advance(minutes=11)
    papers.run("erase_files")
    papers.sapa.ask("hapus", replied_to=sid)
    assert papers.assistant.turns[-1].said[0].answered_to == papers.files()[0].id


def test_a_reply_to_words_names_no_picture(papers: Papers) -> None:
    papers.begin()
    sid = papers.sapa.write("halo")
    papers.sapa.settle()
    papers.sapa.clock.advance(seconds=20)
    papers.sapa.ask("hapus", replied_to=sid)
    assert papers.assistant.turns[-1].said[0].answered_to is None


def test_handing_in_gives_a_number_of_its_own_and_an_officer_hears(papers: Papers) -> None:
    at_nine(papers)
    first, second = papers.begin(), papers.begin("kartu_keluarga_baru")
    numbers = {papers.hand_in(first), papers.hand_in(second)}
    assert len(numbers) == 2
    papers.do(SendSubmission(first, "diajukan", "tunggu"))
    assert len(papers.tickets("submission")) == 2, "sent twice is sent once"
    ticket = papers.tickets("submission")[0]
    assert (ticket.state, ticket.queued_at) == (TicketState.OPEN, None), "nobody waits in the chat for it"
    papers.run("raise_alerts")
    assert {event.data["level"] for event in papers.events("alert")} == {"waiting"}
    assert {target.state for target in Desk(papers.sapa).targets()} == {TargetState.RUNNING}


def test_rejected_files_are_asked_for_again_in_one_message(papers: Papers, office: Desk) -> None:
    at_nine(papers)
    officer = office.hire()
    submission = papers.begin()
    papers.send(photo("foto_kk"), photo("foto_ktp"))
    number = papers.hand_in(submission)
    reject(papers, office, officer, 0)
    pass_time(papers, seconds=30)
    reject(papers, office, officer, 1, "bagian bawah terpotong")
    pass_time(papers, seconds=31)
    said = papers.sapa.replies()[-1].body
    assert said == "baru: 1 foto_kk rejected, 2 foto_ktp rejected; kabar: returned/state"
    file = papers.assistant.talks[-1].documents.submissions[0].files[1]
    assert (file.rejection, file.rejection_note) == (Rejection.UNREADABLE, "bagian bawah terpotong")
    (ticket,) = papers.tickets("submission")
    assert ticket.state is TicketState.WAITING_FOR_CITIZEN
    assert {one.state for one in office.targets()} <= {TargetState.PAUSED, TargetState.MET}
    # the citizen sends it again, under the same number, and the clocks go on
    papers.send(photo("foto_kk", look="jelas"))
    new = papers.files()[2].id
    papers.do(PlaceFile(new, "kk", replaces=papers.files()[0].id), SendSubmission(submission, "diajukan", "tunggu"))
    (ticket,) = papers.tickets("submission")
    assert (ticket.number, ticket.state) == (number, TicketState.OPEN)
    assert TargetState.RUNNING in {one.state for one in office.targets()}
    assert papers.documents().submissions[0].news is None


def test_a_slip_is_taken_back_before_the_citizen_hears(papers: Papers, office: Desk) -> None:
    at_nine(papers)
    officer = office.hire()
    submission = papers.begin()
    papers.send(photo("foto_kk"))
    papers.hand_in(submission)
    before = len(papers.sapa.replies())
    reject(papers, office, officer)
    with office.at_desk() as session:
        reviews.accept_file(session, officer.actor, papers.files()[0].id, office.rules, office.now())
    pass_time(papers, minutes=2)
    assert len(papers.sapa.replies()) == before
    assert papers.submissions()[0].state is SubmissionState.SENT


def test_an_accepted_submission_is_told_at_once_and_ends(papers: Papers, office: Desk) -> None:
    at_nine(papers)
    officer = office.hire()
    submission = papers.begin()
    papers.send(photo("foto_kk"))
    papers.hand_in(submission)
    with office.at_desk() as session:
        reviews.accept_submission(session, officer.actor, submission, office.now())
    pass_time(papers, seconds=20)
    assert papers.sapa.replies()[-1].body == "kabar: accepted/state"
    (ticket,) = papers.tickets("submission")
    assert ticket.state is TicketState.RESOLVED
    assert papers.files()[0].state is AttachmentState.ACCEPTED
    documents = papers.documents()
    assert documents.submissions == ()
    assert (documents.ended[0].state, documents.ended[0].news) == (SubmissionState.ACCEPTED, None)
    with office.at_desk() as session, pytest.raises(AlreadyEnded):
        reviews.accept_submission(session, officer.actor, submission, office.now())


@pytest.mark.parametrize("ends", ["release", "resolve"])
def test_what_happened_while_an_officer_had_the_talk_is_told_when_the_assistant_is_back(
    papers: Papers, office: Desk, ends: str
) -> None:
    at_nine(papers)
    officer = office.hire()
    submission = papers.begin()
    papers.send(photo("foto_kk"))
    papers.hand_in(submission)
    papers.do(HandOver("talk_to_human", HandOverReason.WISH))
    office.claim(officer)
    office.reply(officer, "Kami periksa dulu.")
    reject(papers, office, officer)
    pass_time(papers, minutes=5)
    before = len(papers.sapa.replies())
    pass_time(papers, minutes=5)
    assert len(papers.sapa.replies()) == before, "nobody talks over an officer"
    getattr(office, ends)(officer)
    pass_time(papers, minutes=1)
    told = [reply.body for reply in papers.sapa.replies()[before:]]
    assert told == ["baru: 1 foto_kk rejected; kabar: returned/state"]
    assert papers.submissions()[0].news is None


def test_outside_the_day_a_word_is_kept_until_the_citizen_writes(papers: Papers, office: Desk) -> None:
    at_nine(papers)
    officer = office.hire()
    submission = papers.begin()
    papers.send(photo("foto_kk"))
    papers.hand_in(submission)
    papers.sapa.clock.advance(hours=25)
    before = len(papers.sapa.replies())
    reject(papers, office, officer)
    pass_time(papers, hours=1)
    assert len(papers.sapa.replies()) == before, "WhatsApp would not bring it"
    documents = papers.documents()
    assert documents.submissions[0].news is SubmissionNews.STATE
    assert papers.documents().submissions[0].news is None, "it is told once"


def test_only_the_office_reviews_and_not_past_another_officer(papers: Papers, office: Desk) -> None:
    at_nine(papers)
    submission = papers.begin()
    papers.send(photo("foto_kk"))
    papers.hand_in(submission)
    holder, other = office.hire(), office.hire()
    elsewhere = add_office(papers.sapa.app, "BRU", "whatsapp:+6281100000999")
    with papers.sapa.database.transaction(elsewhere) as session, pytest.raises(NotFound):
        reviews.accept_submission(session, other.actor, submission, office.now())
    office.claim(holder)
    with office.at_desk() as session, pytest.raises(HeldByAnother):
        reviews.accept_submission(session, other.actor, submission, office.now())


def test_cancelling_can_be_undone_until_it_was_sent(papers: Papers) -> None:
    submission = papers.begin()
    papers.send(photo("foto_kk"))
    papers.do(CancelSubmission(submission))
    assert papers.documents().submissions == ()
    assert papers.do(UndoDelete("kembali", "terlambat")) == ["kembali count=1\n\nselesai"]
    assert [one.state for one in papers.documents().submissions] == [SubmissionState.COLLECTING]
    papers.hand_in(submission)
    papers.do(CancelSubmission(submission))
    assert papers.submissions()[0].state is SubmissionState.SENT, "an officer ends what was sent"
    assert len(papers.tickets("cancel_request")) == 1
    assert papers.documents().submissions[0].cancel_asked


def test_the_state_of_anothers_ticket_is_told_to_who_knows_the_nik(papers: Papers) -> None:
    submission = papers.begin()
    papers.send(photo("foto_kk", nik=NIK))
    number = papers.hand_in(submission)
    ask = {"citizen": NEIGHBOUR}
    assert papers.do(LookUpTicket(number, "9999", **LOOK_UP), **ask) == ["tidak\n\nselesai"]
    assert papers.do(LookUpTicket(number.lower(), "0001", **LOOK_UP), **ask) == [
        f"ada number={number} service=akta_kelahiran state=open\n\nselesai"
    ]
    assert papers.do(LookUpTicket(number, "", **LOOK_UP)) == [
        f"ada number={number} service=akta_kelahiran state=open\n\nselesai"
    ], "one's own needs no digits"


def test_after_five_tries_a_ticket_is_locked_for_a_day(papers: Papers) -> None:
    submission = papers.begin()
    papers.send(photo("foto_kk", nik=NIK))
    number = papers.hand_in(submission)
    for tail in ("1111", "2222", "3333", "4444", "5555"):
        assert papers.do(LookUpTicket(number, tail, **LOOK_UP), citizen=NEIGHBOUR) == ["tidak\n\nselesai"]
        papers.sapa.clock.advance(minutes=1)
    assert papers.do(LookUpTicket(number, "0001", **LOOK_UP), citizen=NEIGHBOUR) == ["terkunci\n\nselesai"]
    papers.sapa.clock.advance(hours=24)
    assert papers.do(LookUpTicket(number, "0001", **LOOK_UP), citizen=NEIGHBOUR)[0].startswith("ada")


def test_a_number_of_nobody_is_refused_like_a_wrong_digit(papers: Papers) -> None:
    assert papers.do(LookUpTicket("PKP-2611-9999A", "0001", **LOOK_UP)) == ["tidak\n\nselesai"]


def test_nobody_touches_anothers_files(papers: Papers) -> None:
    papers.begin()
    papers.send(photo("foto_kk"))
    papers.do(DeleteFiles((papers.files()[0].id,), "dihapus", "diminta"), citizen=NEIGHBOUR)
    assert papers.files()[0].state is AttachmentState.STORED
    assert papers.tickets("unanswered"), "what went wrong is left to a person"


def test_one_reminder_and_only_while_the_office_is_open(papers: Papers) -> None:
    at_nine(papers)
    papers.begin()
    papers.sapa.clock.advance(hours=10)
    papers.run("remind_submissions")
    papers.sapa.settle()
    assert papers.submissions()[0].reminded_at is None, "it is evening"
    papers.sapa.clock.advance(hours=13.5)
    for _ in range(2):
        papers.run("remind_submissions")
        papers.sapa.settle()
    assert [reply.body for reply in papers.sapa.replies()][1:] == ["kabar: collecting/reminder"]


def test_what_is_only_looked_through_is_not_reminded_of(papers: Papers) -> None:
    at_nine(papers)
    papers.begin("ktp_baru")
    papers.sapa.clock.advance(hours=5)
    papers.run("remind_submissions")
    papers.sapa.settle()
    assert papers.submissions()[0].reminded_at is None, "it is brought to the counter"


def test_what_is_never_sent_goes_after_three_days_and_is_told(papers: Papers) -> None:
    at_nine(papers)
    papers.begin()
    papers.send(photo("foto_kk"))
    papers.sapa.clock.advance(hours=71)
    papers.run("expire_submissions")
    assert papers.submissions()[0].state is SubmissionState.COLLECTING
    papers.sapa.clock.advance(hours=1.1)
    papers.run("expire_submissions")
    papers.run("erase_files")
    assert papers.files()[0].state is AttachmentState.DELETED
    (ended,) = papers.documents().ended
    assert (ended.state, ended.news) == (SubmissionState.EXPIRED, SubmissionNews.STATE)


def test_a_photo_without_consent_goes_after_three_days(papers: Papers) -> None:
    papers.send(photo("foto_kk"), ("application/pdf", b"MZ"))
    papers.sapa.write(media=[("audio/ogg", b"suara")])
    papers.sapa.clock.advance(hours=72.1)
    papers.run("expire_submissions")
    papers.run("erase_files")
    picture, refused, voice = papers.files()
    gone = (AttachmentState.DELETED,) * 3
    assert (picture.state, refused.state, voice.state) == gone, "Twilio had the voice, though nobody fetched it"


def test_the_files_of_a_closed_case_go_after_thirty_days(papers: Papers, office: Desk) -> None:
    at_nine(papers, 3)
    submission = papers.begin()
    papers.send(photo("foto_kk"))
    papers.hand_in(submission)
    officer = office.hire()
    with office.at_desk() as session:
        reviews.accept_submission(session, officer.actor, submission, office.now())
    papers.sapa.clock.advance(days=29)
    papers.run("expire_submissions")
    assert papers.files()[0].state is AttachmentState.ACCEPTED
    papers.sapa.clock.advance(days=2)
    papers.run("expire_submissions")
    papers.run("erase_files")
    assert papers.files()[0].state is AttachmentState.DELETED


def test_who_has_no_documents_is_told_of_none(papers: Papers) -> None:
    assert papers.documents() == Documents()


def test_a_batch_is_looked_up_in_a_constant_number_of_queries(papers: Papers) -> None:
    counted: list[str] = []
    event.listen(papers.sapa.database.engine, "before_cursor_execute", lambda *given: counted.append(given[2]))

    def queries(citizens: int) -> int:
        papers.sapa.clock.advance(minutes=1)
        for number in range(citizens):
            papers.sapa.write("halo", citizen=f"whatsapp:+62811000002{number:02}")
        with papers.sapa.database.transaction() as session:
            due = turns.claim_due(session, papers.sapa.clock(), 50)
        assert len(due) == citizens
        counted.clear()
        with papers.sapa.database.reading() as session:
            documents.of_conversations(session, due, papers.sapa.clock())
        return len([statement for statement in counted if statement.startswith(("SELECT", "WITH"))])

    assert queries(1) == queries(10)
