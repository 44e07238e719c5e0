"""Small good files, and the tools to spoil them. Everything in them is invented."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import Any

import pikepdf
import pillow_heif
from PIL import Image, ImageDraw

pillow_heif.register_heif_opener()

LINES = ("SURAT KETERANGAN", "Nama : SITI CONTOH", "Alamat : JALAN CONTOH NO 1")


def page(size: tuple[int, int] = (400, 300), mode: str = "RGB") -> Image.Image:
    """White paper with a few lines on it."""
    picture = Image.new("RGB", size, "white")
    for number, line in enumerate(LINES):
        ImageDraw.Draw(picture).text((20, 20 + 40 * number), line, fill="black", font_size=22)
    return picture.convert(mode)


def written(picture: Image.Image, form: str, **how: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **how)
    return out.getvalue()


def jpeg(size: tuple[int, int] = (400, 300), **how: Any) -> bytes:
    return written(page(size), "JPEG", **how)


def png(size: tuple[int, int] = (400, 300), **how: Any) -> bytes:
    return written(page(size), "PNG", **how)


def webp(size: tuple[int, int] = (400, 300), **how: Any) -> bytes:
    return written(page(size), "WEBP", **how)


def heic() -> bytes:
    return written(page(), "HEIF")


def chunk(name: bytes, data: bytes) -> bytes:
    """Of a PNG."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def raw_png(width: int, height: int, *extra: bytes, depth: int = 8, pixels: bytes = b"\0" * 64) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, 2, 0, 0, 0))
    body = head + b"".join(extra) + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def with_chunk(picture: bytes, name: bytes, data: bytes) -> bytes:
    """A PNG with one more chunk, behind its head."""
    return picture[:33] + chunk(name, data) + picture[33:]


def with_segment(picture: bytes, marker: int, data: bytes) -> bytes:
    """A JPEG with one more segment, behind its start."""
    return picture[:2] + bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data + picture[2:]


def resized_jpeg(width: int, height: int) -> bytes:
    """Says it is that large."""
    body = bytearray(jpeg())
    place = body.index(b"\xff\xc0")
    body[place + 5 : place + 9] = struct.pack(">HH", height, width)
    return bytes(body)


def zipped(*names: str, size: int = 100) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, b"x" * size)
    return out.getvalue()


def pdf(contents: bytes = b"0 0 m 10 10 l S", pages: int = 1, **more: Any) -> pikepdf.Pdf:
    """``more``: keys of each page."""
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page(page_size=(595, 842))
        made.pages[-1].Contents = made.make_stream(contents)
        for key, value in more.items():
            made.pages[-1].obj["/" + key] = value
    return made


def saved(made: pikepdf.Pdf, **how: Any) -> bytes:
    out = io.BytesIO()
    made.save(out, **how)
    return out.getvalue()


def raw_pdf(*objects: str) -> bytes:
    """The first is the catalog; without a table of places, which readers mend."""
    body = b"%PDF-1.7\n"
    places = []
    for number, text in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n".encode()
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(f"{one:010} 00000 n \n" for one in places)
    tail = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF"
    return body + table.encode() + tail.encode()
