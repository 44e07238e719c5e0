"""A sheet of paper that is printed on and written on; every measure is in millimetres from its upper left corner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from PIL import Image, ImageDraw

from tests.pictures import fonts
from tests.pictures.fonts import Face

Ink = tuple[int, int, int]
Spot = tuple[float, float]
BLACK: Ink = (28, 26, 30)
GREY: Ink = (105, 105, 108)
BLUE_PEN: Ink = (26, 46, 138)
CAP = 0.7  # height of a capital letter over the em of its face


@dataclass(frozen=True)
class Faces:
    """What one paper is set in."""

    sans: Face
    serif: Face
    mono: Face
    hand: Face

    @classmethod
    def pick(cls, rng: Random, *, held_out: bool) -> Faces:
        return cls(*(fonts.pick(rng, kind, held_out=held_out) for kind in ("sans", "serif", "mono", "hand")))


class Sheet:
    """``scale``: pixels per millimetre. ``printed``: the box (left, top, right, bottom) around all words so far."""

    def __init__(self, width: float, height: float, scale: float, faces: Faces, rng: Random, paper: Ink) -> None:
        self.width, self.height, self.scale, self.faces, self.rng = width, height, scale, faces, rng
        self.image = Image.new("RGB", (round(width * scale), round(height * scale)), paper)
        self.pen = ImageDraw.Draw(self.image)
        self.printed = (width, height, 0.0, 0.0)

    def px(self, length: float) -> int:
        return max(1, round(length * self.scale))

    def at(self, spot: Spot) -> Spot:
        return spot[0] * self.scale, spot[1] * self.scale

    def text(
        self, spot: Spot, words: str, em: float, face: Face | None = None, *, bold: bool = False,
        ink: Ink = BLACK, anchor: str = "ls",
    ) -> float:  # fmt: skip
        """Print words; returns where they end on the right. ``em`` in mm, ``anchor`` as Pillow names it."""
        font = fonts.font(face or self.faces.sans, self.px(em), bold)
        self.pen.text(self.at(spot), words, fill=ink, font=font, anchor=anchor)
        left, top, right, bottom = (edge / self.scale for edge in self.pen.textbbox(self.at(spot), words, font, anchor))
        box = self.printed
        self.printed = (min(box[0], left), min(box[1], top), max(box[2], right), max(box[3], bottom))
        return right

    def centred(self, y: float, words: str, em: float, face: Face | None = None, *, bold: bool = False) -> None:
        self.text((self.width / 2, y), words, em, face, bold=bold, anchor="ms")

    def width_of(self, words: str, em: float, face: Face, bold: bool = False) -> float:
        return float(fonts.font(face, self.px(em), bold).getlength(words)) / self.scale

    def paragraph(self, spot: Spot, width: float, words: str, em: float, face: Face, leading: float = 1.45) -> float:
        """Print words in lines of that width; returns the baseline after the last."""
        line, y = "", spot[1]
        for word in words.split():
            longer = f"{line} {word}".strip()
            if line and self.width_of(longer, em, face) > width:
                self.text((spot[0], y), line, em, face)
                line, y = word, y + em * leading
            else:
                line = longer
        self.text((spot[0], y), line, em, face)
        return y + em * leading

    def fields(
        self, spot: Spot, rows: Sequence[tuple[str, str]], em: float, face: Face, *, colon: float,
        leading: float = 1.55, written: bool = False, bold: bool = False,
    ) -> float:  # fmt: skip
        """Rows ``label : value``, the colons in one column ``colon`` mm to the right; returns the next baseline.
        ``written``: the values are filled in by hand on a dotted line."""
        x, y = spot
        for label, value in rows:
            self.text((x, y), label, em, face)
            self.text((x + colon, y), ":", em, face)
            if written:
                self.text((x + colon + em, y + em * 0.12), "." * int((self.width - x - colon - em - 18) / em * 3.2), em)
                self.hand((x + colon + em * 1.4, y - em * 0.05), value, em * 1.25)
            else:
                self.text((x + colon + em * 0.7, y), value, em, face, bold=bold)
            y += em * leading
        return y

    def hand(self, spot: Spot, words: str, em: float, ink: Ink = BLUE_PEN) -> None:
        """Write words by hand: no two letters stand alike on the line."""
        x, y = spot
        for letter in words:
            size = em * self.rng.uniform(0.95, 1.06)
            x = self.text((x, y + em * self.rng.gauss(0, 0.025)), letter, size, self.faces.hand, ink=ink)
            x += em * (0.26 if letter == " " else self.rng.uniform(0.0, 0.06))

    def cells(self, spot: Spot, words: str, cell: float, *, written: bool = True) -> None:
        """One letter a box, as forms want numbers."""
        for place, letter in enumerate(words):
            x = spot[0] + place * cell
            self.box((x, spot[1] - cell), (x + cell, spot[1]), width=0.15)
            if written:
                self.hand((x + cell * 0.24, spot[1] - cell * 0.2), letter, cell * 0.95)
            else:
                self.text((x + cell / 2, spot[1] - cell * 0.2), letter, cell * 0.8, anchor="ms")

    def line(self, start: Spot, end: Spot, width: float = 0.25, ink: Ink = BLACK) -> None:
        self.pen.line([self.at(start), self.at(end)], fill=ink, width=self.px(width))

    def box(self, start: Spot, end: Spot, width: float = 0.25, ink: Ink = BLACK, fill: Ink | None = None) -> None:
        self.pen.rectangle([self.at(start), self.at(end)], outline=ink, width=self.px(width), fill=fill)

    def table(self, spot: Spot, widths: Sequence[float], rows: Sequence[Sequence[str]], em: float, row: float) -> float:
        """A ruled table, its first row in bold; returns where it ends below."""
        x, top = spot
        for number, cells in enumerate(rows):
            left, y = x, top + number * row
            for width, words in zip(widths, cells, strict=True):
                self.box((left, y), (left + width, y + row), width=0.15)
                self.text((left + 0.8, y + row * 0.66), words, em, bold=number == 0)
                left += width
        return top + len(rows) * row
