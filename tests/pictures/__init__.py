"""Photos of civil registry papers with invented data, made from a seed; nobody's paper is among them.

    picture_of("kk", 7)                                     # a usable photo
    picture_of("ktp_el", 7, nik=nik, name="Sitti Lallo", defects=(Advice.BLURRED,))
    picture_of("akta_kelahiran", 7, defects=("dark", "cut_off"))

Written by somebody who never saw the checks, so that the table of ``tests.pictures.table`` says something.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from bot.contracts.files import Advice
from tests.pictures.papers import DOCUMENTS, case_of, layouts_of
from tests.pictures.photo import photograph
from tests.pictures.spoil import spoil
from tests.pictures.taking import good

__all__ = ["DOCUMENTS", "picture_of"]


def picture_of(
    document: str, seed: int, *, nik: str = "", name: str = "", kk: str = "", defects: Sequence[Advice | str] = ()
) -> bytes:
    """A JPEG of that document (an id of documents.yml). ``nik``, ``name`` and ``kk`` stand for whom it is about where
    the paper names them; left out, they are invented. Raises KeyError for a document nobody can draw and ValueError
    for a defect nobody knows."""
    rng = Random(f"{document} {seed}")
    layout = rng.choice(layouts_of(document))
    case = case_of(rng, nik=nik, name=name, kk=kk)
    taking = good(rng, shiny=layout.shiny)
    for defect in defects:
        taking = spoil(taking, Advice(defect), rng, grade=1)
    return photograph(layout, case, taking, rng.getrandbits(32))
