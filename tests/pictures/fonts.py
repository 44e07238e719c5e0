"""The faces the papers are printed and filled in with.

They come from wheels, so that a seed draws the same picture on every machine. ``held_out`` faces appear in the
held-out layouts only: a check that was tuned by looking at pictures should have been tuned without those.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from random import Random

from PIL import ImageFont


@dataclass(frozen=True)
class Face:
    """``regular`` and ``bold`` are files of an installed package: ``package:path`` or ``pymupdf_fonts:key``."""

    name: str
    kind: str  # sans, serif, mono or hand
    regular: str
    bold: str
    held_out: bool = False


FACES = (
    Face("Noto Sans", "sans", "pymupdf_fonts:notos", "pymupdf_fonts:notosbo"),
    Face("Lato", "sans", "font_lato:files/Lato-Regular.ttf", "font_lato:files/Lato-Bold.ttf"),
    Face("Caladea", "serif", "font_caladea:files/Caladea-Regular.ttf", "font_caladea:files/Caladea-Bold.ttf"),
    Face("Fira Mono", "mono", "pymupdf_fonts:fimo", "pymupdf_fonts:fimbo"),
    Face("Intuitive", "hand", "font_intuitive:files/Intuitive.ttf", "font_intuitive:files/Intuitive.ttf"),
    Face("FiraGO", "sans", "pymupdf_fonts:figo", "pymupdf_fonts:figbo", held_out=True),
    Face("Ubuntu", "sans", "pymupdf_fonts:ubuntu", "pymupdf_fonts:ubuntubo", held_out=True),
    Face(
        "Source Serif",
        "serif",
        "font_source_serif_pro:files/SourceSerifPro-Regular.ttf",
        "font_source_serif_pro:files/SourceSerifPro-Bold.ttf",
        held_out=True,
    ),
    Face("Cascadia Mono", "mono", "pymupdf_fonts:cascadia", "pymupdf_fonts:cascadiab", held_out=True),
    Face(
        "Shadows Into Light",
        "hand",
        "handwriting_generator:fonts/ShadowsIntoLight.ttf",
        "handwriting_generator:fonts/ShadowsIntoLight.ttf",
        held_out=True,
    ),
)


def pick(rng: Random, kind: str, *, held_out: bool) -> Face:
    return rng.choice([face for face in FACES if face.kind == kind and face.held_out == held_out])


@lru_cache(maxsize=512)
def font(face: Face, pixels: int, bold: bool = False) -> ImageFont.FreeTypeFont:
    """``pixels``: of the em. Raises LookupError naming the wheel that is missing."""
    return ImageFont.truetype(BytesIO(_content(face.bold if bold else face.regular)), pixels)


@lru_cache(maxsize=32)
def _content(where: str) -> bytes:
    package, _, rest = where.partition(":")
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise LookupError(f"the pictures need the font wheel {package.replace('_', '-')}: run make setup")
    if package == "pymupdf_fonts":
        from pymupdf_fonts import fontbuffers

        unpack: Callable[[], bytes] = fontbuffers[rest]
        return unpack()
    return (Path(spec.origin).parent / rest).read_bytes()
