"""HAPUS and GANTI: taken back within ten minutes, and after that gone for good, everywhere."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from bot.contracts import (
    AttachmentState,
    CancelSubmission,
    ConsentAnswer,
    DeleteFiles,
    PlaceFile,
    RecordConsent,
    TicketState,
    UndoDelete,
)
from bot.contracts.submissions import DeletionReason, SubmissionState
from bot.desk import reviews
from bot.errors import MediaBusy
from bot.models import Base
from tests.desk import Desk
from tests.files import photo
from tests.installation import Installation
from tests.line.papers import Papers

NIK = "9910041708990001"
DELETE = {"done": "dihapus", "asked": "diminta"}
UNDO = UndoDelete("kembali", "terlambat")


@pytest.fixture
def papers(deaf_sapa: Installation) -> Papers:
    return Papers(deaf_sapa)


def delete(papers: Papers, *which: int) -> list[str]:
    return papers.do(DeleteFiles(tuple(papers.files()[number].id for number in which), **DELETE))


def storage_bytes(papers: Papers) -> list[bytes]:
    folder = Path(papers.sapa.settings.storage_url.removeprefix("file://"))
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


def every_value(papers: Papers) -> str:
    """All that stands in the database. A row's own repr would leave out the middle of what is long."""
    with papers.sapa.database.reading() as session:
        rows = [session.execute(text(f"SELECT * FROM {table}")).all() for table in Base.metadata.tables]
    return repr([tuple(row) for found in rows for row in found])


def rows_of(papers: Papers) -> dict[str, int | None]:
    """How much is kept of what the files show."""
    with papers.sapa.database.reading() as session:
        tables = ("vault_object", "identity_mark", "person_mark")
        return {table: session.scalar(text(f"SELECT count(*) FROM {table}")) for table in tables}


def test_a_deleted_file_is_out_of_sight_at_once_and_can_be_taken_back(papers: Papers) -> None:
    papers.begin()
    papers.send(photo("foto_kk"), photo("foto_ktp"))
    (told,) = delete(papers, 1)
    assert told.startswith("dihapus until=")
    _, second = papers.documents().submissions[0].files
    assert second.state is AttachmentState.DELETING
    assert second.undo_until is not None
    assert papers.do(UNDO) == ["kembali count=1\n\nselesai"]
    assert [file.state for file in papers.documents().submissions[0].files] == [AttachmentState.STORED] * 2
    papers.sapa.clock.advance(minutes=20)
    papers.run("erase_files")
    assert len(storage_bytes(papers)) == 6, "nothing of what was taken back is erased"


def test_what_was_deleted_last_is_taken_back_first(papers: Papers) -> None:
    papers.begin()
    papers.send(photo("foto_kk"), photo("foto_ktp"))
    delete(papers, 0)
    papers.sapa.clock.advance(minutes=1)
    delete(papers, 1)
    assert papers.do(UNDO) == ["kembali count=1\n\nselesai"]
    states = [file.state for file in papers.documents().submissions[0].files]
    assert states == [AttachmentState.DELETING, AttachmentState.STORED]
    assert papers.do(UNDO) == ["kembali count=1\n\nselesai"]


def test_a_wrong_file_is_gone_after_ten_minutes_from_everywhere(papers: Papers) -> None:
    papers.begin()
    papers.send(photo("foto_kk", nik=NIK, persons=f"{NIK}/1999-08-17/SITI CONTOH"))
    (file,) = papers.files()
    url, fingerprint = file.url, file.fingerprint
    assert fingerprint
    there = every_value(papers)
    assert url in there
    assert fingerprint in there
    assert rows_of(papers) == {"vault_object": 3, "identity_mark": 1, "person_mark": 2}, (
        "the file, its thumbnail, its text; its NIK; whose name and birth"
    )
    assert len(storage_bytes(papers)) == 3
    delete(papers, 0)
    papers.sapa.clock.advance(minutes=9)
    papers.run("erase_files")
    assert papers.files()[0].state is AttachmentState.DELETING, "it can still be taken back"
    papers.sapa.clock.advance(minutes=1.1)
    papers.run("erase_files")
    (tombstone,) = papers.files()
    assert tombstone.state is AttachmentState.DELETED
    assert (tombstone.deleted_by, tombstone.deleted_why) == ("citizen", DeletionReason.CITIZEN)
    assert storage_bytes(papers) == []
    left = every_value(papers)
    assert url not in left
    assert fingerprint not in left
    assert rows_of(papers) == {"vault_object": 0, "identity_mark": 0, "person_mark": 0}
    with pytest.raises(Exception, match="gone"):
        papers.sapa.fetching.media.fetch(url)
    assert papers.do(UNDO) == ["terlambat count=0\n\nselesai"]


