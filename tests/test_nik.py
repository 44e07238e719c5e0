"""The structure of NIK and KK numbers, by the vectors of the domain rules (§2.2): synthetic numbers, nobody's.

They are of a real region, or they could not be right; written with gaps, so that what looks for a person's number in
this repository does not take them for one.
"""

from __future__ import annotations

from datetime import date

import pytest

from bot.knowledge.regions import load_districts
from bot.nik import Doubt, Fault, check_kk, check_nik
from bot.settings import KNOWLEDGE

TODAY = date(2026, 11, 23)
PANGKEP = frozenset(load_districts(KNOWLEDGE))

VECTORS: dict[str, tuple[tuple[Fault, ...], tuple[Doubt, ...]]] = {
    "731004 570899 0001": ((), ()),
    "731004 170899 0001": ((), ()),
    "731004 320299 0001": ((Fault.DATE,), ()),
    "731004170899000": ((Fault.LENGTH,), ()),
    "737104 170899 0001": ((), (Doubt.REGION,)),
    "731004 170899 0000": ((Fault.SERIAL,), ()),
    "731004 290200 0001": ((), ()),
    "731004 290201 0001": ((Fault.DATE,), ()),
    "731014 290899 0001": ((), (Doubt.NO_DISTRICT,)),
}


@pytest.mark.parametrize("number", VECTORS)
def test_the_rules_own_vectors_come_out_as_the_rules_say(number: str) -> None:
    found = check_nik(number, TODAY, districts=PANGKEP)
    assert (found.faults, found.doubts) == VECTORS[number]
    assert found.ok is (not found.faults)


def test_a_woman_is_told_by_her_day_of_birth() -> None:
    woman, man = check_nik("731004 570899 0001", TODAY), check_nik("731004 170899 0001", TODAY)
    assert (woman.female, man.female) == (True, False)
    assert woman.births == man.births == (date(1999, 8, 17),)


def test_a_year_of_two_digits_means_any_century_that_was() -> None:
    assert check_nik("731004 170820 0001", TODAY).births == (date(2020, 8, 17), date(1920, 8, 17))
    assert check_nik("731004 290200 0001", TODAY).births == (date(2000, 2, 29),), "1900 was no leap year"
    assert check_nik("731004 241126 0001", TODAY).births == (date(1926, 11, 24),), "tomorrow nobody was born yet"


@pytest.mark.parametrize(("birth", "doubts"), [(date(1999, 8, 17), ()), (date(1999, 8, 18), (Doubt.BIRTH,))])
def test_another_date_than_is_printed_is_a_doubt_and_no_fault(birth: date, doubts: tuple[Doubt, ...]) -> None:
    found = check_nik("731004 170899 0001", TODAY, birth=birth)
    assert (found.ok, found.doubts) == (True, doubts)


@pytest.mark.parametrize(("female", "doubts"), [(False, ()), (True, (Doubt.SEX,)), (None, ())])
def test_another_sex_than_is_printed_is_a_doubt_and_no_fault(female: bool | None, doubts: tuple[Doubt, ...]) -> None:
    found = check_nik("731004 170899 0001", TODAY, female=female)
    assert (found.ok, found.doubts) == (True, doubts)


def test_what_is_no_date_fits_no_printed_one_either_and_is_told_once() -> None:
    found = check_nik("731004 320299 0001", TODAY, birth=date(1999, 8, 17), female=True)
    assert (found.faults, found.doubts) == ((Fault.DATE,), ())


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("001004 170899 0001", Fault.PROVINCE),
        ("991004 170899 0001", Fault.PROVINCE),
        ("730004 170899 0001", Fault.REGENCY),
        ("731000 170899 0001", Fault.DISTRICT),
        ("", Fault.LENGTH),
        ("73100417089900011", Fault.LENGTH),
    ],
)
def test_a_part_that_cannot_be_is_named(number: str, fault: Fault) -> None:
    assert check_nik(number, TODAY).faults == (fault,)


def test_every_district_of_the_office_is_known_and_no_other() -> None:
    assert len(PANGKEP) == 13
    for district in range(1, 100):
        doubts = check_nik(f"7310{district:02}1708990001", TODAY, districts=PANGKEP).doubts
        assert doubts == (() if district <= 13 else (Doubt.NO_DISTRICT,))


@pytest.mark.parametrize(
    "text", ["7310 0417 0899 0001", "7310.04-170899/0001", "73l0O4I7O899OOO1", "731004 170899 0001"]
)
def test_marks_between_the_digits_and_letters_that_look_like_digits_are_mended(text: str) -> None:
    found = check_nik(text, TODAY)
    assert (found.digits[:8], found.digits[8:], found.ok) == ("73100417", "08990001", True)
    assert found.repaired is any(sign.isalpha() for sign in text), "that it was mended is said"


def test_digits_of_other_scripts_are_not_taken() -> None:
    assert check_nik("٧٣١٠٠٤ ١٧٠٨٩٩ ٠٠٠١", TODAY).faults == (Fault.LENGTH,)


def test_a_family_cards_number_holds_the_day_it_was_made() -> None:
    found = check_kk("731004 170819 0001", TODAY)
    assert (found.ok, found.female, found.births) == (True, None, (date(2019, 8, 17), date(1919, 8, 17)))
    assert check_kk("731004 570819 0001", TODAY).faults == (Fault.DATE,), "nothing is added to that day"
    assert check_kk("73100417", TODAY).faults == (Fault.LENGTH,)
