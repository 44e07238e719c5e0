"""As a citizen whom the assistant cannot help, I get a number, and a person finds my request."""

from __future__ import annotations

import re

from click.testing import CliRunner

from bot.cli import main
from tests.installation import Installation

NUMBER = re.compile(r"PKP-\d{4}-\d{4,}[ACDEFGHJKLMNPQRTUVW]")


def listed(sapa: Installation) -> str:
    result = CliRunner().invoke(main, ["requests"], env={"SAPA_DATABASE_URL": sapa.settings.database_url})
    assert result.exit_code == 0, result.output
    return result.output


def test_asking_for_an_officer_is_noted_under_a_number(sapa: Installation) -> None:
    answer = "\n".join(sapa.ask("sy mau bicara dengan petugas"))
    number = NUMBER.search(answer)
    assert number
    assert number[0] in listed(sapa)


def test_asking_twice_keeps_the_number(sapa: Installation) -> None:
    answers = ["\n".join(sapa.ask("minta petugas")) for _ in range(2)]
    assert len({match for answer in answers for match in NUMBER.findall(answer)}) == 1


def test_after_the_second_misunderstanding_a_person_is_offered(sapa: Installation) -> None:
    sapa.ask("xkcd qwpo zzrt")
    second = "\n".join(sapa.ask("blorp vrim klaxon"))
    assert "petugas" in second.lower()


def test_a_complaint_and_a_fraud_report_are_noted(sapa: Installation) -> None:
    complaint = "\n".join(sapa.ask("saya kecewa sudah dua minggu tidak ada balasan dari admin"))
    fraud = "\n".join(sapa.ask("ada calo minta uang 200 ribu buat ktp"))
    numbers = NUMBER.findall(complaint) + NUMBER.findall(fraud)
    assert len(set(numbers)) == 2
    assert all(number in listed(sapa) for number in numbers)


def test_no_reply_ever_asks_for_a_secret(sapa: Installation) -> None:
    for question in ("mau kirim berkas", "cek status saya", "hapus foto tadi", "hapus data saya"):
        for answer in sapa.ask(question):
            assert not re.search(r"kirim(kan)? (kode )?(OTP|PIN|sandi)", answer, re.IGNORECASE)
