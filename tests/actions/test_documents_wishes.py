"""HAPUS and GANTI are of photos; what a paper says is another matter, and is left to who reads it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions.turn import is_choice
from bot.contracts import AttachmentState, DeleteFiles, OpenTicket, UndoDelete
from tests.actions.documents_chat import DocumentsChat, photo


@pytest.fixture
def two(birth: DocumentsChat) -> DocumentsChat:
    birth.send(photo("surat_ket_lahir"), photo("kk"))
    return birth


@pytest.fixture
def children(two: DocumentsChat) -> DocumentsChat:
    """Two submissions: the one spoken of has one photo, the one before has two."""
    two.say("akta lahir satu lagi", "start_submission", "akta_lahir")
    for answer in ("buat yang baru", "anak saya", "ada", "ada"):
        two.say(answer)
    two.send(photo("buku_nikah"))
    return two


def gone(citizen: DocumentsChat, place: int = 0) -> list[int]:
    files = citizen.submissions[place].files
    return [file.number for file in files if file.state is AttachmentState.DELETING]


@pytest.mark.parametrize(
    "said",
    [
        *("hapus nama anak dari kk", "hapus gelar di kk", "hapus nama suami di kk", "hapus akun saya 1"),
        *("ganti kepala keluarga di kk", "ganti nama di kk", "ganti ktp"),
    ],
)
def test_a_wish_about_what_a_paper_says_touches_no_photo(two: DocumentsChat, said: str) -> None:
    two.say(said, "ask_service", "kk_ubah_data")
    assert gone(two) == []
    assert not (two.memory.asked or "").startswith("replace:")
    assert "ask_service" in two.decision.intents


@pytest.mark.parametrize("said", ["hapus gelar di kk", "ganti nama di kk"])
def test_what_was_taken_for_one_and_is_not_clear_is_asked_about(two: DocumentsChat, said: str) -> None:
    told = two.say(said, f"{'delete' if said.startswith('hapus') else 'replace'}_document")
    assert "yang mana yang" in told
    assert gone(two) == []


@pytest.mark.parametrize(
    "said",
    [
        *("apus 2", "hpus foto kk", "hapuski 2", "hapus yang kedua", "hapus nomor dua", "mau hapus kk saya pak"),
        *("salah kirim kk", "hapus kknya saja", "buang foto kk itu"),
    ],
)
def test_it_is_understood_as_people_write_it(two: DocumentsChat, said: str) -> None:
    two.say(said)
    assert gone(two) == [2]


def test_a_paper_that_was_not_sent_is_no_other_one(birth: DocumentsChat) -> None:
    birth.send(photo("kk"))
    birth.say("hapus buku nikah")
    assert gone(birth) == []


@pytest.mark.parametrize(
    "said",
    [
        *("batal hapus", "batal hapus kk", "tdk jadi hapus 2", "tidak jadi hapus", "jangan hapus kk", "ga jadi hapus"),
        *("jangan dihapus pak", "urungkan", "nda jadi hapus foto kk", "kembalikan foto 2"),
    ],
)
def test_a_deletion_is_taken_back_as_people_write_it(two: DocumentsChat, said: str) -> None:
    two.say("hapus 2")
    assert "1 foto sudah dikembalikan" in two.say(said)
    assert gone(two) == []
    assert two.memory.asked


@pytest.mark.parametrize("said", ["jangan hapus kk", "tidak jadi hapus"])
def test_with_nothing_deleted_nothing_is_taken_back_and_no_service_is_opened(two: DocumentsChat, said: str) -> None:
    told = two.say(said, "ask_service", "kk")
    assert "tidak ada foto yang dihapus" in told
    assert "Tinggal *2 berkas*" in told
    assert not any(isinstance(one, UndoDelete | OpenTicket) for one in two.decision.commands)


def test_a_late_batal_hapus_says_that_it_is_too_late(two: DocumentsChat) -> None:
    two.say("hapus 2")
    two.now += timedelta(minutes=11)
    assert "tidak ada foto yang masih bisa" in two.say("batal hapus kk")


def test_the_nlu_need_not_be_asked_about_a_plain_wish(two: DocumentsChat) -> None:
    for said in ("hapus 2", "apus 2", "ganti 1", "batal hapus", "tidak jadi hapus"):
        assert is_choice(said, two.memory)
    assert not is_choice("hapus kk", two.memory)


def test_a_number_of_another_submission_is_asked_about_first(children: DocumentsChat) -> None:
    told = children.say("hapus 2")
    assert not any(isinstance(one, DeleteFiles) for one in children.decision.commands)
    assert "*Foto 2: KK" in told
    assert "pada *Akta lahir bayi baru" in told
    told = children.say("ya")
    assert (gone(children), gone(children, 1)) == ([], [2])
    assert "pada Akta lahir bayi baru" in told, "the answer says of which"


def test_a_no_leaves_it(children: DocumentsChat) -> None:
    children.say("hapus 2")
    children.say("tidak")
    assert (gone(children), gone(children, 1)) == ([], [])


def test_a_paper_of_another_submission_is_asked_about_before_it_is_replaced(children: DocumentsChat) -> None:
    told = children.say("ganti 2")
    assert "Maksudnya" in told
    assert not (children.memory.asked or "").startswith("replace:")
    assert "KK" in children.say("ya")
    assert (children.memory.asked or "").startswith("replace:")


def test_a_paper_that_is_missing_here_is_simply_the_next_photo(children: DocumentsChat) -> None:
    assert "silakan kirim foto *KK" in children.say("ganti kk")


def test_the_one_photo_here_goes_before_several_elsewhere(children: DocumentsChat) -> None:
    children.say("salah kirim")
    assert (gone(children), gone(children, 1)) == ([1], [])
