"""PDFs: bounded before a page is drawn, drawn for the checks, and written anew with nothing but their pages.

What is kept is copied by a list of what may stay. Scripts, actions, attached files, links, metadata and forms go; of
annotations only how they look stays, since a form filled in on a phone keeps its answers there. What pictures inside
tell beside their pixels goes too (`bot.inspection.embedded`).
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from itertools import takewhile
from typing import Any

import pikepdf
import pypdfium2
from pikepdf import Name
from PIL import Image

from bot.contracts.files import Refusal
from bot.errors import FileRefused
from bot.inspection.bounds import (
    LARGEST_PDF_UNFOLDED,
    LARGEST_PIXELS,
    LARGEST_STREAM,
    MOST_PDF_OBJECTS,
    bound_pages,
    bound_pixels,
)
from bot.inspection.embedded import filters_of, strip_picture

DRAWN_SIDE = 1800  # pixels of the longer side: what is read; A4 at 150 dpi
WRONG_PASSWORD = 4  # FPDF_ERR_PASSWORD
PAGE_KEYS = frozenset({"/Type", "/MediaBox", "/CropBox", "/Rotate", "/Resources", "/Contents", "/Group", "/UserUnit"})
MARK_KEYS = frozenset({"/Type", "/Subtype", "/Rect", "/AP", "/AS", "/F"})
MARKS = frozenset({"/Widget", "/FreeText", "/Stamp", "/Ink", "/Highlight", "/Square", "/Circle", "/Line", "/Polygon"})
STREAM_KEYS_GONE = ("/Metadata", "/PieceInfo", "/AF", "/OPI", "/Ref", "/AA", "/A", "/JS", "/EF", "/F")
CHUNK = 1 << 20
FLATE = frozenset({"/FlateDecode", "/Fl"})


def check_pdf(body: bytes) -> int:
    """How many pages. Raises FileRefused: LOCKED, PAGES, PIXELS, COSTLY, BROKEN."""
    bound_pages(_count(body))
    with _opened(body) as pdf:
        if len(pdf.objects) > MOST_PDF_OBJECTS:
            raise FileRefused(Refusal.COSTLY)
        pages = len(pdf.pages)
        bound_pages(pages)
        left = LARGEST_PDF_UNFOLDED
        for stream in _streams(pdf):
            _bound_picture(stream)
            left -= _unfolded(stream)
            if left < 0:
                raise FileRefused(Refusal.COSTLY)
    return pages


def _count(body: bytes) -> int:
    """Told by pdfium, which believes what the file says of itself: a million pages are refused before any is read."""
    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == WRONG_PASSWORD or "password" in str(error).lower()
        raise FileRefused(Refusal.LOCKED if locked else Refusal.BROKEN) from None
    try:
        return len(document)
    finally:
        document.close()


def _opened(body: bytes) -> pikepdf.Pdf:
    try:
        return pikepdf.open(io.BytesIO(body))
    except pikepdf.PasswordError:
        raise FileRefused(Refusal.LOCKED) from None
    except (pikepdf.PdfError, ValueError, RuntimeError):
        raise FileRefused(Refusal.BROKEN) from None


def _streams(pdf: pikepdf.Pdf) -> Iterator[Any]:
    return (one for one in pdf.objects if isinstance(one, pikepdf.Stream))


def _bound_picture(stream: Any) -> None:
    if stream.get("/Subtype") == Name.Image:
        sides = [stream.get(key, 1) for key in ("/Width", "/Height")]
        if all(isinstance(side, int) for side in sides):
            bound_pixels(sides[0], sides[1], LARGEST_PIXELS)


def _unfolded(stream: Any) -> int:
    """Bytes the stream unfolds to, counted in pieces that are let go at once. Raises FileRefused COSTLY."""
    pieces = iter([stream.read_raw_bytes()])
    names = filters_of(stream)
    if len(names) > 2 and names[0] in FLATE:
        raise FileRefused(Refusal.COSTLY)  # packed three times over: nobody's program does that
    for _ in takewhile(FLATE.__contains__, names):
        pieces = _inflated(pieces)
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > LARGEST_STREAM:
            raise FileRefused(Refusal.COSTLY)
    return size


def _inflated(pieces: Iterator[bytes]) -> Iterator[bytes]:
    unpack = zlib.decompressobj()
    for piece in pieces:
        left = piece
        while left:
            try:
                yield unpack.decompress(left, CHUNK)
            except zlib.error:
                return  # readers of PDFs take what came before; so does pdfium, within the memory it may have
            left = unpack.unconsumed_tail


def draw(body: bytes, number: int) -> tuple[Image.Image, tuple[int, int]]:
    """A page as a picture, RGB, at most DRAWN_SIDE; and its size in pixels at 150 dpi. ``number`` from 0."""
    document = pypdfium2.PdfDocument(body)
    try:
        document.init_forms()  # what is filled in is drawn too
        page = document[number]
        width, height = page.get_size()
        if not (1 <= width < 1e5 and 1 <= height < 1e5):
            raise FileRefused(Refusal.PIXELS)
        scale = DRAWN_SIDE / max(width, height)
        picture = page.render(scale=scale, may_draw_forms=True, no_smoothtext=False).to_pil().convert("RGB")
        return picture, (picture.width, picture.height)
    except pypdfium2.PdfiumError:
        raise FileRefused(Refusal.BROKEN) from None
    finally:
        document.close()


def clean_pdf(body: bytes) -> bytes:
    """Raises FileRefused BROKEN."""
    try:
        with _opened(body) as pdf, pikepdf.new() as kept:
            for page in pdf.pages:
                _strip_page(page.obj, pdf)
                kept.pages.append(page)
            for stream in _streams(kept):
                _strip_stream(stream)
            out = io.BytesIO()
            kept.save(out, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
            return out.getvalue()
    except (pikepdf.PdfError, ValueError, RuntimeError):
        raise FileRefused(Refusal.BROKEN) from None


def _strip_page(page: Any, pdf: pikepdf.Pdf) -> None:
    marks = [_looks_only(one) for one in page.get("/Annots", []) if str(one.get("/Subtype", "")) in MARKS]
    for key in list(page.keys()):
        if key not in PAGE_KEYS and key != "/Parent":
            del page[key]
    if marks:
        page["/Annots"] = pdf.make_indirect(pikepdf.Array(marks))


def _looks_only(mark: Any) -> pikepdf.Dictionary:
    # a widget without its form is drawn by nobody; a stamp of the same look is
    kept = {key: mark[key] for key in mark if key in MARK_KEYS}
    return pikepdf.Dictionary({**kept, "/Subtype": Name.Stamp})


def _strip_stream(stream: Any) -> None:
    for key in STREAM_KEYS_GONE:
        if key in stream:
            del stream[key]
    if stream.get("/Type") == Name.Metadata:  # of a layer or a font
        stream.write(b"")
    strip_picture(stream)
