"""Whom a card tells of: what one card says of a person can then be held against what another says of the same one.

OCR slips now and then, and a hint must be worth an officer's look. So only what was read with certainty is told, and
only of persons whose NIK was: on a family card a person is a row, on a KTP or KIA all of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from bot.contracts.files import Person
from bot.inspection.details import DATE, FAMILY, NUMBER, OF_ONE_PERSON, births_of, date_of, names_of
from bot.inspection.reading import Line, Page
from bot.nik import LENGTH

CERTAIN = 0.92  # what OCR thinks of a line; print that was photographed well has 0.97
NAME_BEFORE = re.compile(r"([A-Z][A-Z .,'’]*)$")
FEWEST_LETTERS = 3

Row = list[Line]


def persons_of(page: Page, document: str | None, today: date) -> tuple[Person, ...]:
    """``document``: what the page was taken for."""
    rows = [row for row, _ in page.line_rows()]
    if document in FAMILY:
        found = [person for row in rows for person in _members(row, today)]
    else:
        found = list(_holder(rows, today)) if document in OF_ONE_PERSON else []
    return tuple(person for person in found if person.birth or person.name)


def _holder(rows: list[Row], today: date) -> Iterator[Person]:
    niks = {nik for row in rows for _, nik in _niks(row)}
    if len(niks) == 1:
        certain = [_text(row) for row in rows if _is_certain(row)]
        births, names = set(births_of(certain, today)), set(names_of(certain))
        birth = births.pop().isoformat() if len(births) == 1 else ""
        yield Person(niks.pop(), birth, names.pop() if len(names) == 1 else "")


def _members(row: Row, today: date) -> Iterator[Person]:
    """Number, name, NIK, sex, place, date of birth stand in a row; one without a certain NIK tells of nobody."""
    for place, nik in _niks(row):
        yield Person(nik, _birth_in(row[place:], today), _name_in(row[: place + 1]))


def _niks(row: Row) -> Iterator[tuple[int, str]]:
    """(place of the line in the row, NIK)."""
    for place, line in enumerate(row):
        match = NUMBER.search(line.text)
        digits = re.sub(r"\D", "", match[0]) if match else ""
        if len(digits) == LENGTH and line.sure >= CERTAIN:
            yield place, digits


def _birth_in(lines: Row, today: date) -> str:
    matches = list(DATE.finditer(_text([line for line in lines if line.sure >= CERTAIN])))
    born = date_of(matches[0]) if len(matches) == 1 else None
    return born.isoformat() if born and born <= today else ""


def _name_in(lines: Row) -> str:
    """``lines``: up to the one with the NIK, in which the name may stand too. The member's number may be unsure."""
    told = [line for line in lines if any(map(str.isalpha, line.text)) or line is lines[-1]]
    text = _text(told)
    match = NUMBER.search(text)
    name = NAME_BEFORE.search(text[: match.start()].strip()) if match and _is_certain(told) else None
    letters = " ".join(name[1].split()).strip(" .,'") if name else ""
    return letters if sum(map(str.isalpha, letters)) >= FEWEST_LETTERS else ""


def _is_certain(lines: Row) -> bool:
    return all(line.sure >= CERTAIN for line in lines)


def _text(lines: Row) -> str:
    return "  ".join(line.text for line in lines)
