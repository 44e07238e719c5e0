"""Consent comes before the first document is asked for, and a no is no dead end."""

from __future__ import annotations

from hashlib import sha256

import pytest

from actions.documents.consent_text import CONSENT_VERSION
from actions.replies import FILES
from actions.turn import is_choice
from bot.contracts import ENDED_FOR, UNSENT_FOR, ConsentAnswer, OpenSubmission, RecordConsent
from bot.knowledge.entry import read_file
from tests.actions.documents_chat import DocumentsChat, photo

SPOKEN_YES = ("iya boleh", "ya setuju pak", "setuju min", "sy setuju bu")
SPOKEN_NO = ("gak mau", "nda mau", "tidak usah", "jangan dulu", "ndak", "saya tidak setuju", "tdk mau pak")
TEXTS = {"2026-11": "bad601734f127bd7"}
"""What the text of each version said, as a hash: whoever changes the text writes a new version and its hash here."""


def begin(citizen: DocumentsChat) -> str:
    return citizen.say("kirim berkas akta lahir", "start_submission", "akta_lahir")


def test_it_says_who_what_why_how_long_and_how_to_take_it_back(citizen: DocumentsChat) -> None:
    told = begin(citizen)
    for expected in ("Disdukcapil Kabupaten Pangkep", "memeriksa dan memproses", "30 hari", "tarik persetujuan", "OTP"):
        assert expected in told
    assert told.endswith("1. SETUJU\n2. TIDAK")
    assert citizen.submissions == []


@pytest.mark.parametrize(
    "yes", ["SETUJU", "setuju", "1", "ya", "iye", "ya setuju", "oke pak", "stuju", "oke", "ok lanjut", *SPOKEN_YES]
)
def test_a_yes_opens_the_submission_under_the_version_that_was_shown(citizen: DocumentsChat, yes: str) -> None:
    begin(citizen)
    assert is_choice(yes, citizen.memory), "the NLU need not be asked"
    assert "untuk siapa" in citizen.say(yes)
    assert citizen.decision.commands == (
        RecordConsent(ConsentAnswer.AGREED, CONSENT_VERSION),
        OpenSubmission("akta_lahir", None),
    )


@pytest.mark.parametrize("no", ["TIDAK", "2", "tidak setuju", "nggak", "batal", *SPOKEN_NO])
def test_a_no_leads_to_the_counter_with_papers_and_hours(citizen: DocumentsChat, no: str) -> None:
    begin(citizen)
    told = citizen.say(no)
    assert citizen.consents == [RecordConsent(ConsentAnswer.REFUSED, CONSENT_VERSION)]
    assert "loket" in told
    assert "Jam buka" in told
    assert "Syarat Akta lahir bayi baru" in citizen.say("1")


def test_who_refused_is_asked_again_when_they_begin_anew(citizen: DocumentsChat) -> None:
    begin(citizen)
    citizen.say("TIDAK")
    assert "SETUJU" in begin(citizen)
    citizen.say("SETUJU")
    assert len(citizen.submissions) == 1


def test_it_is_asked_once_a_contact(birth: DocumentsChat) -> None:
    assert "OTP" not in birth.say("kirim berkas ktp hilang", "start_submission", "ktp_hilang")
    assert birth.current.service == "ktp_hilang"


def test_a_question_in_between_is_answered_and_consent_asked_again_shortly(citizen: DocumentsChat) -> None:
    begin(citizen)
    told = citizen.say("jam buka", "ask_hours")
    assert "WITA" in told
    assert "memproses" not in told
    assert told.endswith("1. SETUJU\n2. TIDAK")
    citizen.say("setuju")
    assert citizen.current.service == "akta_lahir"


def test_it_is_taken_back_in_two_words(birth: DocumentsChat) -> None:
    birth.send(photo("kk"))
    assert "ditarik" in birth.say("tarik persetujuan")
    assert birth.consents[-1].answer is ConsentAnswer.WITHDRAWN
    assert birth.submissions == []


def test_setuju_out_of_the_blue_agrees_to_nothing(citizen: DocumentsChat) -> None:
    citizen.say("setuju", "affirm")
    assert citizen.consents == []


def test_photos_before_consent_are_asked_about_and_go_into_what_they_were_for(citizen: DocumentsChat) -> None:
    told = citizen.send(photo("surat_ket_lahir"), photo("kk"))
    assert "untuk urusan apa" in told
    assert "1. Akta lahir bayi baru" in told
    citizen.say("1")
    for said in ("setuju", "anak saya", "ada"):
        citizen.say(said)
    told = citizen.say("ada")
    assert "Foto yang tadi saya catat" in told
    assert set(citizen.files) == {"surat_ket_lahir", "kk"}
    assert "Formulir F-2.01" in told


def test_a_changed_text_is_another_version() -> None:
    """Who agreed to the old one agreed to nothing else: see `agreed`."""
    text = read_file(FILES[1])["consent"]
    said = f"{text} {UNSENT_FOR} {ENDED_FOR}"
    assert TEXTS.get(CONSENT_VERSION) == sha256(said.encode()).hexdigest()[:16], "write a new CONSENT_VERSION"


@pytest.fixture
def earlier(birth: DocumentsChat) -> DocumentsChat:
    """Somebody who agreed to the text before this one, in the middle of a submission."""
    birth.send(photo("kk"))
    birth.consents = [RecordConsent(ConsentAnswer.AGREED, "2025-01")]
    return birth


def test_a_changed_text_is_asked_before_the_next_submission(earlier: DocumentsChat) -> None:
    assert "OTP" in earlier.say("kirim berkas ktp hilang", "start_submission", "ktp_hilang")
    earlier.say("setuju")
    assert earlier.current.service == "ktp_hilang"


@pytest.mark.parametrize("said", ["lanjut", "ganti foto buku nikah", "tambah"])
def test_a_changed_text_is_asked_before_the_next_photo(earlier: DocumentsChat, said: str) -> None:
    told = earlier.say(said)
    assert "OTP" in told
    assert "silakan kirim" not in told.lower()
    assert "Kirim foto dokumen" not in told
    told = earlier.say("ya")
    assert earlier.decision.commands[0] == RecordConsent(ConsentAnswer.AGREED, CONSENT_VERSION)
    assert len(earlier.submissions) == 1, "it goes on with what was begun"
    assert "Kirim foto dokumen" in told


def test_a_photo_sent_meanwhile_is_kept_and_the_changed_text_asked(earlier: DocumentsChat) -> None:
    told = earlier.send(photo("buku_nikah"))
    assert "Sudah saya terima" in told
    assert "Tinggal" not in told
    assert told.endswith("1. SETUJU\n2. TIDAK")
    assert "OTP" not in earlier.say("jam buka", "ask_hours")
    earlier.say("setuju")
    assert "Tinggal *1 berkas*" in earlier.send(photo("surat_ket_lahir"))


def test_who_refuses_the_changed_text_may_come_back(earlier: DocumentsChat) -> None:
    earlier.say("lanjut")
    told = earlier.say("tidak usah")
    assert "berhenti dulu" in told
    assert earlier.consents[-1].answer is ConsentAnswer.REFUSED
    assert "OTP" in earlier.say("lanjut")
