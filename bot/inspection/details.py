"""What a page says of persons: NIK, KK number, names, birth dates; and what of it does not fit, for officers."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from bot.contracts.files import Detail
from bot.inspection.reading import Page
from bot.nik import Checked, check_kk, check_nik

# sixteen digits and what OCR takes for digits; one space or mark between some of them
NUMBER = re.compile(r"(?<![0-9A-Za-z])(?:[0-9OIlSBZ|][ .\-]?){15}[0-9OIlSBZ|](?![0-9A-Za-z])")
NEARLY = re.compile(r"(?<!\d)\d{14,18}(?!\d)")
FEWEST_DIGITS = 12  # of the sixteen read as digits; otherwise it is a word
OF_KK = re.compile(r"kartu\s*keluarga|\bno\.?\s*kk\b|^\W*(?:no|nomor)\W*$", re.IGNORECASE)
KK_ONLY = re.compile(r"^\W*(?:no|nomor)\b", re.IGNORECASE)
NAME = re.compile(r"\bnama(?!\s*(?:jalan|desa))[a-z ]{0,24}\s*[:;：]\s*([A-Z][A-Z'’.,]*(?: [A-Z'’.,]+){0,6})")
BORN = re.compile(r"lahir", re.IGNORECASE)
DATE = re.compile(r"\b(\d{1,2})\s*[-/. ]\s*(\d{1,2}|[A-Za-z]{3,9})\s*[-/. ]\s*(\d{4})\b")
SEX = re.compile(r"LAKI|PEREMPUAN", re.IGNORECASE)
MONTHS = ("jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des")
OF_ONE_PERSON = frozenset({"ktp_el", "kia"})
FAMILY = frozenset({"kk", "kk_lama"})


@dataclass(frozen=True, slots=True)
class Told:
    """``doubts``: codes of `bot.nik`, with ``nik_`` or ``kk_`` before them."""

    details: dict[Detail, tuple[str, ...]]
    doubts: tuple[str, ...]


def details_of(page: Page, document: str | None, today: date, districts: Collection[str] = ()) -> Told:
    """``document``: what the page was taken for; a KTP's date belongs to its NIK. ``districts``: as of `check_nik`."""
    rows = [text for text, _ in page.rows()]
    births = births_of(rows, today)
    one = document in OF_ONE_PERSON
    birth = births[0] if one and len(births) == 1 else None
    check = _Check(today, birth, _female(rows) if one else None, districts)
    niks, families, doubts = _numbers(rows, document in FAMILY, check)
    found = {
        Detail.NIK: niks,
        Detail.KK: families,
        Detail.NAME: list(names_of(rows)),
        Detail.BIRTH_DATE: [born.isoformat() for born in births],
    }
    told = {kind: tuple(dict.fromkeys(values)) for kind, values in found.items() if values}
    return Told(told, tuple(dict.fromkeys(doubts)))


@dataclass(frozen=True, slots=True)
class _Check:
    """What the numbers of a page are held against."""

    today: date
    birth: date | None
    female: bool | None
    districts: Collection[str]

    def nik(self, text: str) -> Checked:
        return check_nik(text, self.today, birth=self.birth, female=self.female, districts=self.districts)

    def kk(self, text: str) -> Checked:
        return check_kk(text, self.today)


def _numbers(rows: list[str], of_family: bool, check: _Check) -> tuple[list[str], list[str], list[str]]:
    niks: list[str] = []
    families: list[str] = []
    doubts: list[str] = []
    for number, row in enumerate(rows):
        for match in NUMBER.finditer(row):
            if sum(sign.isdigit() for sign in match[0]) < FEWEST_DIGITS:
                continue
            before = row[: match.start()]
            kk = OF_KK.search(before) or (of_family and not families and (KK_ONLY.match(row) or number < 4))
            checked = check.kk(match[0]) if kk else check.nik(match[0])
            (families if kk else niks).append(checked.digits)
            doubts += _doubts("kk" if kk else "nik", checked)
        if any(len(run) != 16 for run in NEARLY.findall(row)):
            doubts.append("nik_length")
    return niks, families, doubts


def _doubts(kind: str, checked: Checked) -> Iterator[str]:
    for one in (*checked.faults, *checked.doubts):
        yield f"{kind}_{one}"
    if checked.repaired and any(sign.isalpha() for sign in checked.digits):
        yield f"{kind}_repaired"


def names_of(rows: list[str]) -> Iterator[str]:
    for row in rows:
        for match in NAME.finditer(_lower_label(row)):
            name = " ".join(match[1].split()).strip(" .,'")
            if len(name) > 2:
                yield name


def _lower_label(row: str) -> str:
    """Labels are printed in any case, names in capitals: the label alone is made small."""
    label, mark, rest = row.partition(":")
    if not mark:
        return row
    return f"{label.lower()}:{rest}"


def births_of(rows: list[str], today: date) -> list[date]:
    found = []
    for row in rows:
        place = BORN.search(row)
        match = DATE.search(row, place.end()) if place else None
        if match and (born := date_of(match)) and born <= today:
            found.append(born)
    return found


def date_of(match: re.Match[str]) -> date | None:
    month = match[2].lower()
    try:
        number = int(month) if month.isdigit() else MONTHS.index(month[:3]) + 1
        return date(int(match[3]), number, int(match[1]))
    except ValueError:
        return None


def _female(rows: list[str]) -> bool | None:
    said = {found.upper() for row in rows for found in SEX.findall(row)}
    return None if len(said) != 1 else said == {"PEREMPUAN"}
