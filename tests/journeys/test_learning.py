"""What was misread comes back as a list for people to label, and the list names nobody."""

from __future__ import annotations

import csv
import io
import stat
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from bot.cli import main
from bot.contracts import Reading
from tests.installation import CITIZEN, Installation
from tests.line.test_offices import OTHER, with_second_office

NEIGHBOUR = "whatsapp:+6281100000002"
UNREADABLE = "zxqv brrt mau"


def listed(sapa: Installation, *options: str) -> str:
    command = ["nlu", "candidates", *options]
    result = CliRunner().invoke(main, command, env={"SAPA_DATABASE_URL": sapa.settings.database_url})
    assert result.exit_code == 0, result.output
    return result.stdout


def candidates(sapa: Installation, *options: str) -> list[dict[str, Any]]:
    groups = yaml.safe_load(listed(sapa, *options))
    return [{"read_as": group["read_as"], **message} for group in groups for message in group["messages"]]


def with_text(found: list[dict[str, Any]], part: str) -> dict[str, Any]:
    [one] = [message for message in found if part in message["text"]]
    return one


def test_what_is_no_business_of_ours_is_listed_and_what_was_read_surely_is_not(sapa: Installation) -> None:
    sapa.ask("berapa harga cabai di pasar hari ini")
    sapa.ask("ktp saya hilang")
    found = candidates(sapa)
    assert "out_of_scope" in with_text(found, "harga")["why"]
    assert not any("ktp" in message["text"] for message in found)


class Doubtful:
    """An NLU that takes everything for a question of cost or of duration, and is sure of neither."""

    def read(self, texts: Sequence[str]) -> list[Reading]:
        ranking = (("ask_cost", 0.3), ("ask_duration", 0.25))
        return [Reading(text=text, intent="ask_cost", confidence=0.3, ranking=ranking) for text in texts]


@pytest.mark.parametrize(("pick", "then", "corrected"), [("1", "ask_cost", False), ("2", "ask_duration", True)])
def test_what_was_not_understood_is_listed_with_what_the_citizen_picked_then(
    sapa: Installation, pick: str, then: str, corrected: bool
) -> None:
    sapa.line = replace(sapa.line, reader=Doubtful())
    sapa.ask("kemarin itu di kantor saya tanya")
    sapa.ask(pick)
    [one] = candidates(sapa)
    assert (one["read_as"], one["confidence"], one["then"]) == ("ask_cost", 0.3, [then])
    assert set(one["why"]) == {"unsure", "not_understood"} | ({"corrected"} if corrected else set())


def test_what_a_citizen_takes_back_is_listed(sapa: Installation) -> None:
    sapa.ask("ktp saya hilang")
    sapa.ask("bukan, maksud saya kk")
    assert with_text(candidates(sapa), "ktp saya hilang")["why"] == ["corrected"]


def test_nobodys_name_or_number_is_in_the_list(sapa: Installation) -> None:
    body = "beli cabai pak Wahyuddin di pasar, saya sitti maryam 0811 0000 0001 nik 9971-0000-1234-0001, an. Indah"
    sapa.ask(body, profile_name="Sitti Maryam 🌸")
    told = listed(sapa, "--below", "1").casefold()
    assert "pasar" in told
    for secret in ("wahyuddin", "sitti", "maryam", "indah", "0811", "9971", "1234", CITIZEN[-8:]):
        assert secret not in told


def test_a_word_no_example_knows_is_shown_when_three_citizens_write_it(sapa: Installation) -> None:
    for number, body in enumerate(("harga srikaya di pasar", "srikaya di pasar berapa", "di pasar ada srikaya")):
        assert "srikaya" not in listed(sapa, "--below", "1")
        sapa.ask(body, citizen=f"whatsapp:+628110000001{number}")
    assert listed(sapa, "--below", "1").count("srikaya") == 3


def test_the_same_thing_said_twice_is_one_candidate(sapa: Installation) -> None:
    sapa.ask("berapa harga cabai di pasar hari ini")
    sapa.ask("Berapa harga cabai di pasar hari iniii??", citizen=NEIGHBOUR)
    assert with_text(candidates(sapa), "harga")["count"] == 2


def test_only_the_days_asked_for_are_listed(sapa: Installation) -> None:
    sapa.clock.advance(days=-40)
    sapa.ask("berapa harga cabai di pasar hari ini")
    assert listed(sapa) == "[]\n"
    assert candidates(sapa, "--days", "60")


def test_an_offices_list_holds_its_own_messages_only(sapa: Installation) -> None:
    with_second_office(sapa)
    sapa.write("berapa harga cabai di pasar hari ini")
    sapa.control.write(CITIZEN, OTHER, "cuaca di kota besok hujan atau panas", wait=True)
    sapa.settle()
    first, second, every = (listed(sapa, *options) for options in (("--office", "PKP"), ("--office", "mrs"), ()))
    assert ("cabai" in first, "cuaca" in first) == (True, False)
    assert ("cabai" in second, "cuaca" in second) == (False, True)
    assert ("cabai" in every, "cuaca" in every) == (True, True)


def test_an_office_that_is_not_there_is_told(sapa: Installation) -> None:
    command = ["nlu", "candidates", "--office", "XXX"]
    result = CliRunner().invoke(main, command, env={"SAPA_DATABASE_URL": sapa.settings.database_url})
    assert result.exit_code == 2
    assert "there is no office XXX; there is PKP." in result.stderr


def test_a_file_is_its_owners_alone_even_where_one_was_before(sapa: Installation, tmp_path: Path) -> None:
    file = tmp_path / "candidates.yml"
    file.touch(0o644)
    sapa.ask("berapa harga cabai di pasar hari ini")
    assert listed(sapa, "--out", str(file)) == ""
    assert "harga" in file.read_text(encoding="utf-8")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("body", ["=1+1 berapa harga cabai di pasar", "@pasar berapa harga cabai hari ini"])
def test_a_spreadsheet_runs_nothing_out_of_the_list(sapa: Installation, body: str) -> None:
    sapa.ask(body)
    rows = list(csv.DictReader(io.StringIO(listed(sapa, "--format", "csv", "--below", "1"))))
    assert rows
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
