"""A citizen who has sent the papers for a birth certificate, and how officers decide on them: for tests of the desk."""

from __future__ import annotations

import html
from datetime import datetime

from tests.desk import ZONE
from tests.files import photo
from tests.installation import Installation
from tests.journeys.citizen import Citizen
from tests.people import Browser

PAPERS = ("f_2_01", "surat_ket_lahir", "buku_nikah", "kk")


def on_a_working_day(sapa: Installation) -> None:
    sapa.clock.set(datetime(2026, 11, 17, 9, tzinfo=ZONE))  # a Tuesday


def papers_sent(sapa: Installation, **label: str) -> Citizen:
    """``label``: what the photo of the KK says on itself."""
    citizen = Citizen(sapa)
    citizen.begins("mau kirim berkas akta lahir bayi", "1", "1", "1")
    citizen.sends(*(photo(name, **(label if name == "kk" else {})) for name in PAPERS))
    assert "PKP-" in citizen.says("kirim")
    return citizen


def decide(officer: Browser, page: str, verb: str, **form: object) -> tuple[int, str]:
    """Status of what a form of a file's or submission's page answers, and where it leads or what it says."""
    answer = officer.post(f"{page}/{verb}", form_on=page, **form)
    return answer.status_code, answer.location or html.unescape(answer.text)
