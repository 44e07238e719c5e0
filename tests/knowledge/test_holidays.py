"""Public holidays and cuti bersama: exactly those of the decree, and the library agrees."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from bot.knowledge import load_knowledge
from bot.knowledge.holidays import from_library
from tests.knowledge.conftest import FOLDER

HOLIDAYS_2026 = (
    """01-01 01-16 02-17 03-19 03-21 03-22 04-03 04-05 05-01 05-14 05-27 05-31 06-01 06-16 08-17 08-25 12-25"""
)
CUTI_BERSAMA_2026 = """02-16 03-18 03-20 03-23 03-24 05-15 05-28 12-24"""


def test_2026_is_the_decrees_list_and_no_other() -> None:
    days = load_knowledge(FOLDER).holidays(2026)
    joint = {day for day, name in days.items() if name.startswith("Cuti Bersama")}
    assert {f"{day:%m-%d}" for day in joint} == set(CUTI_BERSAMA_2026.split())
    assert {f"{day:%m-%d}" for day in set(days) - joint} == set(HOLIDAYS_2026.split())


@pytest.mark.parametrize("year", [2026, 2027])
def test_the_file_and_the_library_agree(year: int) -> None:
    assert dict(load_knowledge(FOLDER).holidays(year)) == dict(from_library(year)), (
        "the library learnt of a change, or the file was corrected: compare with the decree, then say so here"
    )


def test_a_year_whose_decree_was_not_seen_is_not_confirmed() -> None:
    book = load_knowledge(FOLDER).holidays
    assert book.is_confirmed(2026)
    assert not book.is_confirmed(2027)
    assert not book.is_confirmed(2030)


def test_a_year_the_file_does_not_know_comes_from_the_library(folder: Path) -> None:
    assert load_knowledge(folder).calendar.holiday(date(2031, 8, 17)) == "Hari Kemerdekaan Republik Indonesia"


def test_the_years_of_the_file_cost_no_library() -> None:
    code = (
        "import sys, pathlib; from datetime import date; from bot.knowledge import load_knowledge;"
        f"load_knowledge(pathlib.Path({str(FOLDER)!r})).calendar.holiday(date(2026, 1, 1));"
        "sys.exit('holidays' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=FOLDER.parents[1], check=False).returncode == 0
