"""What the first villagers stumbled over when they sent documents."""

from __future__ import annotations

import pytest

from bot.contracts import Advice, Refusal, Whom
from tests.actions.documents_chat import DocumentsChat, photo, refused


def test_what_is_left_waits_for_the_last_photo_that_is_still_checked(birth: DocumentsChat) -> None:
    told = birth.send(photo("f_2_01"), photo("buku_nikah"), *[photo(checked=False)] * 2)
    assert "2 berkas sudah saya terima dan masih diperiksa" in told
    assert "Tinggal" not in told
    assert "KIRIM" in birth.settle(photo("surat_ket_lahir"), photo("kk"))


def test_nor_is_it_said_while_nothing_is_checked_yet(birth: DocumentsChat) -> None:
    told = birth.send(photo(checked=False))
    assert "masih diperiksa" in told
    assert "Tinggal" not in told


def test_nor_while_a_photo_of_an_earlier_turn_is_checked(birth: DocumentsChat) -> None:
    birth.send(photo("f_2_01"), photo(checked=False))
    assert "Tinggal" not in birth.send(photo("buku_nikah"))
    assert "Tinggal *1 berkas*" in birth.settle(photo("kk"))


def test_a_dark_photo_that_is_not_asked_for_is_to_be_deleted_and_not_taken_again(birth: DocumentsChat) -> None:
    told = birth.send(photo("kk"), photo("ktp_el", advice=[Advice.DARK, Advice.BLURRED]))
    assert "agak" not in told
    assert "Foto nomor 2 tampaknya *KTP elektronik (KTP-el)*" in told
    assert "itu tidak diminta untuk urusan ini. Balas *hapus 2*" in told
    assert "sudah dihapus" in birth.say("hapus 2")


def _asked(citizen: DocumentsChat, *answers: str) -> None:
    citizen.say("kirim berkas akta lahir", "start_submission", "akta_lahir")
    for said in ("SETUJU", *answers):
        citizen.say(said)


@pytest.mark.parametrize("said", ["anakku pak", "untuk anak saya", "anak sy mi", "anakta", "buat anakku yang kedua"])
def test_whom_it_is_for_in_everyday_words(citizen: DocumentsChat, said: str) -> None:
    _asked(citizen)
    citizen.say(said, "ask_service", "kia")
    assert citizen.current.whom is Whom.CHILD


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        *(
            (said, "have")
            for said in ("ada pak, buku nikahku", "iye ada", "iye pak", "ada ji bu", "ada tapi di kampung")
        ),
        ("ada pak buku nikahku tapi masih di kampung", "have"),
        *(
            (said, "none")
            for said in ("nda ada", "tidak ada pak", "belum ada bu", "tdk ada buku nikahku", "nda ada ki")
        ),
        *((said, "lost") for said in ("hilang pak", "ada dulu tapi hilang mi")),
    ],
)
def test_whether_a_paper_is_there_in_everyday_words(citizen: DocumentsChat, said: str, answer: str) -> None:
    _asked(citizen, "anak saya", "ada")
    citizen.say(said, "ask_service", "akta_kawin")
    assert citizen.current.answers["marriage_paper"] == answer


@pytest.mark.parametrize("said", ["berapa biayanya?", "berapa biayanya", "ada biayanya pak"])
def test_a_real_question_goes_its_own_way(citizen: DocumentsChat, said: str) -> None:
    _asked(citizen, "anak saya", "ada")
    assert "gratis" in citizen.say(said, "ask_cost").lower()
    assert "marriage_paper" not in citizen.current.answers


def test_an_office_file_is_told_to_be_no_photo(birth: DocumentsChat) -> None:
    told = birth.send(refused(Refusal.TYPE))
    assert "bukan foto atau PDF, jadi tidak bisa kami buka. Mohon foto saja kertasnya" in told


@pytest.mark.parametrize("why", ["kenapa harus setuju?", "kenapa haruski setuju dulu", "untuk apa pak?"])
def test_why_consent_is_asked_for_is_answered_and_it_is_asked_again_shortly(citizen: DocumentsChat, why: str) -> None:
    citizen.say("kirim berkas akta lahir", "start_submission", "akta_lahir")
    told = citizen.say(why, "privacy_request")
    assert "Karena foto berkas berisi data pribadi" in told
    assert "OTP" not in told
    assert told.endswith("1. SETUJU\n2. TIDAK")
    assert "untuk siapa" in citizen.say("SETUJU")
