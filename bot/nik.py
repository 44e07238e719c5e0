"""NIK and KK numbers, pure: their structure (Kemendagri), without a check digit, so a plausible slip stays unseen.

A number of wrong form is asked for again; what does not fit a date, a sex or a region is a hint for officers and never
a refusal: a NIK keeps the region of first registration, and the date and sex recorded then.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LENGTH = 16
WOMEN = 40  # added to the day of birth
LOOK_ALIKES = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1", "|": "1", "S": "5", "B": "8", "Z": "2"})
PROVINCES = frozenset(
    {11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 31, 32, 33, 34, 35, 36, 51, 52, 53, 61, 62, 63, 64, 65}
    | {71, 72, 73, 74, 75, 76, 81, 82, 91, 92, 93, 94, 95, 96}  # 93 to 96: Papua since 2022
)


class Fault(StrEnum):
    """What makes a number none."""

    LENGTH = "length"
    PROVINCE = "province"
    REGENCY = "regency"
    DISTRICT = "district"
    DATE = "date"
    SERIAL = "serial"


class Doubt(StrEnum):
    """What does not fit the rest that is known; a hint for officers."""

    BIRTH = "birth_mismatch"
    SEX = "sex_mismatch"
    REGION = "registered_elsewhere"
    NO_DISTRICT = "unknown_district"


@dataclass(frozen=True, slots=True)
class Checked:
    """``births``: the dates that the six digits can mean, this century's first; of a KK number the day it was made.
    ``female`` None for a KK number. ``repaired``: letters were read as the digits that they look like."""

    digits: str
    faults: tuple[Fault, ...]
    doubts: tuple[Doubt, ...] = ()
    female: bool | None = None
    births: tuple[date, ...] = ()
    repaired: bool = False

    @property
    def ok(self) -> bool:
        return not self.faults


def check_nik(
    text: str, today: date, *, birth: date | None = None, female: bool | None = None, districts: Collection[str] = ()
) -> Checked:
    """``districts``: the office's own, six digits each; empty when the region does not matter."""
    digits, repaired = _digits(text)
    if len(digits) != LENGTH:
        return Checked(digits, (Fault.LENGTH,), repaired=repaired)
    day = int(digits[6:8])
    is_female = day > WOMEN
    births = tuple(_dates(day - WOMEN if is_female else day, digits, today))
    doubts = [
        (Doubt.BIRTH, birth is not None and bool(births) and birth not in births),
        (Doubt.SEX, female is not None and bool(births) and female != is_female),
    ]
    told = (*(doubt for doubt, holds in doubts if holds), *_of_region(digits, districts))
    return Checked(digits, _faults(digits, births), told, is_female, births, repaired)


def check_kk(text: str, today: date) -> Checked:
    """A KK number: region, the day it was made (nothing added), serial."""
    digits, repaired = _digits(text)
    if len(digits) != LENGTH:
        return Checked(digits, (Fault.LENGTH,), repaired=repaired)
    made = tuple(_dates(int(digits[6:8]), digits, today))
    return Checked(digits, _faults(digits, made), births=made, repaired=repaired)


def _digits(text: str) -> tuple[str, bool]:
    repaired = text.translate(LOOK_ALIKES)
    return "".join(sign for sign in repaired if sign.isdecimal() and sign.isascii()), repaired != text


def _dates(day: int, digits: str, today: date) -> Iterator[date]:
    for century in (2000, 1900):
        try:
            found = date(century + int(digits[10:12]), int(digits[8:10]), day)
        except ValueError:
            continue
        if found <= today:
            yield found


def _of_region(digits: str, districts: Collection[str]) -> Iterator[Doubt]:
    if districts and digits[:6] not in districts:
        is_ours = any(district.startswith(digits[:4]) for district in districts)
        yield Doubt.NO_DISTRICT if is_ours else Doubt.REGION


def _faults(digits: str, dates: tuple[date, ...]) -> tuple[Fault, ...]:
    found = [
        (Fault.PROVINCE, int(digits[:2]) not in PROVINCES),
        (Fault.REGENCY, digits[2:4] == "00"),
        (Fault.DISTRICT, digits[4:6] == "00"),
        (Fault.DATE, not dates),
        (Fault.SERIAL, digits[12:] == "0000"),
    ]
    return tuple(fault for fault, holds in found if holds)
