"""Files nobody should send: each kind by its name, how it is made, and what may be answered."""

from __future__ import annotations

import gzip
import random
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

from bot.contracts.files import Refusal
from tests.inspection import making
from tests.inspection.making import chunk, jpeg, page, pdf, png, raw_pdf, raw_png, saved, webp, with_chunk, with_segment

HTML = b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"
CATALOG = "<< /Type /Catalog /Pages 2 0 R >>"
MILLION = 1_000_000


@dataclass(frozen=True)
class Kind:
    """``answers``: any of them; None among them where the file may also be kept, within every bound."""

    make: Callable[[], bytes]
    answers: frozenset[Refusal | None]


def _of(make: Callable[[], bytes], *answers: Refusal | None) -> Kind:
    return Kind(make, frozenset(answers))


def _foreign(body: bytes) -> Kind:
    return _of(lambda: body, Refusal.TYPE)


def _cut(body: Callable[[], bytes], share: float) -> Kind:
    # nothing but its first bytes is there: then it is no picture at all
    return _of(lambda: body()[: max(3, int(len(body()) * share))], Refusal.BROKEN, Refusal.TYPE)


def _animated(form: str, frames: int) -> bytes:
    steps = [Image.new("RGB", (8, 8), (number % 256, number // 256, 0)) for number in range(frames)]
    return making.written(steps[0], form, save_all=True, append_images=steps[1:])


def _webp_head(kind: bytes, data: bytes) -> bytes:
    body = b"WEBP" + kind + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _canvas(flags: int, width: int, height: int) -> bytes:
    sides = b"".join((side - 1).to_bytes(3, "little") for side in (width, height))
    return _webp_head(b"VP8X", bytes([flags, 0, 0, 0]) + sides)


def _picture_in_pdf(width: int, height: int, data: bytes = b"\0" * 100, **keys: object) -> bytes:
    made = pdf(b"q 500 0 0 500 0 0 cm /I Do Q")
    shown = made.make_stream(data, Type=Name.XObject, Subtype=Name.Image, Width=width, Height=height)
    for key, value in ({"ColorSpace": Name.DeviceRGB, "BitsPerComponent": 8} | keys).items():
        shown["/" + key] = value
    made.pages[0].obj["/Resources"] = Dictionary(XObject=Dictionary(I=shown))
    return saved(made)


def _packed(size: int, times: int = 1) -> bytes:
    made = pdf()
    body = b" " * size
    for _ in range(times):
        body = zlib.compress(body, 9)
    made.pages[0].obj["/Contents"] = pikepdf.Stream(made, body)
    made.pages[0].obj["/Contents"].write(body, filter=Array([Name.FlateDecode] * times))
    return saved(made)


def _drawing_itself() -> bytes:
    made = pdf(b"/F Do")
    form = made.make_stream(b"/F Do /F Do", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 595, 842]))
    form["/Resources"] = Dictionary(XObject=Dictionary(F=form))
    made.pages[0].obj["/Resources"] = Dictionary(XObject=Dictionary(F=form))
    return saved(made)


def _drawing_without_end(depth: int = 30) -> bytes:
    """Each form draws the next ten times: 10 to the power of ``depth``."""
    made = pdf(b"/F Do")
    inner = made.make_stream(b"0 0 9 9 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    for _ in range(depth):
        outer = made.make_stream(b"/F Do " * 10, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
        outer["/Resources"] = Dictionary(XObject=Dictionary(F=inner))
        inner = outer
    made.pages[0].obj["/Resources"] = Dictionary(XObject=Dictionary(F=inner))
    return saved(made)


def _pages_in_a_circle() -> bytes:
    return raw_pdf(
        CATALOG,
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Pages /Kids [2 0 R] /Parent 2 0 R /Count 1 >>",
    )


def _raw_page(keys: str) -> bytes:
    return raw_pdf(CATALOG, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", f"<< /Type /Page /Parent 2 0 R {keys} >>")


def _bad_sum() -> bytes:
    body = bytearray(png())
    body[30] ^= 0xFF
    return bytes(body)


def _noise(seed: int, size: int) -> bytes:
    return random.Random(seed).randbytes(size)


def _scrambled(seed: int) -> bytes:
    """A JPEG whose pixels' code is noise."""
    body = jpeg()
    return body[:700] + _noise(seed, len(body) - 800) + body[-100:]


KEPT_OR = (None, Refusal.BROKEN, Refusal.COSTLY, Refusal.PIXELS)

HOSTILE: dict[str, Kind] = {
    # --- larger than they may be ---
    "png of 3.6 thousand million pixels": _of(lambda: raw_png(60_000, 60_000), Refusal.PIXELS),
    "png of the largest sides there are": _of(lambda: raw_png(2**31 - 1, 2**31 - 1), Refusal.PIXELS, Refusal.BROKEN),
    "png without width": _of(lambda: raw_png(0, 10), Refusal.BROKEN, Refusal.PIXELS),
    "png 65500 pixels wide and one high": _of(lambda: raw_png(65_500, 1), Refusal.PIXELS),
    "png of 36 megapixels": _of(lambda: raw_png(6_000, 6_000), Refusal.PIXELS),
    "jpeg that says 65500 x 65500": _of(lambda: making.resized_jpeg(65_500, 65_500), Refusal.PIXELS),
    "jpeg that says 20000 x 2500 and is 400 x 300": _of(lambda: making.resized_jpeg(20_000, 2_500), Refusal.BROKEN),
    "jpeg, progressive, 30 megapixels": _of(lambda: jpeg((6_000, 5_000), progressive=True), Refusal.PIXELS),
    "webp with a canvas of 16383 x 16383": _of(lambda: _canvas(0, 16_383, 16_383), Refusal.PIXELS),
    "webp with a canvas of 2 to the 24": _of(lambda: _canvas(0, 2**24, 2**24), Refusal.PIXELS),
    "webp, lossy, of 16383 x 16383": _of(
        lambda: _webp_head(b"VP8 ", b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 16_383, 16_383)), Refusal.PIXELS
    ),
    "webp, lossless, of 16384 x 16384": _of(
        lambda: _webp_head(b"VP8L", b"\x2f" + struct.pack("<I", (1 << 28) - 1) + bytes(8)), Refusal.PIXELS
    ),
    "seventeen megabytes": _of(lambda: jpeg() + bytes(17 * 1024 * 1024), Refusal.BYTES),
    # --- packed tightly ---
    "png with a text that unfolds": _of(
        lambda: with_chunk(png(), b"zTXt", b"a\0\0" + zlib.compress(bytes(200_000_000), 9)), *KEPT_OR
    ),
    "png with a colour profile that unfolds": _of(
        lambda: with_chunk(png(), b"iCCP", b"a\0\0" + zlib.compress(bytes(200_000_000), 9)), *KEPT_OR
    ),
    "png with more pixels than it says": _of(lambda: raw_png(10, 10, pixels=bytes(200_000_000)), *KEPT_OR),
    "png with ten thousand texts": _of(
        lambda: raw_png(8, 8, chunk(b"tEXt", b"a\0b") * 10_000, pixels=bytes(8 * 25)), *KEPT_OR
    ),
    "jpeg with a thousand colour profiles": _of(
        lambda: (
            jpeg()[:2] + with_segment(jpeg(), 0xE2, b"ICC_PROFILE\0\1\1" + bytes(9_000))[2:9_020] * 999 + jpeg()[2:]
        ),
        *KEPT_OR,
    ),
    "jpeg with malformed exif": _of(
        lambda: with_segment(jpeg(), 0xE1, b"Exif\0\0MM\0*" + b"\xff" * 200), None, Refusal.BROKEN
    ),
    "jpeg with exif that points to itself": _of(
        lambda: with_segment(jpeg(), 0xE1, b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x87\x69\0\4\0\0\0\1\0\0\0\x08\0\0\0\x08"),
        None,
        Refusal.BROKEN,
    ),
    # --- moving ---
    "png of three thousand frames": _of(lambda: _animated("PNG", 3_000), Refusal.TYPE),
    "webp of a thousand frames": _of(lambda: _animated("WEBP", 1_000), Refusal.TYPE),
    "gif of a thousand frames": _of(lambda: _animated("GIF", 1_000), Refusal.TYPE),
    "film named as a picture": _foreign(b"\0\0\0\x18ftypisom\0\0\2\0isomiso2mp41" + bytes(2_000)),
    # --- other kinds ---
    "gif that says 65535 x 65535": _foreign(b"GIF89a\xff\xff\xff\xff\x80\0\0" + bytes(50)),
    "tiff": _of(lambda: making.written(page(), "TIFF"), Refusal.TYPE),
    "tiff whose directory points to itself": _foreign(b"II*\0\x08\0\0\0\0\0\x08\0\0\0" + bytes(100)),
    "bmp": _of(lambda: making.written(page(), "BMP"), Refusal.TYPE),
    "icon": _of(lambda: making.written(page((64, 64)), "ICO"), Refusal.TYPE),
    "jpeg 2000": _of(lambda: making.written(page(), "JPEG2000"), Refusal.TYPE),
    "avif": _foreign(b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf" + bytes(300)),
    "photoshop": _foreign(b"8BPS\0\1" + bytes(100)),
    "svg": _foreign(b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
    "svg that unfolds": _foreign(b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><svg>&b;</svg>'),
    "svg, packed": _foreign(gzip.compress(b"<svg></svg>")),
    "html": _foreign(HTML),
    "html that begins as a gif": _foreign(b"GIF89a/*" + HTML),
    "script": _foreign(b"#!/bin/sh\nrm -rf /\n"),
    "text": _foreign(b"ini bukan foto\n" * 10),
    "json": _foreign(b'{"foto": "KTP"}'),
    "noise": _foreign(_noise(1, 5_000)),
    "word": _of(lambda: making.zipped("[Content_Types].xml", "word/document.xml"), Refusal.TYPE),
    "excel": _of(lambda: making.zipped("[Content_Types].xml", "xl/workbook.xml"), Refusal.TYPE),
    "old office": _foreign(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1_000)),
    "android program": _of(lambda: making.zipped("AndroidManifest.xml", "classes.dex"), Refusal.TYPE),
    "archive that unfolds": _of(lambda: making.zipped("a", size=100_000_000), Refusal.TYPE),
    "rar": _foreign(b"Rar!\x1a\x07\1\0" + bytes(100)),
    "windows program": _foreign(b"MZ\x90\0\3\0\0\0" + bytes(500)),
    "linux program": _foreign(b"\x7fELF\2\1\1" + bytes(500)),
    "java class": _foreign(b"\xca\xfe\xba\xbe\0\0\0\x34" + bytes(100)),
    "postscript": _foreign(b"%!PS-Adobe-3.0\n(run) run\n"),
    # --- two kinds at once ---
    "jpeg that is also an archive": _of(lambda: jpeg() + making.zipped("a.class"), Refusal.TYPE),
    "png that is also an archive": _of(lambda: png() + making.zipped("a.class"), Refusal.TYPE),
    "gif that is also an archive": _of(lambda: making.written(page(), "GIF") + making.zipped("a"), Refusal.TYPE),
    "jpeg with a page for browsers as comment": _of(lambda: with_segment(jpeg(), 0xFE, HTML), Refusal.TYPE),
    "jpeg with a server's script behind its end": _of(lambda: jpeg() + b"<?php system($_GET[0]); ?>", Refusal.TYPE),
    "jpeg with a program behind its end": _of(lambda: jpeg() + b"\x7fELF" + bytes(200), Refusal.TYPE),
    "jpeg that holds a pdf": _of(lambda: with_segment(jpeg(), 0xFE, saved(pdf())[:2_000]), Refusal.TYPE),
    "png with a script as text": _of(lambda: with_chunk(png(), b"tEXt", b"a\0" + HTML), Refusal.TYPE),
    "webp with a page for browsers behind it": _of(lambda: webp() + HTML, Refusal.TYPE),
    "pdf that begins as a page for browsers": _of(lambda: HTML + b"\n" + saved(pdf()), Refusal.TYPE),
    "pdf with a page for browsers in its head": _of(lambda: b"%PDF-1.7\n%" + HTML + saved(pdf())[9:], Refusal.TYPE),
    "pdf that is also an archive": _of(lambda: saved(pdf()) + making.zipped("a"), Refusal.TYPE),
    # --- cut short or scrambled ---
    "nothing": _of(lambda: b"", Refusal.EMPTY),
    "zeros": _of(lambda: bytes(10_000), Refusal.EMPTY),
    **{f"jpeg of which {share:.1%} came": _cut(jpeg, share) for share in (0.001, 0.02, 0.1, 0.5, 0.95)},
    **{f"png of which {share:.1%} came": _cut(png, share) for share in (0.01, 0.3, 0.9)},
    **{f"webp of which {share:.1%} came": _cut(webp, share) for share in (0.01, 0.3, 0.9)},
    **{f"heic of which {share:.1%} came": _cut(making.heic, share) for share in (0.01, 0.3, 0.9)},
    **{f"pdf of which {share:.1%} came": _cut(lambda: saved(pdf()), share) for share in (0.02, 0.3)},
    "jpeg's first bytes and noise": _of(lambda: b"\xff\xd8\xff\xe0" + _noise(2, 3_000), Refusal.BROKEN),
    "jpeg scrambled": _of(lambda: _scrambled(3), None, Refusal.BROKEN, Refusal.TYPE),
    "png with a wrong sum": _of(_bad_sum, Refusal.BROKEN),
    "heic's first bytes and noise": _of(lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + _noise(4, 999), Refusal.BROKEN),
    "pdf's first bytes and noise": _of(lambda: b"%PDF-1.7\n" + _noise(5, 3_000), Refusal.BROKEN),
    # --- PDFs ---
    "pdf that says it has a million pages": _of(
        lambda: raw_pdf(CATALOG, f"<< /Type /Pages /Kids [{'3 0 R ' * 1_000}] /Count {MILLION} >>", "<< >>"),
        Refusal.PAGES,
        Refusal.BROKEN,
    ),
    "pdf of sixteen pages": _of(lambda: saved(pdf(pages=16)), Refusal.PAGES),
    "pdf without pages": _of(lambda: raw_pdf(CATALOG, "<< /Type /Pages /Kids [] /Count 0 >>"), Refusal.BROKEN),
    "pdf whose pages go in a circle": _of(_pages_in_a_circle, Refusal.BROKEN, Refusal.PAGES, Refusal.COSTLY),
    "pdf of a page a kilometre wide": _of(lambda: _raw_page("/MediaBox [0 0 3e9 3e9]"), *KEPT_OR),
    "pdf of a page a hair wide": _of(lambda: _raw_page("/MediaBox [0 0 0.0001 5000]"), *KEPT_OR),
    "pdf of a page with units of its own": _of(
        lambda: _raw_page("/MediaBox [0 0 14400 14400] /UserUnit 75000"), *KEPT_OR
    ),
    "pdf with a password": _of(
        lambda: saved(pdf(), encryption=pikepdf.Encryption(owner="a", user="b")), Refusal.LOCKED
    ),
    "pdf that unfolds": _of(lambda: _packed(400_000_000), Refusal.COSTLY),
    "pdf that unfolds twice": _of(lambda: _packed(400_000_000, 2), Refusal.COSTLY),
    "pdf packed five times": _of(lambda: _packed(1_000_000, 5), None, Refusal.COSTLY),
    "pdf with a picture of 10000 million pixels": _of(lambda: _picture_in_pdf(100_000, 100_000), Refusal.PIXELS),
    "pdf with a picture of negative width": _of(lambda: _picture_in_pdf(-5, 10), Refusal.BROKEN, Refusal.PIXELS),
    "pdf with a jpeg that says 65500 x 65500": _of(
        lambda: _picture_in_pdf(100, 100, making.resized_jpeg(65_500, 65_500), Filter=Name.DCTDecode), *KEPT_OR
    ),
    "pdf with a mask that unfolds": _of(
        lambda: _picture_in_pdf(7_000, 7_000, zlib.compress(bytes(147_000_000), 9), Filter=Name.FlateDecode), *KEPT_OR
    ),
    "pdf that draws itself": _of(_drawing_itself, None, Refusal.COSTLY, Refusal.BROKEN),
    "pdf that draws without end": _of(_drawing_without_end, Refusal.COSTLY, Refusal.BROKEN, None),
    "pdf of a hundred thousand objects": _of(
        lambda: raw_pdf(CATALOG, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", *["<< >>"] * 100_000),
        Refusal.COSTLY,
        Refusal.BROKEN,
    ),
    "pdf nested without end": _of(lambda: _raw_page("/A " + "[" * 100_000), Refusal.BROKEN, Refusal.COSTLY, None),
}

MAY_BE_STORED: dict[str, str] = {
    "png with a text that unfolds": "only its pixels are kept",
    "png with a colour profile that unfolds": "only its pixels are kept",
    "png with more pixels than it says": "only those it says are decoded",
    "png with ten thousand texts": "only its pixels are kept",
    "jpeg with a thousand colour profiles": "only its pixels are kept",
    "jpeg with malformed exif": "a good picture, whose EXIF is dropped unread",
    "jpeg with exif that points to itself": "a good picture, whose EXIF is dropped unread",
    "jpeg scrambled": "noise, but a picture",
    "pdf of a page a kilometre wide": "pdfium draws it within the usual size",
    "pdf of a page a hair wide": "as above",
    "pdf of a page with units of its own": "as above",
    "pdf packed five times": "one that unfolds to little",
    "pdf with a jpeg that says 65500 x 65500": "a page that cannot be drawn there, within bounds everywhere",
    "pdf with a mask that unfolds": "no larger than a scan may be",
    "pdf that draws itself": "readers of PDFs stop at once",
    "pdf that draws without end": "pdfium stops by itself",
    "pdf nested without end": "the part that is nested is not kept",
}
"""Why a kind may be kept: what is kept is written anew, by us."""
