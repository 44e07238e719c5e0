"""HAPUS, GANTI and changed answers: in a word, with ten minutes to think again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.contracts import (
    AskToReplace,
    AttachmentState,
    DeleteFiles,
    MessageKind,
    OpenTicket,
    PlaceFile,
    Said,
    SubmissionState,
)
from tests.actions.chat import NUMBER
from tests.actions.documents_chat import DocumentsChat, photo
from tests.actions.test_documents_photos import COMPLETE


@pytest.fixture
def two(birth: DocumentsChat) -> DocumentsChat:
    birth.send(photo("surat_ket_lahir"), photo("kk"))
    return birth


def gone(citizen: DocumentsChat) -> list[int]:
    return [file.number for file in citizen.current.files if file.state is AttachmentState.DELETING]


@pytest.mark.parametrize("said", ["hapus 2", "HAPUS 2", "hapus foto kk", "hapus kknya", "tolong hapus 2"])
def test_it_is_deleted_in_a_word_with_ten_minutes_to_undo(two: DocumentsChat, said: str) -> None:
    told = two.say(said, "delete_document") if said.startswith("tolong") else two.say(said)
    assert gone(two) == [2]
    assert "batal hapus" in told
    assert "10.10 WITA" in told
    assert "Tinggal *3 berkas*" in told


def test_undo_within_ten_minutes_brings_it_back(two: DocumentsChat) -> None:
    two.say("hapus 2")
    two.now += timedelta(minutes=9)
    told = two.say("batal hapus")
    assert "1 foto sudah dikembalikan" in told
    assert "Tinggal *2 berkas*" in told
    assert gone(two) == []


def test_undo_after_ten_minutes_says_so(two: DocumentsChat) -> None:
    two.say("hapus 2")
    two.now += timedelta(minutes=11)
    assert "tidak ada foto yang masih bisa" in two.say("urungkan")
    assert gone(two) == [2]


def test_only_what_comes_back_is_listed_again(birth: DocumentsChat) -> None:
    birth.send(*COMPLETE)
    birth.say("hapus 1")
    birth.now += timedelta(minutes=1)
    birth.say("hapus 2")
    told = birth.say("batal hapus")
    assert "Sudah lengkap" not in told
    assert "Formulir F-2.01" in told, "photo 1 is still on its way out"
    assert "Sudah lengkap" in birth.say("batal hapus")


def test_a_replacement_that_is_taken_back_is_listed_once(birth: DocumentsChat) -> None:
    birth.send(*COMPLETE)
    birth.say("ganti 4")
    birth.send(photo("kk"))
    told = birth.say("batal hapus")
    assert "4. KK tempat" in told
    assert told.count("KK tempat") == 1
    assert "hal. 2" not in told


def test_all_of_them_at_once(two: DocumentsChat) -> None:
    two.say("hapus semua")
    assert gone(two) == [1, 2]


def test_two_by_number(two: DocumentsChat) -> None:
    two.say("hapus 1 dan 2")
    assert gone(two) == [1, 2]


def test_which_of_several_is_asked(two: DocumentsChat) -> None:
    told = two.say("salah kirim")
    assert "yang mana yang dihapus" in told
    assert gone(two) == []
    two.say("2")
    assert gone(two) == [2]


def test_the_only_one_needs_no_question(birth: DocumentsChat) -> None:
    birth.send(photo("kk"))
    birth.say("salah kirim")
    assert gone(birth) == [1]


def test_replying_to_a_picture_means_that_picture(two: DocumentsChat) -> None:
    two.reply(two.current.files[0].id, "ini salah")
    assert gone(two) == [1]


@pytest.mark.parametrize("said", ["hapus", "salah kirim"])
def test_a_picture_of_the_submission_before_is_deleted_there_and_nothing_here(two: DocumentsChat, said: str) -> None:
    two.say("akta lahir satu lagi", "start_submission", "akta_lahir")
    for answer in ("buat yang baru", "anak saya", "ada", "ada"):
        two.say(answer)
    two.send(photo("buku_nikah"))
    older = two.submissions[1].files[1]
    two.reply(older.id, said)
    assert gone(two) == []
    assert [file.id for file in two.submissions[1].files if file.state is AttachmentState.DELETING] == [older.id]


def test_a_picture_that_is_still_fetched_is_deleted_itself(birth: DocumentsChat) -> None:
    birth.send(photo("kk"))
    birth.send(photo("surat_ket_lahir", checked=False))
    birth.reply(birth.current.files[1].id, "hapus")
    assert [file.state for file in birth.current.files] == [AttachmentState.STORED, AttachmentState.DELETING]


def test_a_picture_of_nothing_yet_is_deleted_itself(citizen: DocumentsChat) -> None:
    citizen.send(photo("kk"), photo("surat_ket_lahir"))
    citizen.reply(citizen.loose[1].id, "hapus")
    assert [file.state for file in citizen.loose] == [AttachmentState.STORED, AttachmentState.DELETING]


@pytest.mark.parametrize("said", ["hapus", "ganti", "ini kk", "hapus 1"])
def test_a_picture_that_is_gone_is_no_other_one(two: DocumentsChat, said: str) -> None:
    first = two.current.files[0].id
    two.reply(first, "hapus")
    assert "Foto itu tidak ada" in two.reply(first, said)
    assert gone(two) == [1]
    assert two.memory.asked != f"replace:{two.current.files[1].id}"


def test_a_picture_of_what_was_accepted_is_asked_of_an_officer(birth: DocumentsChat) -> None:
    birth.ended = [replace(birth.current, state=SubmissionState.ACCEPTED)]
    birth.submissions = []
    birth.reply(77, "hapus")
    assert birth.decision.commands == (OpenTicket("delete_document", "akta_lahir"),)


def test_a_reply_to_one_picture_and_the_number_of_another_are_two_wishes(birth: DocumentsChat) -> None:
    birth.send(*COMPLETE)
    third = birth.current.files[2].id
    birth.turn(Said(1, MessageKind.TEXT, "hapus", answered_to=third), Said(2, MessageKind.TEXT, "hapus 1"))
    assert gone(birth) == [1, 3]


def test_two_replies_of_one_word_are_two_pictures(birth: DocumentsChat) -> None:
    birth.send(*COMPLETE)
    first, second = birth.current.files[:2]
    birth.turn(
        *(Said(place, MessageKind.TEXT, "hapus", answered_to=one.id) for place, one in enumerate((first, second)))
    )
    assert gone(birth) == [1, 2]


def test_replying_with_ganti_means_that_picture(two: DocumentsChat) -> None:
    two.reply(two.current.files[0].id, "ganti")
    two.send(photo())
    assert gone(two) == [1]


def test_replying_to_a_picture_says_what_it_is(birth: DocumentsChat) -> None:
    birth.send(photo())
    birth.reply(birth.current.files[0].id, "ini kk")
    assert list(birth.files) == ["kk"]


def test_my_data_is_no_photo(two: DocumentsChat) -> None:
    told = two.say("hapus data saya")
    assert two.decision.commands == (OpenTicket("privacy_request", "akta_lahir"),)
    assert "tarik persetujuan" in told
    assert gone(two) == []


def test_after_sending_deletion_is_asked_of_the_officer(birth: DocumentsChat) -> None:
    birth.send(*COMPLETE)
    birth.say("kirim")
    told = birth.say("hapus 2")
    assert "teruskan ke petugas" in told
    assert NUMBER in told
    assert gone(birth) == []


def test_after_sending_replacing_is_asked_of_the_officer(birth: DocumentsChat) -> None:
    birth.send(*COMPLETE)
    birth.say("kirim")
    old = birth.files["kk"].id
    told = birth.say("ganti foto kk")
    assert [command.file for command in birth.decision.commands if isinstance(command, AskToReplace)] == [old]
    assert NUMBER in told
    assert "foto yang baru" in told
    told = birth.send(photo("kk"))
    assert "petugas" in told
    assert "urusan apa" not in told
    (placed,) = birth.decision.commands
    assert placed == PlaceFile(placed.file, "kk", birth.submissions[0].id, old)


@pytest.mark.parametrize("said", ["ganti 2", "GANTI 2", "ganti foto kk", "tukar kk"])
def test_the_next_photo_takes_the_place(two: DocumentsChat, said: str) -> None:
    assert "yang baru" in two.say(said)
    assert gone(two) == [], "the old one stays until the new one is there"
    two.send(photo())
    assert gone(two) == [2]
    assert two.files["kk"].number == 3


def test_a_photo_that_says_ganti_takes_the_place_at_once(two: DocumentsChat) -> None:
    two.send(photo("kk", caption="ganti kk"))
    assert gone(two) == [2]
    assert two.files["kk"].number == 3


def test_ganti_of_what_was_not_sent_yet_is_the_next_photo(two: DocumentsChat) -> None:
    two.say("ganti buku nikah")
    two.send(photo())
    assert "buku_nikah" in two.files


def test_a_bare_number_at_the_review_does_nothing_unasked(birth: DocumentsChat) -> None:
    birth.send(*COMPLETE)
    told = birth.say("2")
    assert "mau diapakan" in told
    assert gone(birth) == []
    birth.say("hapus")
    assert gone(birth) == [2]


def test_a_number_that_is_no_photo_is_asked_about(two: DocumentsChat) -> None:
    assert "yang mana yang dihapus" in two.say("hapus 9")
    assert not any(isinstance(command, DeleteFiles) for command in two.decision.commands)


def test_back_asks_the_question_before(citizen: DocumentsChat) -> None:
    citizen.say("akta lahir", "start_submission", "akta_lahir")
    for said in ("setuju", "anak saya", "ada"):
        citizen.say(said)
    assert "surat keterangan lahir" in citizen.say("kembali")
    citizen.say("tidak ada")
    assert citizen.current.answers == {"birth_letter": "none"}


def test_a_changed_answer_changes_the_checklist(citizen: DocumentsChat) -> None:
    citizen.say("kk rusak", "start_submission", "kk_hilang_rusak")
    citizen.say("setuju")
    citizen.say("saya sendiri")
    citizen.say("hilang")
    assert "Surat kehilangan" in citizen.say("masih ada")
    citizen.send(photo("surat_kehilangan_polisi"))
    told = citizen.say("ubah jawaban")
    assert "Hilang" in told
    number = next(place for place, one in enumerate(citizen.memory.choices, start=1) if "Hilang" in one.title)
    citizen.say(str(number))
    told = citizen.say("rusak")
    assert "tidak diperlukan lagi" in told
    assert "Surat kehilangan" not in told.split("Kirim foto")[1]


def test_answers_may_lead_to_another_service_and_photos_go_along(citizen: DocumentsChat) -> None:
    citizen.say("akta lahir", "start_submission", "akta_lahir")
    citizen.say("setuju")
    citizen.say("anak saya")
    citizen.send(photo("kk", caption="kk"))
    told = citizen.say("tidak ada")
    assert "Akta lahir dengan SPTJM" in told
    citizen.say("1")
    assert citizen.current.service == "akta_lahir_sptjm"
    assert len(citizen.current.files) == 1, "also what was sent before anybody knew what is needed"
    assert citizen.current.whom is not None


def test_a_free_answer_picks_the_option_it_speaks_of(citizen: DocumentsChat) -> None:
    citizen.say("akta lahir", "start_submission", "akta_lahir")
    citizen.say("setuju")
    citizen.say("buat anak pertama sy")
    assert citizen.current.whom == "child"


def test_a_question_is_never_taken_for_an_answer(citizen: DocumentsChat) -> None:
    citizen.say("akta lahir", "start_submission", "akta_lahir")
    citizen.say("setuju")
    told = citizen.say("kalau anak angkat bisa?", "ask_proxy")
    assert citizen.current.whom is None
    assert told.endswith("2. Orang lain (dengan surat kuasa)")


def test_what_is_not_understood_repeats_the_choices_then_hands_over(citizen: DocumentsChat) -> None:
    citizen.say("akta lahir", "start_submission", "akta_lahir")
    citizen.say("setuju")
    told = citizen.say("zzz qqq", "suggestion", confidence=0.1)
    assert "1. Anak saya" in told
    assert NUMBER in citizen.say("zzz qqq", "suggestion", confidence=0.1)
