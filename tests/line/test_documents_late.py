"""KIRIM while a photo is still on its way: it is waited for, and it is no photo of the next submission."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from bot.contracts import AttachmentState, SubmissionState
from tests.desk import ZONE
from tests.files import PlainMedia, photo
from tests.installation import ACCOUNT, TOKEN, Installation
from tests.journeys.citizen import Citizen

PAPERS = ("f_2_01", "surat_ket_lahir", "buku_nikah", "kk")


@pytest.fixture
def late(deaf_sapa: Installation) -> Citizen:
    """Everything is there, and one more photo that Twilio does not give out yet."""
    deaf_sapa.clock.set(datetime(2026, 11, 17, 9, tzinfo=ZONE))
    media = PlainMedia(ACCOUNT, TOKEN)
    deaf_sapa.fetching = replace(deaf_sapa.fetching, media=media)
    citizen = Citizen(deaf_sapa)
    for said in ("kirim berkas akta lahir", "setuju", "1", "1", "1"):
        citizen.says(said)
    citizen.sends(*(photo(name) for name in PAPERS))
    media.fails = 4
    citizen.sends(photo("kia"))
    citizen.waits(seconds=11)
    assert citizen.states()[-1] is AttachmentState.PENDING
    return citizen


def test_kirim_waits_for_what_is_still_checked(late: Citizen) -> None:
    assert "Masih ada foto yang diproses" in late.says("kirim")
    assert late.submissions()[0].state is SubmissionState.COLLECTING
    told = late.waits(hours=2) + late.waits(hours=1)
    assert "Kartu Identitas Anak" in told, "its result follows by itself"
    assert late.files()[-1].submission_id == late.submissions()[0].id
    late.says("hapus 5")
    assert "PKP-" in late.says("kirim")


def test_who_will_not_wait_deletes_it_and_sends(late: Citizen) -> None:
    late.says("kirim")
    assert "sudah dihapus" in late.says("1")
    assert "PKP-" in late.says("kirim")
    assert late.submissions()[0].state is SubmissionState.SENT
