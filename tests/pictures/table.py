"""How often an inspector is right about pictures: ``python -m tests.pictures.table --per-class 40 --seed 1``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import click

from bot.contracts.files import Advice, Detail, FetchedFile, Inspection
from bot.errors import FileRefused
from bot.gateways.base import Inspector
from tests.pictures.papers import DOCUMENTS
from tests.pictures.series import Specimen, series
from tests.pictures.spoil import GRADES, SPOILERS

SAME_PAPER = {"ktp_ortu": "ktp_el", "ktp_saksi": "ktp_el", "kk_lama": "kk"}
"""One paper under several ids: a picture cannot tell whose card or how old a family card it is."""
SAME_BITS = 8  # of 64: two fingerprints this near are called one picture


@dataclass(frozen=True)
class Share:
    """``hits`` of ``of``; worth 0 when there was none."""

    hits: int
    of: int

    @property
    def value(self) -> float:
        return self.hits / self.of if self.of else 0.0

    def __str__(self) -> str:
        return f"{self.value:.2f} ({self.hits}/{self.of})" if self.of else "–"


@dataclass(frozen=True)
class Finding:
    """What the inspector said of a specimen; ``inspection`` None: it refused the file."""

    truth: Specimen
    inspection: Inspection | None
    apart: int | None = None  # bits between the fingerprints of the photo and of the same sent on

    def says(self, advice: Advice) -> bool:
        return self.inspection is not None and advice in self.inspection.advice

    @property
    def kind_is_right(self) -> bool:
        if self.inspection is None or not self.inspection.documents:
            return False
        first = self.inspection.documents[0][0]
        return SAME_PAPER.get(first, first) == self.truth.document

    @property
    def nik_is_right(self) -> bool:
        return self.inspection is not None and self.truth.nik in self.inspection.details.get(Detail.NIK, ())


@dataclass
class Table:
    findings: list[Finding] = field(default_factory=list)

    def share(self, right: Callable[[Finding], bool], among: Callable[[Finding], bool]) -> Share:
        some = [finding for finding in self.findings if among(finding)]
        return Share(sum(map(right, some)), len(some))

    def found(
        self, advice: Advice, *, grade: int | None = None, way: str | None = None, held_out: bool | None = None
    ) -> Share:
        """How often the advice is given when its defect is there."""
        return self.share(
            lambda one: one.says(advice),
            lambda one: one.truth.defect is advice and grade in (None, one.truth.grade)
            and way in (None, one.truth.way) and held_out in (None, one.truth.held_out),
        )  # fmt: skip

    def false(self, advice: Advice, *, held_out: bool | None = None) -> Share:
        """How often it is given for a usable photo."""
        return self.share(lambda one: one.says(advice), lambda one: _usable(one, held_out=held_out))

    def kind(self, document: str | None = None, *, held_out: bool | None = None) -> Share:
        """How often the first guess of the document is right for a usable photo."""
        return self.share(
            lambda one: one.kind_is_right,
            lambda one: _usable(one, held_out=held_out) and document in (None, one.truth.document),
        )

    def nik(self, *, held_out: bool | None = None) -> Share:
        """How often the number of a usable photo of an identity card is read without a mistake."""
        return self.share(
            lambda one: one.nik_is_right,
            lambda one: _usable(one, held_out=held_out) and one.truth.document == "ktp_el",
        )

    def same(self) -> Share:
        """How often a photo that was sent on is known again."""
        return self.share(
            lambda one: one.apart is not None and one.apart <= SAME_BITS, lambda one: one.truth.again is not None
        )

    def mistaken(self) -> Share:
        """How often two usable photos of different papers would be called one."""
        prints = [int(one.inspection.fingerprint, 16) for one in self.findings if _usable(one) and one.inspection]
        pairs = [(one, other) for place, one in enumerate(prints) for other in prints[place + 1 :]]
        return Share(sum((one ^ other).bit_count() <= SAME_BITS for one, other in pairs), len(pairs))

    def refused(self) -> Share:
        return self.share(lambda one: one.inspection is None, lambda one: True)


def measure(inspector: Inspector, specimens: Iterable[Specimen]) -> Table:
    return Table([_look(inspector, one) for one in specimens])


def markdown(table: Table) -> str:
    parts = [_advice(table), _ways(table), _kinds(table), _rest(table)]
    return "\n\n".join(parts) + "\n"


def _look(inspector: Inspector, truth: Specimen) -> Finding:
    try:
        inspection = inspector.inspect(FetchedFile(truth.body, "image/jpeg"))
        again = truth.again and inspector.inspect(FetchedFile(truth.again, "image/jpeg"))
    except FileRefused:
        return Finding(truth, None)
    apart = (int(inspection.fingerprint, 16) ^ int(again.fingerprint, 16)).bit_count() if again else None
    return Finding(truth, inspection, apart)


def _usable(one: Finding, *, held_out: bool | None = None) -> bool:
    return one.truth.defect is None and held_out in (None, one.truth.held_out)


def _rows(head: str, rows: Iterable[Iterable[object]]) -> str:
    lines = [f"| {head} |", "|" + "---|" * (head.count("|") + 1)]
    return "\n".join([*lines, *(f"| {' | '.join(map(str, row))} |" for row in rows)])


def _advice(table: Table) -> str:
    head = "check | found when there | light | middle | strong | seen layouts | held out | said of usable photos"
    return _rows(head, (
        (advice, table.found(advice), *(table.found(advice, grade=grade) for grade in GRADES),
         table.found(advice, held_out=False), table.found(advice, held_out=True), table.false(advice))
        for advice in SPOILERS
    ))  # fmt: skip


def _ways(table: Table) -> str:
    named = [(advice, way) for advice, (_, ways) in SPOILERS.items() for way in ways if way]
    return _rows(
        "way | found when there", ((f"{advice}: {way}", table.found(advice, way=way)) for advice, way in named)
    )


def _kinds(table: Table) -> str:
    rows = [
        (name or "all", table.kind(name), table.kind(name, held_out=False), table.kind(name, held_out=True))
        for name in (*DOCUMENTS, None)
    ]
    return _rows("paper, sharp | kind right | seen layouts | held out", rows)


def _rest(table: Table) -> str:
    rows = [
        ("NIK right on sharp KTP", table.nik()),
        ("… seen layouts", table.nik(held_out=False)),
        ("… held out", table.nik(held_out=True)),
        ("same picture twice, known", table.same()),
        ("different papers called one", table.mistaken()),
        ("files refused", table.refused()),
        ("pictures", len(table.findings)),
    ]
    return _rows("other | share", rows)


@click.command()
@click.option("--per-class", default=36, show_default=True, help="Pictures of each defect; twice as many usable ones.")
@click.option("--seed", default=1, show_default=True)
def main(per_class: int, seed: int) -> None:
    """Look at a series of pictures and print how often each check is right."""
    from bot.gateways.inspection import InspectionProcess

    inspector: Inspector = InspectionProcess()
    try:
        click.echo(markdown(measure(inspector, series(per_class, seed))))
    finally:
        inspector.close()


if __name__ == "__main__":
    main()
