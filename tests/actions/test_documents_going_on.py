"""Pausing, coming back, several at once, other questions in the middle, giving up."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.contracts import CancelSubmission, Memory, SubmissionState
from tests.actions.chat import NUMBER, text
from tests.actions.documents_chat import DocumentsChat, photo
from tests.actions.test_documents_photos import COMPLETE


def two_children(birth: DocumentsChat) -> DocumentsChat:
    birth.send(photo("kk"))
    told = birth.say("akta lahir satu lagi", "start_submission", "akta_lahir")
    assert "Buat yang baru" in told
    birth.say("buat yang baru")
    for said in ("anak saya", "ada", "ada"):
        birth.say(said)
    return birth


def test_days_later_lanjut_picks_up_where_it_was(birth: DocumentsChat) -> None:
    birth.send(photo("kk"))
    birth.say("makasih", "thank")
    birth.now += timedelta(days=2)
    birth.say("jam buka", "ask_hours")
    told = birth.say("lanjut")
    assert "kita lanjutkan *Akta lahir bayi baru" in told
    assert "Surat keterangan kelahiran" in told
    assert "KK tempat" not in told


def test_two_children_from_one_number_are_kept_apart(birth: DocumentsChat) -> None:
    two_children(birth)
    assert len(birth.submissions) == 2
    birth.send(photo("surat_ket_lahir"))
    first, second = birth.submissions[1], birth.submissions[0]
    assert [file.document for file in first.files] == ["kk"]
    assert [file.document for file in second.files] == ["surat_ket_lahir"]


def test_lanjut_asks_which_of_several(birth: DocumentsChat) -> None:
    two_children(birth)
    older = birth.submissions[1].id
    assert "yang mana yang dilanjutkan" in birth.say("lanjut")
    birth.say("1")
    assert birth.current.id == older
    birth.send(photo("buku_nikah"))
    assert {file.document for file in birth.current.files} == {"kk", "buku_nikah"}


def test_the_list_shows_every_submission_with_its_numbers(birth: DocumentsChat) -> None:
    two_children(birth)
    told = birth.say("berkas saya")
    assert told.count("belum *diajukan*, tinggal") == 2
    assert "1. KK tempat" in told


def test_nothing_to_go_on_with_is_no_dead_end(birth: DocumentsChat) -> None:
    birth.say("batal")
    birth.submissions = []
    told = birth.say("tidak")
    assert "Belum ada berkas" in told
    assert "kirim berkas baru" in told


@pytest.mark.parametrize(
    ("said", "intent", "service", "expected"),
    [
        ("jam buka", "ask_hours", None, "WITA"),
        ("berapa biayanya", "ask_cost", None, "gratis"),
        ("berapa lama", "ask_duration", None, "targetnya"),
    ],
)
def test_other_questions_are_answered_and_the_open_one_repeated(
    birth: DocumentsChat, said: str, intent: str, service: str | None, expected: str
) -> None:
    birth.send(photo("kk"))
    told = birth.say(said, intent, service)
    assert expected in told
    assert told.index("Tinggal *3 berkas*") > told.index(expected)


def test_an_answer_with_choices_of_its_own_keeps_them_and_the_way_back(birth: DocumentsChat) -> None:
    told = birth.say("syarat kk hilang", "ask_service", "kk_hilang_rusak")
    assert "Syarat KK hilang/rusak" in told
    assert "1. Lanjut berkas Akta lahir bayi baru" in told
    assert "Langkah mengurusnya" in told
    assert "Kirim foto dokumen" in birth.say("1")


def test_a_photo_beside_a_question_is_placed_and_the_question_answered(birth: DocumentsChat) -> None:
    told = birth.send(photo("kk"), text="jam buka berapa", intent="ask_hours")
    assert "*KK tempat" in told
    assert "WITA" in told
    assert "Tinggal *3 berkas*" in told


def test_thanks_are_not_answered_with_a_reminder(birth: DocumentsChat) -> None:
    assert "Tinggal" not in birth.say("makasih", "thank")


def test_who_asks_for_a_person_gets_one_and_the_photos_stay(birth: DocumentsChat) -> None:
    birth.send(photo("kk"))
    told = birth.say("petugas")
    assert NUMBER in told
    assert "Tinggal" not in told
    assert "Tinggal *2 berkas*" in birth.send(photo("buku_nikah"))


def test_batal_asks_first(birth: DocumentsChat) -> None:
    birth.send(photo("kk"))
    told = birth.say("batal")
    assert "Batalkan *Akta lahir bayi baru" in told
    assert birth.decision.commands == ()
    cancelled = birth.current.id
    birth.say("ya")
    assert birth.decision.commands == (CancelSubmission(cancelled),)
    assert birth.submissions == []


def test_no_goes_on(birth: DocumentsChat) -> None:
    birth.say("batal")
    assert "Kirim foto dokumen" in birth.say("tidak")
    assert birth.current.state is SubmissionState.COLLECTING


def test_what_was_sent_is_cancelled_by_an_officer(birth: DocumentsChat) -> None:
    birth.send(*COMPLETE)
    birth.say("kirim")
    told = birth.say("batalkan permohonan saya", "cancel_request")
    assert "Minta petugas" in told
    assert NUMBER in birth.say("ya")


def test_batal_outside_of_a_submission_begins_anew_as_ever(citizen: DocumentsChat) -> None:
    assert "dari awal" in citizen.say("batal")


def test_what_is_not_offered_says_why_and_offers_the_check(citizen: DocumentsChat) -> None:
    told = citizen.say("kirim berkas ktp baru", "start_submission", "ktp_baru")
    assert "belum bisa diajukan" in told
    assert "Periksa kelengkapan" in told
    citizen.say("1")
    citizen.say("setuju")
    while citizen.memory.choices:
        citizen.say("1")
    told = citizen.send(photo("f_1_02"), photo("kk"))
    assert "loket" in told
    assert "KIRIM" not in told
    citizen.say("selesai")
    assert citizen.submissions == []


def test_after_the_card_one_word_begins(citizen: DocumentsChat) -> None:
    told = citizen.say("syarat akta lahir", "ask_service", "akta_lahir")
    assert "Kirim berkas sekarang" in told
    assert "SETUJU" in citizen.say("kirim berkas sekarang")


def test_which_service_is_asked_when_none_is_named(citizen: DocumentsChat) -> None:
    assert "untuk urusan apa" in citizen.say("mau kirim berkas", "start_submission")
    assert "yang mana" in citizen.say("kk")
    assert citizen.memory.choices[0].intent == "start_submission"


def test_words_work_when_the_nlu_is_silent(birth: DocumentsChat) -> None:
    birth.nlu_available = False
    birth.send(*COMPLETE)
    birth.say("hapus 4")
    birth.say("batal hapus")
    assert NUMBER in birth.say("KIRIM")


def test_two_messages_are_two_deletions(birth: DocumentsChat) -> None:
    birth.send(*COMPLETE)
    birth.turn(text("hapus 1", "delete_document"), text("hapus 2", "delete_document"))
    assert sum(file.undo_until is not None for file in birth.current.files) == 2


def test_what_had_no_photos_promises_none_back(birth: DocumentsChat) -> None:
    birth.say("batal")
    told = birth.say("ya")
    assert "dibatalkan" in told
    assert "batal hapus" not in told


@pytest.mark.parametrize("intent", ["", "help"])
def test_lanjut_after_it_expired_says_so_and_begins_again(birth: DocumentsChat, intent: str) -> None:
    birth.ended = [replace(birth.current, state=SubmissionState.EXPIRED)]
    birth.submissions = []
    birth.memory = Memory()
    told = birth.say("lanjut", intent)
    assert "belum diajukan dalam 72 jam" in told
    assert "mulai lagi Akta lahir" in told
    birth.say("1")
    assert birth.current.service == "akta_lahir"
