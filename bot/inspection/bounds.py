"""The bounds of one file, known before anything of it is decoded."""

from __future__ import annotations

from bot.contracts.files import Refusal
from bot.errors import FileRefused

LARGEST_BYTES = 16 * 1024 * 1024  # as Twilio's own
LARGEST_PIXELS = 50_000_000  # the largest cameras of phones, and an A4 page at 600 dpi; 150 MB decoded
LARGEST_WHOLE_PIXELS = 26_000_000  # where decoding cannot be reduced: 78 MB
LARGEST_LAYERED_PIXELS = 16_000_000  # the same with an alpha channel, held beside its flat copy: 112 MB
LARGEST_WEBP_PIXELS = 12_500_000  # its decoder holds a picture four times: 200 MB; phones send smaller ones
LARGEST_SIDE = 20_000  # a panorama; beyond it nothing is a page, and some decoders take memory by the line
LONGEST_PDF = 15  # pages; a court's decision has ten
LARGEST_STREAM = 160_000_000  # bytes a PDF's stream may unfold to: a picture of 50 MP
LARGEST_PDF_UNFOLDED = 400_000_000  # all of them together
MOST_PDF_OBJECTS = 50_000


def bound_bytes(size: int) -> None:
    if size == 0:
        raise FileRefused(Refusal.EMPTY)
    if size > LARGEST_BYTES:
        raise FileRefused(Refusal.BYTES)


def bound_pixels(width: int, height: int, most: int = LARGEST_PIXELS) -> None:
    if width < 1 or height < 1:
        raise FileRefused(Refusal.BROKEN)
    if width * height > most or max(width, height) > LARGEST_SIDE:
        raise FileRefused(Refusal.PIXELS)


def bound_pages(pages: int) -> None:
    if pages < 1:
        raise FileRefused(Refusal.BROKEN)
    if pages > LONGEST_PDF:
        raise FileRefused(Refusal.PAGES)