NEVER_FETCHED = {
    "voice": ("audio/ogg", b"suara", ""),
    "film": ("video/mp4", b"film", ""),
    "card": ("text/vcard", b"BEGIN:VCARD", ""),
    "sticker": ("image/webp", b"stiker", "sticker"),
    "something new": ("model/gltf", b"hologram", "hologram"),
}


@pytest.mark.parametrize("name", NEVER_FETCHED)
def test_what_is_never_fetched_goes_from_twilio_after_three_days(papers: Papers, name: str) -> None:
    content_type, body, kind = NEVER_FETCHED[name]
    papers.sapa.write(media=[(content_type, body)], kind=kind)
    papers.sapa.settle()
    url = papers.files()[0].url
    papers.sapa.clock.advance(hours=71)
    papers.run("expire_submissions")
    assert papers.files()[0].state is AttachmentState.PENDING
    papers.sapa.clock.advance(hours=1.1)
    papers.run("expire_submissions")
    papers.run("erase_files")
    (tombstone,) = papers.files()
    assert (tombstone.state, tombstone.deleted_why) == (AttachmentState.DELETED, DeletionReason.RETENTION)
    assert url not in every_value(papers)
    with pytest.raises(MediaBusy, match="gone"):
        papers.media.fetch(url)
    assert papers.sapa.fetching.inspector.seen == 0  # type: ignore[attr-defined]


def test_an_erasure_that_was_cut_short_is_done_to_its_end(papers: Papers) -> None:
    papers.begin()
    papers.send(photo("foto_kk"))
    delete(papers, 0)
    papers.sapa.clock.advance(minutes=11)
    for step in ("vault.remove", "erasing.forget", "_erase_at_twilio", "erasing.bury"):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(f"bot.flow.erase.{step}", lambda *_: (_ for _ in ()).throw(SystemExit))
            with pytest.raises(SystemExit):
                papers.run("erase_files")
        papers.sapa.clock.advance(minutes=10)
    papers.run("erase_files")
    assert papers.files()[0].state is AttachmentState.DELETED
    assert len(papers.events("file_deleted")) == 1


def test_twilio_being_away_holds_up_its_own_copy_only(papers: Papers) -> None:
    papers.begin()
    papers.send(photo("foto_kk"))
    delete(papers, 0)
    papers.media.erase_fails = 3
    papers.sapa.clock.advance(minutes=11)
    papers.run("erase_files")
    assert storage_bytes(papers) == []
    assert papers.files()[0].state is AttachmentState.DELETING
    assert papers.do(UNDO) == ["terlambat count=0\n\nselesai"], "nothing is left to be taken back"
    for _ in range(4):
        papers.sapa.clock.advance(minutes=10)
        papers.run("erase_files")
    assert papers.files()[0].state is AttachmentState.DELETED


def test_a_replaced_file_is_deleted_with_its_successor_named(papers: Papers) -> None:
    papers.begin()
    papers.send(photo("foto_kk"), photo("foto_kk", look="lain"))
    old, new = papers.files()
    papers.do(PlaceFile(old.id, "kk"))
    papers.do(PlaceFile(new.id, "kk", replaces=old.id))
    old, new = papers.files()
    assert (old.state, old.replaced_by, old.deleted_why) == (AttachmentState.DELETING, new.id, DeletionReason.REPLACED)
    assert (new.document, new.page) == ("kk", 1)
    papers.do(UNDO)
    old, new = papers.files()
    assert (old.state, old.document, new.state) == (AttachmentState.STORED, "kk", AttachmentState.DELETING)
    assert papers.do(UNDO) == ["terlambat count=0\n\nselesai"], "the two do not change places for ever"
    papers.sapa.clock.advance(minutes=11)
    papers.run("erase_files")
    assert [file.state for file in papers.files()] == [AttachmentState.STORED, AttachmentState.DELETED]


def test_what_was_deleted_before_a_replacement_is_reached_by_the_next_word(papers: Papers) -> None:
    papers.begin()
    papers.send(photo("foto_kk"), photo("foto_kk", look="lain"), photo("foto_ktp"))
    old, new, _ = papers.files()
    papers.do(PlaceFile(old.id, "kk"))
    delete(papers, 2)
    papers.do(PlaceFile(new.id, "kk", replaces=old.id))
    papers.do(UNDO)
    assert papers.do(UNDO) == ["kembali count=1\n\nselesai"]
    assert [file.state for file in papers.files()] == [
        AttachmentState.STORED,
        AttachmentState.DELETING,
        AttachmentState.STORED,
    ]


