"""Where things stand: one's own at once, another sender's only with the NIK's last four digits."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.contracts import LookUpTicket, SubmissionNews, SubmissionState, TicketState
from tests.actions.chat import NUMBER
from tests.actions.documents_chat import TRIES, DocumentsChat, photo
from tests.actions.test_documents_photos import COMPLETE

OTHERS = "PKP-2611-0007C"


@pytest.fixture
def sent(birth: DocumentsChat) -> DocumentsChat:
    birth.send(*COMPLETE)
    birth.say("kirim")
    return birth


def test_ones_own_is_told_in_plain_words(sent: DocumentsChat) -> None:
    told = sent.say("cek status", "check_status")
    assert "menunggu diperiksa petugas" in told
    assert NUMBER in told
    assert sent.decision.commands == ()


def test_its_number_alone_asks_for_it(sent: DocumentsChat) -> None:
    assert "menunggu diperiksa" in sent.say(NUMBER.lower())


def test_an_unsent_one_says_what_is_missing(birth: DocumentsChat) -> None:
    birth.send(photo("kk"))
    told = birth.say("cek status", "check_status")
    assert "belum *diajukan*, tinggal 3 berkas" in told


@pytest.mark.parametrize("state", list(TicketState))
def test_every_state_has_words(sent: DocumentsChat, state: TicketState) -> None:
    sent.submissions = [replace(sent.current, ticket_state=state)]
    assert state.value not in sent.say("cek status", "check_status")


def test_anothers_needs_the_last_four_digits(citizen: DocumentsChat) -> None:
    told = citizen.say(f"bagaimana {OTHERS}")
    assert "empat angka terakhir NIK" in told
    assert "KTP" not in told
    told = citizen.say("0007")
    assert citizen.decision.commands == (
        LookUpTicket(OTHERS, "0007", "ticket_found", "ticket_refused", "ticket_locked"),
    )
    assert "sedang diperiksa petugas" in told
    assert "KTP-el hilang" in told


def test_wrong_digits_tell_nothing_and_five_are_enough(citizen: DocumentsChat) -> None:
    citizen.say(OTHERS)
    for _ in range(TRIES):
        told = citizen.say("9999")
        assert "tidak cocok" in told
        assert "diperiksa petugas" not in told
    assert "tutup dulu" in citizen.say("0007")


def test_four_digits_out_of_the_blue_look_nothing_up(citizen: DocumentsChat) -> None:
    citizen.say("0007")
    assert citizen.decision.commands == ()


def test_leaving_it_forgets_the_number(citizen: DocumentsChat) -> None:
    citizen.say(OTHERS)
    citizen.say("batal")
    citizen.say("0007")
    assert not any(isinstance(command, LookUpTicket) for command in citizen.decision.commands)


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (SubmissionState.ACCEPTED, "sudah diterima petugas"),
        (SubmissionState.CANCELLED, "sudah dibatalkan"),
        (SubmissionState.EXPIRED, "fotonya kami hapus"),
    ],
)
def test_an_end_is_told_by_itself(sent: DocumentsChat, state: SubmissionState, expected: str) -> None:
    sent.ended = [replace(sent.current, state=state, news=SubmissionNews.STATE)]
    sent.submissions = []
    assert expected in sent.turn()


def test_one_reminder_says_what_is_missing_and_until_when(birth: DocumentsChat) -> None:
    birth.send(photo("kk"))
    birth.submissions = [
        replace(birth.current, news=SubmissionNews.REMINDER, expires_at=birth.now.replace(day=27)),
    ]
    told = birth.turn()
    assert "belum diajukan" in told
    assert "Buku nikah" in told
    assert "Jumat pukul 10.00 WITA" in told
    assert "Tinggal" not in told


@pytest.mark.parametrize("said", ["0007", "nik 0007 pak", "9910041708990007", "nik saya 9910 0417 0899 0007"])
def test_the_whole_nik_serves_for_its_last_four_digits_and_is_never_said_back(
    citizen: DocumentsChat, said: str
) -> None:
    citizen.say(OTHERS)
    told = citizen.say(said)
    assert "sedang diperiksa petugas" in told
    assert "9910" not in told


def test_a_year_after_the_answer_is_no_try(citizen: DocumentsChat) -> None:
    citizen.say(OTHERS)
    citizen.say("0007")
    citizen.say("saya lahir 1985", "ask_service", "akta_lahir")
    assert citizen.tries == 1


@pytest.mark.parametrize("news", [SubmissionNews.REMINDER, SubmissionNews.STATE])
def test_a_check_of_photos_is_never_called_unsent(citizen: DocumentsChat, news: SubmissionNews) -> None:
    citizen.say("kirim berkas ktp baru", "start_submission", "ktp_baru")
    citizen.say("1")
    citizen.say("setuju")
    while citizen.memory.choices:
        citizen.say("1")
    citizen.send(photo("kk"))
    one = replace(citizen.current, news=news, expires_at=citizen.now.replace(day=27))
    if news is SubmissionNews.STATE:
        citizen.submissions, citizen.ended = [], [replace(one, state=SubmissionState.EXPIRED)]
    else:
        citizen.submissions = [one]
    told = citizen.turn()
    assert "diajukan" not in told
    assert "Foto untuk *" in told
