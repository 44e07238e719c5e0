"""As a citizen I send my documents by photo, see at once whether they are usable, and replace or delete any of them."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
import requests

from bot.contracts import AttachmentState, Rejection, SubmissionState
from bot.desk import reviews
from bot.flow.fetch import fetch_due
from tests.desk import ZONE, Desk
from tests.files import photo
from tests.installation import ACCOUNT, TOKEN, Installation
from tests.journeys.citizen import Citizen

BIRTH = ("1", "1", "1")  # for my child; there is a birth letter; there is a marriage book
PAPERS = ("f_2_01", "surat_ket_lahir", "buku_nikah", "kk")


@pytest.fixture
def citizen(sapa: Installation) -> Citizen:
    sapa.clock.set(datetime(2026, 11, 17, 9, tzinfo=ZONE))  # a Tuesday
    return Citizen(sapa)


def burst_with_a_wrong_kk(citizen: Citizen) -> str:
    """Five photos at once, the form's two pages among them; the one meant as the KK shows a child's card. Its SID."""
    citizen.begins("mau kirim berkas akta lahir bayi", *BIRTH)
    before = len(citizen.sapa.replies(citizen.address))
    for file in (photo("f_2_01"), photo("f_2_01", look="hal 2"), photo("surat_ket_lahir"), photo("buku_nikah")):
        citizen.sapa.write(citizen=citizen.address, media=[file])
    wrong = citizen.sapa.write("ini kk", citizen=citizen.address, media=[photo("kia")])
    citizen.sapa.settle(90.0)
    (told,) = [reply.body for reply in citizen.sapa.replies(citizen.address)[before:]]
    assert "5. *KK" in told
    assert "KIRIM" in told
    return wrong


def papers_of(citizen: Citizen) -> list[str | None]:
    return sorted(str(file.document) for file in citizen.files() if file.state is AttachmentState.STORED)


def test_of_five_photos_at_once_a_needed_one_is_wrong_and_is_changed_before_it_is_sent(citizen: Citizen) -> None:
    burst_with_a_wrong_kk(citizen)
    assert "foto *KK" in citizen.says("ganti kk")
    told = citizen.sends(photo("kk"))
    assert "menggantikan yang lama" in told
    assert "6. KK" in told
    assert re.search(r"PKP-2611-\d{4}[A-Z]", citizen.says("kirim"))
    assert citizen.submissions()[0].state is SubmissionState.SENT
    assert citizen.states() == [AttachmentState.STORED] * 4 + [AttachmentState.DELETING, AttachmentState.STORED]
    assert papers_of(citizen) == sorted([*PAPERS, "f_2_01"])


def test_or_is_deleted_by_a_reply_to_it_and_sent_anew(citizen: Citizen) -> None:
    wrong = burst_with_a_wrong_kk(citizen)
    told = citizen.says("salah kirim", replied_to=wrong)
    assert "batal hapus" in told
    assert "Tinggal *1 berkas*" in told
    assert "Belum bisa dikirim" in citizen.says("kirim")
    assert "Sudah lengkap" in citizen.sends(photo("kk"))
    assert re.search(r"PKP-2611-\d{4}[A-Z]", citizen.says("kirim"))
    assert papers_of(citizen) == sorted([*PAPERS, "f_2_01"])


def test_two_children_of_one_number_each_get_their_own_with_the_same_kk(citizen: Citizen) -> None:
    citizen.begins("mau kirim berkas akta lahir bayi", *BIRTH)
    citizen.sends(*(photo(name) for name in PAPERS[:2]), photo("kk"))
    assert "Buat yang baru" in citizen.says("mau kirim berkas akta lahir bayi")
    for said in ("buat yang baru", *BIRTH):
        citizen.says(said)
    told = citizen.sends(
        photo("f_2_01", look="formulir adik"), photo("surat_ket_lahir", look="surat adik"), photo("kk")
    )
    assert "sama dengan" not in told
    assert "Tinggal *1 berkas*" in told
    citizen.sends(photo("buku_nikah"))
    younger = citizen.says("kirim")
    citizen.says("lanjut")
    citizen.sends(photo("buku_nikah"))
    older = citizen.says("kirim")
    numbers = [re.findall(r"PKP-2611-\d{4}[A-Z]", told) for told in (older, younger)]
    assert len({*numbers[0], *numbers[1]}) == 2
    first, second = citizen.submissions()
    assert {first.state, second.state} == {SubmissionState.SENT}
    for one in (first, second):
        its = sorted(str(file.document) for file in citizen.files() if file.submission_id == one.id)
        assert its == sorted(PAPERS)


def test_a_birth_certificate_with_five_photos_and_one_wrong_one(citizen: Citizen) -> None:
    asked = citizen.begins("mau kirim berkas akta lahir bayi", *BIRTH)
    assert "Surat keterangan kelahiran" in asked
    told = citizen.sends(*(photo(name) for name in (*PAPERS, "ktp_el")))
    assert "Foto nomor 5" in told
    assert "tidak diminta" in told
    told = citizen.says("hapus 5")
    assert "batal hapus" in told
    assert "KIRIM" in told
    told = citizen.says("kirim")
    assert re.search(r"PKP-2611-\d{4}[A-Z]", told)
    (submission,) = citizen.submissions()
    assert submission.state is SubmissionState.SENT
    assert citizen.states() == [AttachmentState.STORED] * 4 + [AttachmentState.DELETING]


def test_a_blurred_photo_is_kept_advised_and_replaced(citizen: Citizen) -> None:
    citizen.begins("mau kirim berkas akta lahir bayi", *BIRTH)
    told = citizen.sends(photo("kk", advice="blurred"))
    assert "buram" in told
    assert "tetap kami terima" in told
    citizen.says("ganti foto kk")
    told = citizen.sends(photo("kk", look="tajam"))
    assert "jelas" in told
    assert citizen.states() == [AttachmentState.DELETING, AttachmentState.STORED]


def test_a_pdf_is_a_document_too(citizen: Citizen) -> None:
    citizen.begins("mau kirim berkas akta lahir bayi", *BIRTH)
    _, content = photo("surat_ket_lahir", kind="pdf")
    told = citizen.sends(("application/pdf", content))
    assert "Surat keterangan kelahiran" in told
    assert citizen.states() == [AttachmentState.STORED]


def test_a_deleted_photo_comes_back_within_ten_minutes_and_not_after(citizen: Citizen) -> None:
    citizen.begins("mau kirim berkas akta lahir bayi", *BIRTH)
    citizen.sends(photo("kk"))
    citizen.says("hapus 1")
    assert citizen.states() == [AttachmentState.DELETING]
    citizen.says("batal hapus")
    assert citizen.states() == [AttachmentState.STORED]
    citizen.says("hapus foto kk")
    citizen.sapa.clock.advance(minutes=11)
    citizen.sapa.tick()
    assert citizen.states() == [AttachmentState.DELETED]
    assert "tidak ada foto yang masih bisa" in citizen.says("batal hapus")
    assert citizen.states() == [AttachmentState.DELETED]


def test_two_children_from_one_number_are_kept_apart(citizen: Citizen) -> None:
    citizen.begins("mau kirim berkas akta lahir bayi", *BIRTH)
    citizen.sends(photo("kk"))
    citizen.begins("mau kirim berkas kia anak saya umur 3 tahun")
    citizen.sends(photo("ktp_el"))
    first, second = citizen.submissions()
    assert {first.service, second.service} == {"akta_lahir", "kia_0_5"}
    assert [file.submission_id for file in citizen.files()] == [first.id, second.id]
    assert "1." in citizen.says("lanjut"), "which of the two is asked"


def test_who_refuses_is_told_how_at_the_counter(citizen: Citizen) -> None:
    citizen.says("mau kirim berkas akta lahir bayi")
    told = citizen.says("tidak")
    assert "loket" in told.lower() or "kantor" in told.lower()
    assert citizen.submissions() == []


def test_a_rejected_file_is_asked_for_again_and_sent_again(citizen: Citizen) -> None:
    office = Desk(citizen.sapa)
    officer = office.hire()
    citizen.begins("mau kirim berkas akta lahir bayi", *BIRTH)
    citizen.sends(*map(photo, PAPERS))
    citizen.says("kirim")
    with office.at_desk() as session:
        letter = citizen.files()[1].id
        reviews.reject_file(session, officer.actor, letter, Rejection.UNREADABLE, "", office.rules, office.now())
    told = citizen.waits(minutes=2)
    assert "Surat keterangan kelahiran" in told
    told = citizen.sends(photo("surat_ket_lahir", look="baru"))
    assert "KIRIM" in told
    citizen.says("kirim")
    (submission,) = citizen.submissions()
    assert submission.state is SubmissionState.SENT
    with office.at_desk() as session:
        reviews.accept_submission(session, officer.actor, submission.id, office.now())
    assert citizen.waits(minutes=2)
    assert citizen.submissions()[0].state is SubmissionState.ACCEPTED


def test_a_photo_that_an_officer_asked_for_again_goes_there_whatever_else_was_begun(citizen: Citizen) -> None:
    office = Desk(citizen.sapa)
    officer = office.hire()
    citizen.begins("mau kirim berkas akta lahir bayi", *BIRTH)
    citizen.sends(*map(photo, PAPERS))
    citizen.says("kirim")
    assert "Sudah terkirim" in citizen.says("KIRIM"), "who asks twice has begun nothing"
    citizen.begins("mau kirim berkas kia anak saya umur 3 tahun")
    with office.at_desk() as session:
        letter = citizen.files()[1].id
        reviews.reject_file(session, officer.actor, letter, Rejection.UNREADABLE, "", office.rules, office.now())
    assert "Surat keterangan kelahiran" in citizen.waits(minutes=2)
    citizen.sapa.write(media=[photo("surat_ket_lahir", look="baru")])
    fetch_due(citizen.sapa.fetching)
    citizen.waits(seconds=1)  # what is touched last is what KIRIM means
    birth = next(one for one in citizen.submissions() if one.service == "akta_lahir")
    assert citizen.files()[-1].submission_id == birth.id
    citizen.says("kirim")
    sent = {one.service: one.state for one in citizen.submissions()}
    assert sent == {"akta_lahir": SubmissionState.SENT, "kia_0_5": SubmissionState.COLLECTING}


def test_kirim_says_why_it_waits_when_a_photo_has_no_place(citizen: Citizen) -> None:
    citizen.begins("mau kirim berkas akta lahir bayi", *BIRTH)
    citizen.sends(*(photo(name) for name in (*PAPERS, "ktp_el")))
    told = citizen.says("kirim")
    assert "Satu foto masih perlu dijelaskan dulu." in told
    assert "Foto nomor 5" in told


def test_a_download_that_fails_for_an_hour_succeeds_in_the_end(citizen: Citizen) -> None:
    citizen.begins("mau kirim berkas akta lahir bayi", *BIRTH)
    citizen.sapa.control.fault("refuse", on="media", code=20500, times=None)
    assert citizen.sends(photo("kk")) == "", "it may be there in a moment"
    assert "menyusul" in citizen.waits(seconds=11)
    for _ in range(12):
        citizen.waits(minutes=5)
    assert citizen.states() == [AttachmentState.PENDING]
    citizen.sapa.control.clear_faults()
    told = citizen.waits(hours=2)
    assert "KK" in told
    assert citizen.states() == [AttachmentState.STORED]


def test_a_picture_that_never_arrives_is_asked_for_again(citizen: Citizen) -> None:
    citizen.begins("mau kirim berkas akta lahir bayi", *BIRTH)
    citizen.sapa.control.fault("drop", on="media", times=None)
    citizen.sends(photo("kk"))
    told = ""
    for _ in range(24):
        told += citizen.waits(hours=1)
    assert citizen.states() == [AttachmentState.LOST]
    assert "kirim ulang" in told


def test_what_is_no_picture_is_refused_kindly(citizen: Citizen) -> None:
    citizen.begins("mau kirim berkas akta lahir bayi", *BIRTH)
    told = citizen.sends(("application/vnd.ms-excel", b"PK\x03\x04 a sheet"))
    assert citizen.states() == [AttachmentState.REFUSED]
    assert "PDF" in told


def test_what_is_deleted_is_gone_from_storage_rows_and_twilio(citizen: Citizen) -> None:
    citizen.begins("mau kirim berkas akta lahir bayi", *BIRTH)
    citizen.sends(photo("kk", nik="9910041708990001"))
    (file,) = citizen.files()
    sid = file.url.rsplit("/", 1)[1]
    assert len([path for path in citizen.vault().rglob("*") if path.is_file()]) == 3, "file, thumbnail and text"
    assert file.fingerprint
    assert file.fingerprint in citizen.everything()
    assert sid in citizen.everything()
    assert requests.get(file.url, auth=(ACCOUNT, TOKEN), timeout=5).ok
    citizen.says("hapus 1")
    citizen.sapa.clock.advance(minutes=11)
    citizen.sapa.tick()
    assert citizen.states() == [AttachmentState.DELETED]
    assert [path for path in citizen.vault().rglob("*") if path.is_file()] == []
    assert requests.get(file.url, auth=(ACCOUNT, TOKEN), timeout=5).status_code == 404
    assert file.fingerprint not in citizen.everything()
    assert sid not in citizen.everything()
