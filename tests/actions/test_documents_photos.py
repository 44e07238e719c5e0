"""Photos in any order: each is named, placed or asked about, and what is left is said."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.contracts import (
    Advice,
    AttachmentState,
    MessageKind,
    OpenSubmission,
    Refusal,
    Rejection,
    Said,
    SendSubmission,
    SubmissionState,
)
from tests.actions.chat import NUMBER
from tests.actions.documents_chat import DocumentsChat, photo, refused

FIVE = (photo("f_2_01"), photo("surat_ket_lahir"), photo("buku_nikah"), photo("kia"), photo("kk"))
COMPLETE = (photo("f_2_01"), photo("surat_ket_lahir"), photo("buku_nikah"), photo("kk"))


def test_the_checklist_is_exactly_the_cases_papers(birth: DocumentsChat) -> None:
    told = birth.say("lanjut")
    assert told.count("\n1. *") == 1
    assert "4. *KK" in told
    assert "5. " not in told
    assert "dua saksi" in told.split("Tidak perlu difoto")[1]
    assert "satu per satu atau sekaligus" in told


def test_five_photos_in_a_burst_get_one_answer_and_the_wrong_one_is_replaced(birth: DocumentsChat) -> None:
    told = birth.send(*FIVE)
    assert told.count("Sudah saya terima") == 1
    for place, name in enumerate(("Formulir F-2.01", "Surat keterangan kelahiran", "Buku nikah"), start=1):
        assert f"{place}. *{name}" in told
    assert "Foto nomor 4 tampaknya *Kartu Identitas Anak (KIA)*" in told
    told = birth.say("hapus foto ini")
    assert "*Foto 4* sudah dihapus" in told
    assert "KIRIM" in told
    birth.say("ganti foto kk")
    told = birth.send(photo("kk"))
    assert "menggantikan yang lama" in told
    kept = [file for file in birth.current.files if file.state is AttachmentState.STORED]
    assert [file.document for file in kept] == ["f_2_01", "surat_ket_lahir", "buku_nikah", "kk"]
    told = birth.say("KIRIM")
    assert NUMBER in told
    assert "berkas aslinya" in told
    assert "Target:" in told
    assert birth.current.state is SubmissionState.SENT


def test_what_is_left_is_said_after_each_picture(birth: DocumentsChat) -> None:
    assert "Tinggal *3 berkas*" in birth.send(photo("kk"))
    assert "Tinggal *2 berkas*" in birth.send(photo("buku_nikah"))
    told = birth.send(photo("surat_ket_lahir"))
    assert "Tinggal *1 berkas*" in told
    assert told.endswith("• *Formulir F-2.01 pelaporan pencatatan sipil*")


def test_a_caption_goes_before_what_the_picture_looks_like(birth: DocumentsChat) -> None:
    birth.send(photo("kk", caption="surat lahir"))
    assert list(birth.files) == ["surat_ket_lahir"]


def test_a_caption_is_no_question(birth: DocumentsChat) -> None:
    assert "yang mana" not in birth.send(photo(caption="ini kk saya"))
    assert list(birth.files) == ["kk"]


def test_a_picture_that_tells_nothing_is_asked_about_by_number_or_word(birth: DocumentsChat) -> None:
    told = birth.send(photo(), photo())
    assert "Foto nomor 1 ini dokumen apa" in told
    assert "Foto nomor 2 ini dokumen apa" in birth.say("1")
    birth.say("surat keterangan kelahiran")
    assert set(birth.files) == {"f_2_01", "surat_ket_lahir"}


def test_the_last_open_place_takes_the_one_photo_that_comes(birth: DocumentsChat) -> None:
    birth.send(*COMPLETE[:3])
    assert "*KK tempat" in birth.send(photo())
    assert "kk" in birth.files


def test_but_not_when_it_looks_like_something_else(birth: DocumentsChat) -> None:
    birth.send(*COMPLETE[:3])
    assert "tampaknya *Kartu Identitas Anak" in birth.send(photo("kia"))
    assert "kk" not in birth.files


def test_what_none_of_the_papers_is_goes_along_as_another_document(birth: DocumentsChat) -> None:
    birth.send(photo("kia"))
    assert "Dokumen lain" in birth.say("dokumen lain")
    assert [file.document for file in birth.current.files] == ["lain"]


def test_a_blurred_photo_gets_advice_is_kept_and_gives_way_to_a_sharp_one(birth: DocumentsChat) -> None:
    told = birth.send(photo("kk", advice=[Advice.BLURRED]))
    assert "agak buram" in told
    assert "tetap kami terima" in told
    assert "Tinggal *3 berkas*" in told
    assert "jelas, menggantikan yang lama" in birth.send(photo("kk"))
    assert birth.current.files[0].state is AttachmentState.DELETING


@pytest.mark.parametrize("advice", list(Advice))
def test_no_advice_refuses(birth: DocumentsChat, advice: Advice) -> None:
    birth.send(photo("kk", advice=[advice]))
    assert "kk" in birth.files


def test_a_pdf_counts_like_a_photo(birth: DocumentsChat) -> None:
    told = birth.send(photo("kk", caption="Kartu Keluarga.pdf"), kind=MessageKind.DOCUMENT)
    assert "Tinggal *3 berkas*" in told
    assert "kk" in birth.files


def test_two_pages_of_one_document_are_two_files(birth: DocumentsChat) -> None:
    birth.send(photo("f_2_01"))
    birth.send(photo("f_2_01"))
    assert [(file.document, file.page) for file in birth.current.files] == [("f_2_01", 1), ("f_2_01", 2)]


def test_one_more_of_what_is_there_is_asked_about(birth: DocumentsChat) -> None:
    birth.send(photo("kk"))
    told = birth.send(photo("kk"))
    assert "itu sudah ada" in told
    birth.say("ganti foto nomor 1")
    assert birth.current.files[0].state is AttachmentState.DELETING
    assert birth.files["kk"].number == 2


def test_the_same_picture_twice_is_said(birth: DocumentsChat) -> None:
    birth.send(photo("kk"))
    told = birth.send(photo("kk", repeats=birth.current.files[0].id))
    assert "Foto 2 tampaknya sama dengan foto 1" in told
    assert "*hapus 2*" in told


def test_the_same_kk_is_right_for_a_second_child(birth: DocumentsChat) -> None:
    birth.send(photo("kk"))
    first = birth.current.files[0].id
    birth.say("akta lahir satu lagi", "start_submission", "akta_lahir")
    for answer in ("buat yang baru", "anak saya", "ada", "ada"):
        birth.say(answer)
    birth.send(photo("surat_ket_lahir"))
    assert "sama dengan" not in birth.send(photo("kk", repeats=first))
    assert set(birth.files) == {"surat_ket_lahir", "kk"}


@pytest.mark.parametrize("why", list(Refusal))
def test_a_refused_file_is_told_kindly_and_counts_for_nothing(birth: DocumentsChat, why: Refusal) -> None:
    told = birth.send(refused(why))
    assert "Maaf" in told
    assert "Tinggal *4 berkas*" in told


def test_a_lost_file_is_asked_for_again(birth: DocumentsChat) -> None:
    birth.send(photo(checked=False))
    told = birth.settle(replace(photo(), state=AttachmentState.LOST))
    assert "1 berkas tidak sampai" in told
    assert "kirim ulang" in told


def test_a_late_file_is_named_first_and_its_result_follows_by_itself(birth: DocumentsChat) -> None:
    told = birth.send(photo("buku_nikah"), photo(checked=False))
    assert "1 berkas sudah saya terima dan masih diperiksa" in told
    told = birth.settle(photo("kk"))
    assert "2. *KK tempat" in told
    assert "Tinggal *2 berkas*" in told


def test_kirim_waits_for_what_is_still_checked(birth: DocumentsChat) -> None:
    birth.send(*COMPLETE)
    birth.send(photo(checked=False))
    assert "Masih ada foto yang diproses" in birth.say("kirim")
    assert birth.current.state is SubmissionState.COLLECTING
    assert "Foto yang masih diproses" in birth.say("daftar berkas")
    birth.say("kirim")
    told = birth.say("hapus foto itu")
    assert "*Foto yang masih diproses* sudah dihapus" in told
    birth.say("kirim")
    assert birth.current.state is SubmissionState.SENT


def test_a_number_names_no_photo_that_is_still_checked(birth: DocumentsChat) -> None:
    birth.send(*COMPLETE)
    birth.send(photo(checked=False))
    for said in ("hapus 0", "0"):
        birth.say(said)
    assert birth.current.files[-1].state is AttachmentState.PENDING


def test_kirim_says_what_is_missing(birth: DocumentsChat) -> None:
    birth.send(photo("kk"))
    told = birth.say("KIRIM")
    assert "Belum bisa dikirim" in told
    assert "Surat keterangan kelahiran" in told
    assert not any(isinstance(command, SendSubmission) for command in birth.decision.commands)


def test_what_is_always_optional_may_be_left_out(citizen: DocumentsChat) -> None:
    citizen.say("nik tidak ditemukan", "start_submission", "konsolidasi_nik")
    citizen.say("setuju")
    assert "Bila ada, kirim juga" in citizen.say("saya sendiri")
    told = citizen.send(photo("ktp_el"), photo("kk"))
    assert "boleh ditambah *" in told
    assert NUMBER in citizen.say("kirim")


def test_a_photo_with_the_last_word_is_sent_in_one_go(birth: DocumentsChat) -> None:
    birth.send(*COMPLETE[:3])
    told = birth.send(COMPLETE[3], text="kirim")
    assert "Sudah saya terima" in told
    assert NUMBER in told


def test_a_rejected_file_is_asked_for_again_and_the_whole_is_sent_again(birth: DocumentsChat) -> None:
    birth.send(*COMPLETE)
    birth.say("kirim")
    told = birth.reject("kk", Rejection.CUT_OFF, "sudut kanan atas")
    assert NUMBER in told
    assert "terpotong" in told
    assert "sudut kanan atas" in told
    assert "Tinggal *1 berkas*" in told
    assert "menggantikan yang lama" in birth.send(photo("kk"))
    assert NUMBER in birth.say("kirim")
    assert birth.current.state is SubmissionState.SENT


@pytest.mark.parametrize("why", list(Rejection))
def test_each_rejection_says_what_to_do(birth: DocumentsChat, why: Rejection) -> None:
    birth.send(*COMPLETE)
    birth.say("kirim")
    assert re.search(r"[Mm]ohon|perlu dikirim ulang", birth.reject("kk", why, "lihat foto contoh"))


def test_ten_photos_get_one_message(birth: DocumentsChat) -> None:
    told = birth.send(*(photo("kk", caption="kk", advice=[Advice.DARK]) for _ in range(10)))
    assert len(told) < 1_500


def test_photos_after_sending_begin_no_new_submission(birth: DocumentsChat) -> None:
    birth.send(*COMPLETE)
    birth.say("kirim")
    assert "untuk urusan apa" in birth.send(photo("kk"))
    assert not any(isinstance(command, OpenSubmission) for command in birth.decision.commands)


def test_a_voice_message_beside_photos_is_answered_too(birth: DocumentsChat) -> None:
    assert "pesan suara" in birth.turn(Said(1, MessageKind.VOICE, files=1))