@pytest.mark.parametrize("accepted", [False, True])
def test_what_was_handed_in_stays_as_it_was(papers: Papers, accepted: bool) -> None:
    office = Desk(papers.sapa)
    officer = office.hire()
    submission = papers.begin()
    papers.send(photo("foto_kk"), photo("foto_kk", look="lain"))
    old, new = papers.files()
    papers.do(PlaceFile(old.id, "kk"))
    papers.do(PlaceFile(new.id, "kk", replaces=old.id))
    papers.hand_in(submission)
    if accepted:
        with office.at_desk() as session:
            reviews.accept_file(session, officer.actor, new.id, office.rules, office.now())
    before = [file.state for file in papers.files()]
    assert papers.do(UNDO) == ["terlambat count=0\n\nselesai"]
    assert [file.state for file in papers.files()] == before


def test_what_an_officer_cancelled_is_not_brought_back_by_a_word(papers: Papers) -> None:
    office = Desk(papers.sapa)
    officer = office.hire()
    submission = papers.begin()
    papers.send(photo("foto_kk"))
    papers.hand_in(submission)
    papers.do(CancelSubmission(submission))
    with office.at_desk() as session:
        reviews.cancel_submission(session, officer.actor, submission, office.now())
    papers.sapa.settle()
    assert papers.do(UNDO) == ["terlambat count=0\n\nselesai"]
    papers.sapa.clock.advance(minutes=11)
    papers.run("erase_files")
    assert papers.files()[0].state is AttachmentState.DELETED


def test_what_was_sent_is_deleted_by_an_officer_only_who_hears_at_once(papers: Papers) -> None:
    papers.sapa.clock.set(datetime(2026, 11, 17, 9, tzinfo=ZoneInfo("Asia/Makassar")))
    submission = papers.begin()
    papers.send(photo("foto_kk"))
    papers.hand_in(submission)
    (told,) = delete(papers, 0)
    (ticket,) = papers.tickets("delete_document")
    assert told == f"diminta until={told.split('until=')[1].split(' number')[0]} number={ticket.number}\n\nselesai"
    assert papers.files()[0].state is AttachmentState.STORED
    assert papers.files()[0].delete_asked_at is not None
    papers.run("raise_alerts")
    assert any(event.data["level"] == "waiting" for event in papers.events("alert"))


def test_what_an_officer_deletes_as_asked_ends_the_request_and_is_told(papers: Papers) -> None:
    papers.sapa.clock.set(datetime(2026, 11, 17, 9, tzinfo=ZoneInfo("Asia/Makassar")))
    office = Desk(papers.sapa)
    officer = office.hire()
    submission = papers.begin()
    papers.send(photo("foto_kk"), photo("foto_ktp"))
    papers.hand_in(submission)
    delete(papers, 0, 1)
    for place, state in ((0, TicketState.OPEN), (1, TicketState.RESOLVED)):
        with office.at_desk() as session:
            reviews.delete_file(session, officer.actor, papers.files()[place].id, office.now())
        assert [ticket.state for ticket in papers.tickets("delete_document")] == [state], "when all is done"
        papers.sapa.clock.advance(minutes=1)
        papers.sapa.settle()
        assert papers.sapa.replies()[-1].body == f"hilang: {place + 1} officer"
    papers.sapa.clock.advance(minutes=11)
    papers.run("erase_files")
    assert [file.state for file in papers.files()] == [AttachmentState.DELETED] * 2
    assert papers.documents().gone == (), "it is told once"


def test_requests_for_two_submissions_are_two_tickets(papers: Papers) -> None:
    for service, name in (("akta_kelahiran", "foto_kk"), ("kartu_keluarga", "foto_ktp")):
        submission = papers.begin(service)
        papers.send(photo(name))
        papers.hand_in(submission)
    delete(papers, 0)
    delete(papers, 1)
    delete(papers, 0)
    asked = papers.tickets("delete_document")
    assert [ticket.service for ticket in asked] == ["akta_kelahiran", "kartu_keluarga"]


def test_withdrawing_the_consent_deletes_what_was_not_sent(papers: Papers) -> None:
    papers.begin()
    papers.send(photo("foto_kk"))
    papers.do(RecordConsent(ConsentAnswer.WITHDRAWN, "1"))
    papers.run("erase_files")
    assert papers.files()[0].state is AttachmentState.DELETED
    assert papers.submissions()[0].state is SubmissionState.CANCELLED
    assert papers.documents().consent is ConsentAnswer.WITHDRAWN
    assert papers.do(UNDO) == ["terlambat count=0\n\nselesai"]
