"""What a layout of a paper is, and the case its words tell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from tests.pictures.people import Person, same_home, somebody
from tests.pictures.sheet import Faces, Ink, Sheet

WHITE: Ink = (248, 247, 243)


@dataclass(frozen=True)
class Case:
    """``person``: whom the paper is about; the rest of the family and two witnesses around them."""

    person: Person
    partner: Person
    child: Person
    witnesses: tuple[Person, Person]
    day: date  # of the event the paper tells
    serial: int

    @property
    def man(self) -> Person:
        return self.person if self.person.is_man else self.partner

    @property
    def woman(self) -> Person:
        return self.partner if self.person.is_man else self.person


def case_of(rng: Random, *, nik: str = "", name: str = "", kk: str = "") -> Case:
    """An invented case; what is given stands in place of the person's own."""
    person = somebody(rng, ages=(19, 60))
    given = {"nik": nik, "name": name.upper(), "kk": kk}
    person = replace(person, **{what: words for what, words in given.items() if words})
    partner = same_home(person, somebody(rng, ages=(19, 60), sex="P" if person.is_man else "L"))
    day = date(2026, 11, 1) - timedelta(days=rng.randrange(3, 700))
    return Case(
        person=person,
        partner=partner,
        child=same_home(person, somebody(rng, ages=(1, 6))),
        witnesses=(somebody(rng, ages=(25, 60), sex="L"), somebody(rng, ages=(25, 60), sex="L")),
        day=day,
        serial=rng.randint(1, 9998),
    )


@dataclass(frozen=True)
class Layout:
    """One way a document looks: ``width`` and ``height`` in mm, ``body`` the em in mm of what must be readable."""

    document: str
    name: str
    width: float
    height: float
    body: float
    draw: Callable[[Sheet, Case], None]
    held_out: bool = False
    paper: Ink = WHITE
    shiny: bool = False

    def print(self, case: Case, scale: float, rng: Random) -> Sheet:
        """The paper at ``scale`` pixels per millimetre."""
        faces = Faces.pick(rng, held_out=self.held_out)
        sheet = Sheet(self.width, self.height, scale, faces, rng, self.paper)
        self.draw(sheet, case)
        return sheet
