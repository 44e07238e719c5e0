"""Pictures inside a PDF: their pixels stay as they are, what they tell beside them goes.

A scan made by a phone carries the place as a photo does, and more than once: in the JPEG's head, and in the small
second picture that phones put behind its end. Nothing is decoded here, since decoding costs quality and memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Name

JPEG = frozenset({"/DCTDecode", "/DCT"})
JPEG_2000 = frozenset({"/JPXDecode"})
START, END, SCAN, COMMENT = 0xD8, 0xD9, 0xDA, 0xFE
APP1, APP13, APP15 = 0xE1, 0xED, 0xEF  # APP0 and APP14 tell how to read the colours
# FF 00 is a byte of the picture, FF D0 to D7 stand between parts of it, FF FF fills
MARKER = re.compile(rb"\xff([^\x00\x01\xd0-\xd7\xff])")
BOXES = frozenset({b"jP  ", b"ftyp", b"jp2h", b"jp2c"})


def filters_of(stream: Any) -> list[str]:
    """How a stream is packed, the outermost first: a name, a list of names, or nothing."""
    found = stream.get("/Filter")
    if found is None:
        return []
    return [str(one) for one in found] if isinstance(found, pikepdf.Array) else [str(found)]


def strip_picture(stream: Any) -> None:
    """Raises pikepdf.PdfError for what cannot be unpacked; how far that may unfold is bounded before."""
    filters = filters_of(stream)
    if not filters or filters[-1] not in JPEG | JPEG_2000:
        return
    parameters = _parameters(stream, len(filters))
    body = _unpacked(stream, filters[:-1], parameters[:-1])
    is_jpeg = filters[-1] in JPEG
    stream.write(
        without_exif(body) if is_jpeg else without_boxes(body),
        filter=Name.DCTDecode if is_jpeg else Name.JPXDecode,
        decode_parms=parameters[-1],
    )


def _parameters(stream: Any, filters: int) -> list[Any]:
    """One for each filter; None where there is none."""
    found = stream.get("/DecodeParms")
    each = list(found) if isinstance(found, pikepdf.Array) else [found]
    return (each + [None] * filters)[:filters]


def _unpacked(stream: Any, filters: list[str], parameters: list[Any]) -> bytes:
    raw: bytes = stream.read_raw_bytes()
    if not filters:
        return raw
    stream.write(raw, filter=[Name(one) for one in filters], decode_parms=parameters)
    unpacked: bytes = stream.read_bytes()
    return unpacked


def without_exif(jpeg: bytes) -> bytes:
    """A JPEG of nothing but what its decoder needs: no EXIF, XMP, comments, nor anything behind its end."""
    start = jpeg.find(b"\xff\xd8")  # readers look for it too
    return b"" if start < 0 else b"\xff\xd8" + b"".join(_segments(jpeg, start + 2)) + b"\xff\xd9"


def _segments(jpeg: bytes, place: int) -> Iterator[bytes]:
    while found := MARKER.search(jpeg, place):
        marker = found[1][0]
        if marker in (START, END):
            return
        place = found.end() + int.from_bytes(jpeg[found.end() : found.end() + 2], "big")
        if marker == SCAN:  # its length is of its head alone; a progressive one has several
            following = MARKER.search(jpeg, place)
            place = following.start() if following else len(jpeg)
        if not (APP1 <= marker <= APP13 or marker in (APP15, COMMENT)):
            yield jpeg[found.start() : place]


def without_boxes(jpeg_2000: bytes) -> bytes:
    """A JPEG 2000 of its picture alone; one that begins with its bare code has no boxes."""
    if jpeg_2000[4:8] not in BOXES:
        return jpeg_2000
    kept, place = bytearray(), 0
    while place + 8 <= len(jpeg_2000):
        length = int.from_bytes(jpeg_2000[place : place + 4], "big")
        if length == 1:
            length = int.from_bytes(jpeg_2000[place + 8 : place + 16], "big")
        end = place + length if length >= 8 else len(jpeg_2000)  # 0: up to the end
        if jpeg_2000[place + 4 : place + 8] in BOXES:
            kept += jpeg_2000[place:end]
        place = end
    return bytes(kept)
