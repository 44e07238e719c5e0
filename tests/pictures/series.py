"""A series of pictures to measure an inspector by: every paper, defect, way and grade about as often as the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from random import Random
from typing import TypeVar

from PIL import Image

from bot.contracts.files import Advice
from tests.pictures.papers import DOCUMENTS, case_of, layouts_of
from tests.pictures.photo import photograph
from tests.pictures.spoil import GRADES, SPOILERS, spoil
from tests.pictures.taking import good

Thing = TypeVar("Thing")
GOOD_FOR_EACH = 2  # as many usable photos as of any two defects: false advice is counted on them alone
HELD_OUT = (False, False, True)


@dataclass(frozen=True)
class Specimen:
    """A picture and the truth about it. ``defect`` None: usable. ``nik``: of whom it is about."""

    body: bytes
    document: str
    layout: str
    held_out: bool
    nik: str
    defect: Advice | None = None
    grade: int = 0
    way: str = ""
    again: bytes | None = None  # the same photo as somebody else's phone would send it on


def series(per_class: int, seed: int) -> Iterator[Specimen]:
    """``per_class`` pictures of each defect and twice as many usable ones; one by one, for they are large."""
    for defect in (None, *SPOILERS):
        rng = Random(f"{seed} {defect}")
        count = per_class * (GOOD_FOR_EACH if defect is None else 1)
        ways = SPOILERS[defect][1] if defect else ("",)
        documents, kinds = _deal(DOCUMENTS, count, rng), _deal(HELD_OUT, count, rng)
        dealt = zip(documents, kinds, _deal(GRADES, count, rng), _deal(ways, count, rng), strict=True)
        for number, (document, held_out, grade, way) in enumerate(dealt):
            one = specimen(document, rng, held_out=held_out, defect=defect, grade=grade, way=way)
            yield replace(one, again=sent_on(one.body, rng)) if defect is None and number < per_class else one


def specimen(
    document: str, rng: Random, *, held_out: bool, defect: Advice | None = None, grade: int = 1, way: str = ""
) -> Specimen:
    """One picture; ``way`` "" is for defects that come about in one way only."""
    layout = rng.choice(layouts_of(document, held_out=held_out))
    case = case_of(rng)
    taking = good(rng, shiny=layout.shiny)
    if defect is not None:
        taking = spoil(taking, defect, rng, grade=grade, way=way)
    body = photograph(layout, case, taking, rng.getrandbits(32))
    return Specimen(body, document, layout.name, held_out, case.person.nik, defect, grade, way)


def sent_on(body: bytes, rng: Random) -> bytes:
    """The same photo, made smaller and encoded anew, as WhatsApp does with what is passed on."""
    image = Image.open(BytesIO(body))
    shrink = rng.uniform(0.5, 0.9)
    size = (round(image.width * shrink), round(image.height * shrink))
    file = BytesIO()
    image.resize(size, Image.Resampling.LANCZOS).save(
        file, "JPEG", quality=rng.randint(45, 80), exif=image.getexif().tobytes()
    )
    return file.getvalue()


def _deal(things: Sequence[Thing], count: int, rng: Random) -> list[Thing]:
    """``count`` of them in any order, each as often as the next."""
    hand = [things[number % len(things)] for number in range(count)]
    rng.shuffle(hand)
    return hand
