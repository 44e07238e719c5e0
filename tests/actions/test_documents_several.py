"""What was sent beside what is still open: a word or a photo goes to the one that is meant."""

from __future__ import annotations

import pytest

from bot.contracts import AskToReplace, AttachmentState, OpenSubmission, PlaceFile, Rejection, SubmissionState
from tests.actions.chat import NUMBER
from tests.actions.documents_chat import DocumentsChat, photo
from tests.actions.test_documents_photos import COMPLETE


@pytest.fixture
def sent(birth: DocumentsChat) -> DocumentsChat:
    birth.send(*COMPLETE)
    birth.say("kirim")
    assert birth.current.state is SubmissionState.SENT
    return birth


@pytest.mark.parametrize("said", ["KIRIM", "kirim", "kirim sekarang"])
def test_kirim_once_more_opens_nothing(sent: DocumentsChat, said: str) -> None:
    told = sent.say(said, "start_submission")
    assert "Sudah terkirim tadi" in told
    assert NUMBER in told
    assert not any(isinstance(one, OpenSubmission) for one in sent.decision.commands)
    assert len(sent.submissions) == 1


def test_kirim_with_a_service_begins_the_next(sent: DocumentsChat) -> None:
    assert "untuk siapa" in sent.say("kirim berkas akta lahir", "start_submission", "akta_lahir")


def begin_another(citizen: DocumentsChat, *first: str) -> None:
    citizen.say("kirim berkas akta lahir", "start_submission", "akta_lahir")
    for answer in (*first, "anak saya", "ada", "ada"):
        citizen.say(answer)


@pytest.fixture
def returned(sent: DocumentsChat) -> DocumentsChat:
    """The KK of what was sent is rejected, and another submission is being worked on."""
    sent.reject("kk", Rejection.CUT_OFF)
    begin_another(sent, "buat yang baru")
    assert [one.state for one in sent.submissions] == [SubmissionState.COLLECTING, SubmissionState.RETURNED]
    return sent


def test_a_photo_of_what_was_rejected_goes_there(returned: DocumentsChat) -> None:
    rejected = next(one for one in returned.submissions[1].files if one.state is AttachmentState.REJECTED)
    returned.say("ganti kk")  # the new one's KK comes first, by word
    returned.send(photo("kk"))
    assert "kk" in returned.files
    told = returned.send(photo("kk"))
    assert returned.decision.commands[0] == PlaceFile(returned.last_id, "kk", returned.submissions[0].id, rejected.id)
    assert "Ini untuk *Akta lahir bayi baru (anak)*" in told
    assert returned.current.state is SubmissionState.RETURNED
    assert "Terima kasih, berkas" in returned.say("kirim")


@pytest.mark.parametrize(("picked", "state"), [("1", SubmissionState.RETURNED), ("2", SubmissionState.COLLECTING)])
def test_a_photo_that_two_submissions_want_is_asked_about(
    returned: DocumentsChat, picked: str, state: SubmissionState
) -> None:
    told = returned.send(photo("kk"))
    assert "untuk berkas yang mana" in told
    assert NUMBER in told
    assert not returned.decision.commands
    assert "*KK" in returned.say(picked)
    home = next(one for one in returned.submissions if any(file.id == returned.last_id for file in one.files))
    assert home.state is state
    assert {file.document for file in home.files if file.id == returned.last_id} == {"kk"}


@pytest.fixture
def beside(sent: DocumentsChat) -> DocumentsChat:
    """Another submission is being worked on beside what was sent; both hold a KK."""
    begin_another(sent)
    sent.send(photo("kk"))
    return sent


def kk_of(citizen: DocumentsChat, state: SubmissionState) -> int:
    home = next(one for one in citizen.submissions if one.state is state)
    return next(file.id for file in home.files if file.document == "kk")


@pytest.mark.parametrize("said", ["ganti foto kk yang sudah dikirim", "ganti kk yg terkirim", "ganti kk yang diajukan"])
def test_what_was_sent_is_meant_by_saying_so(beside: DocumentsChat, said: str) -> None:
    told = beside.say(said, "replace_document")
    (asked,) = beside.decision.commands
    assert isinstance(asked, AskToReplace)
    assert asked.file == kk_of(beside, SubmissionState.SENT)
    assert "pada Akta lahir bayi baru" in told
    assert "pada Akta lahir bayi baru" in beside.send(photo("kk"))


def test_what_was_not_sent_is_meant_by_saying_so(beside: DocumentsChat) -> None:
    assert "pada Akta lahir bayi baru" in beside.say("ganti foto kk yang belum dikirim", "replace_document")
    assert beside.memory.asked == f"replace:{kk_of(beside, SubmissionState.COLLECTING)}"


@pytest.mark.parametrize("answer", ["2", "yang sudah diajukan"])
def test_a_paper_that_both_hold_is_asked_about(beside: DocumentsChat, answer: str) -> None:
    told = beside.say("ganti foto kk")
    assert NUMBER in told
    assert "belum diajukan" in told
    assert not beside.decision.commands
    beside.say(answer)
    assert beside.memory.asked == f"replace:{kk_of(beside, SubmissionState.SENT)}"


@pytest.mark.parametrize(
    ("said", "intent"), [("terima kasih pak", "thank"), ("cek status", "check_status"), ("jam buka", "ask_hours")]
)
def test_the_wish_to_replace_outlives_a_word_between(beside: DocumentsChat, said: str, intent: str) -> None:
    beside.say("ganti foto kk yang sudah dikirim", "replace_document")
    beside.say(said, intent)
    assert beside.memory.asked == f"replace:{kk_of(beside, SubmissionState.SENT)}"
    assert "teruskan ke petugas" in beside.send(photo("kk"))


@pytest.mark.parametrize("said", ["ndak jadi", "tidak jadi", "tidak jadi ganti"])
def test_not_after_all_keeps_the_old_photo(sent: DocumentsChat, said: str) -> None:
    sent.say("ganti foto kk")
    told = sent.say(said, "cancel")
    assert "yang lama tetap dipakai" in told
    assert "dari awal" not in told
    assert sent.memory.asked is None
