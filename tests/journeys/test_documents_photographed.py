"""The same with photos of documents, looked at by the real inspection: what is on them says which document it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.contracts import AttachmentState
from bot.gateways.inspection import InspectionProcess
from bot.settings import KNOWLEDGE
from tests.installation import Installation
from tests.journeys.citizen import Citizen
from tests.pictures import picture_of

JPEG = "image/jpeg"


@pytest.fixture
def citizen(sapa: Installation) -> Citizen:
    inspector = InspectionProcess(KNOWLEDGE)
    sapa.fetching = replace(sapa.fetching, inspector=inspector)
    sapa.clock.advance(seconds=1)
    yield Citizen(sapa)  # type: ignore[misc]
    inspector.close()


def test_a_burst_of_photos_is_told_apart_by_what_is_on_them(citizen: Citizen) -> None:
    citizen.begins("mau kirim berkas akta lahir bayi", "1", "1", "1")
    names = ("kk", "surat_ket_lahir", "buku_nikah", "f_2_01")
    told = citizen.sends(*((JPEG, picture_of(name, 3)) for name in names))
    assert citizen.states() == [AttachmentState.STORED] * 4
    assert [file.document for file in citizen.files()] == list(names)
    assert "KIRIM" in told


def test_a_photo_that_was_not_held_still_is_told_so(citizen: Citizen) -> None:
    citizen.begins("mau kirim berkas akta lahir bayi", "1", "1", "1")
    told = citizen.sends((JPEG, picture_of("kk", 3, defects=["blurred"])))
    assert "buram" in told
    assert citizen.states() == [AttachmentState.STORED]
