"""The pictures are what they say, the same for a seed, and the table counts what an inspector says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
import yaml
from PIL import Image

from bot.contracts.files import Advice, Detail, FetchedFile, FileKind, Inspection
from bot.errors import FileRefused
from tests.pictures import DOCUMENTS, picture_of
from tests.pictures.papers import LAYOUTS, Layout, case_of, layouts_of
from tests.pictures.series import GOOD_FOR_EACH, Specimen, series, specimen
from tests.pictures.spoil import SPOILERS
from tests.pictures.table import markdown, measure

KNOWN = Path(__file__).parents[2] / "data/knowledge/documents.yml"
UNREAD = Inspection(FileKind.JPEG, b"", b"", 1, 1, 1, frozenset(), (), "0" * 16, "", {})


class Knowing:
    """An inspector that is told the truth, or always says the opposite."""

    def __init__(self, specimens: list[Specimen], *, lies: bool = False, refuses: bool = False) -> None:
        self.truths = {body: one for one in specimens for body in (one.body, one.again) if body}
        self.lies, self.refuses = lies, refuses

    def inspect(self, file: FetchedFile) -> Inspection:
        if self.refuses:
            raise FileRefused("broken")
        truth = self.truths[file.body]
        right = frozenset({truth.defect} if truth.defect else ())
        return replace(
            UNREAD,
            advice=frozenset(Advice) - right if self.lies else right,
            documents=(("paspor" if self.lies else truth.document, 0.9),),
            fingerprint=f"{hash(file.body if self.lies else truth.body) & (2**64 - 1):016x}",
            details={Detail.NIK: (truth.nik[::-1] if self.lies else truth.nik,)},
        )

    def close(self) -> None: ...


@pytest.fixture(scope="module")
def few() -> list[Specimen]:
    return list(series(2, seed=3))


def test_every_paper_of_the_catalogue_that_is_drawn_has_layouts_of_both_kinds() -> None:
    known = {entry["id"] for entry in yaml.safe_load(KNOWN.read_text(encoding="utf-8"))["documents"]}
    assert set(DOCUMENTS) <= known
    for document in DOCUMENTS:
        assert len(layouts_of(document, held_out=False)) >= 2
        assert layouts_of(document, held_out=True)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda one: f"{one.document}-{one.name}")
def test_no_word_is_printed_beside_the_paper(layout: Layout) -> None:
    for seed in range(5):
        rng = Random(seed)
        left, top, right, bottom = layout.print(case_of(rng), max(2.0, 13 / layout.body), rng).printed
        assert left > 1
        assert top > 1
        assert right < layout.width - 1
        assert bottom < layout.height - 1


def test_a_seed_gives_the_same_picture_and_another_seed_another() -> None:
    assert picture_of("kk", 4) == picture_of("kk", 4)
    assert picture_of("kk", 4) != picture_of("kk", 5)


def test_a_number_asked_for_stands_on_the_card() -> None:
    rng, nik = Random(1), "9971010107900001"
    assert case_of(rng, nik=nik, name="Sitti Lallo").person.nik == nik
    assert picture_of("ktp_el", 1, nik=nik) != picture_of("ktp_el", 1)


def test_invented_numbers_are_well_formed_and_tell_the_birth_date() -> None:
    for seed in range(50):
        person = case_of(Random(seed)).person
        day = int(person.nik[6:8]) - (0 if person.is_man else 40)
        born = date(person.born.year, int(person.nik[8:10]), day)
        assert len(person.nik) == 16
        assert born == person.born
        assert person.nik[:4] == "7310"
        assert person.nik[12:] != "0000"


def test_what_nobody_can_draw_is_refused_by_name() -> None:
    with pytest.raises(KeyError, match="paspor"):
        picture_of("paspor", 1)
    with pytest.raises(ValueError, match="crumpled"):
        picture_of("kk", 1, defects=("crumpled",))


def test_defects_can_be_had_together() -> None:
    dark = Image.open(BytesIO(picture_of("akta_kelahiran", 2, defects=(Advice.DARK, Advice.BLURRED)))).convert("L")
    usual = Image.open(BytesIO(picture_of("akta_kelahiran", 2))).convert("L")
    assert dark.getextrema()[1] < 110 < usual.getextrema()[1]


def test_a_photo_taken_with_the_phone_turned_says_so_and_one_upside_down_does_not() -> None:
    rng = Random(2)
    good = [specimen("ktp_el", rng, held_out=False).body for _ in range(8)]
    turned = [Image.open(BytesIO(body)).getexif().get(0x0112, 1) for body in good]
    assert {1} < set(turned) <= {1, 3, 6, 8}
    wrong = specimen("ktp_el", rng, held_out=False, defect=Advice.UPSIDE_DOWN, way="head_down").body
    assert 0x0112 not in Image.open(BytesIO(wrong)).getexif()


def test_a_series_has_every_class_and_stays_within_a_phones_pixels(few: list[Specimen]) -> None:
    counts = {defect: sum(one.defect is defect for one in few) for defect in (None, *SPOILERS)}
    assert counts == {None: 2 * GOOD_FOR_EACH, **dict.fromkeys(SPOILERS, 2)}
    assert set(SPOILERS) == set(Advice)
    for one in few:
        width, height = Image.open(BytesIO(one.body)).size
        assert width * height < 13_000_000


def test_an_inspector_that_is_always_right_has_full_marks(few: list[Specimen]) -> None:
    table = measure(Knowing(few), few)
    assert all(table.found(advice).value == 1 for advice in Advice)
    assert all(table.false(advice).hits == 0 for advice in Advice)
    assert table.kind().value == table.same().value == 1
    assert table.mistaken().hits == 0
    assert f"| all | {table.kind()}" in markdown(table)


def test_one_that_is_always_wrong_has_none(few: list[Specimen]) -> None:
    table = measure(Knowing(few, lies=True), few)
    assert all(table.found(advice).hits == 0 for advice in Advice)
    assert all(table.false(advice).value == 1 for advice in Advice)
    assert table.kind().hits == table.nik().hits == table.same().hits == 0


def test_a_refused_file_counts_as_nothing_said(few: list[Specimen]) -> None:
    table = measure(Knowing(few, refuses=True), few)
    assert table.refused().value == 1
    assert table.found(Advice.DARK).hits == table.kind().hits == 0
