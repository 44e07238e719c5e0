"""What a file is, by its content alone; its name and what the sender claims count for nothing.

A file that is two kinds at once (a picture that is also an archive or a page for browsers) is refused, although what we
keep is always written anew: whoever makes such a file means no good.
"""

from __future__ import annotations

import re

import filetype

from bot.contracts.files import FileKind, Refusal
from bot.errors import FileRefused

KINDS = {
    "image/jpeg": FileKind.JPEG,
    "image/png": FileKind.PNG,
    "image/apng": FileKind.PNG,
    "image/webp": FileKind.WEBP,
    "image/heic": FileKind.HEIC,
    "application/pdf": FileKind.PDF,
}
HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1"})
# long enough never to stand in compressed data by chance
MARKUP = re.compile(rb"<script|<!doctype|<html|<\?php|<svg[\s>]|<iframe|<body[\s>]", re.IGNORECASE)
PDF_HEAD = re.compile(rb"%PDF-\d\.\d")
END_OF_ZIP = b"PK\x05\x06"
ZIP_TAIL = 22 + 65_535  # the end record and its longest comment
ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x7fELF", b"\xca\xfe\xba\xbe", b"PK\x03\x04", b"MZ\x90\x00")
ENDS = {FileKind.JPEG: b"\xff\xd9", FileKind.PNG: b"IEND\xaeB`\x82", FileKind.PDF: b"%%EOF"}


def kind_of(body: bytes) -> FileKind:
    """Raises FileRefused: EMPTY, TYPE, or BROKEN for a picture or PDF of which too little is there to tell more."""
    if not body.strip(b"\0 \r\n\t"):
        raise FileRefused(Refusal.EMPTY)
    kind = _told_by_head(body)
    if kind is None or _is_second_thing(body, kind):
        raise FileRefused(Refusal.TYPE)
    return kind


def _told_by_head(body: bytes) -> FileKind | None:
    if body[4:8] == b"ftyp":
        # filetype takes more than still pictures for HEIC; the major brand decides
        return FileKind.HEIC if body[8:12] in HEIC_BRANDS else None
    found = filetype.guess(body[:8192])
    return KINDS.get(found.mime) if found else None


def _is_second_thing(body: bytes, kind: FileKind) -> bool:
    if _ends_as_zip(body) or _has_foreign_tail(body, kind):
        return True
    if kind is FileKind.PDF:
        return bool(MARKUP.search(body[:1024]))
    return bool(MARKUP.search(body) or PDF_HEAD.search(body))


def _ends_as_zip(body: bytes) -> bool:
    """An archive is read from its end: a record whose comment reaches exactly to the end of the file."""
    tail = body[-ZIP_TAIL:]
    place = tail.rfind(END_OF_ZIP)
    if place < 0 or len(tail) - place < 22:
        return False
    directory = int.from_bytes(tail[place + 12 : place + 16], "little")
    return directory < len(body) and int.from_bytes(tail[place + 20 : place + 22], "little") <= len(tail) - place - 22


def _has_foreign_tail(body: bytes, kind: FileKind) -> bool:
    """What stands behind the end mark. Phones put a second picture or a short film there; those are dropped."""
    mark = ENDS.get(kind)
    place = body.rfind(mark) if mark else -1
    if place < 0 or mark is None:
        return False
    tail = body[place + len(mark) :].lstrip(b"\0\r\n\t ")
    return tail.startswith(ARCHIVES) or bool(MARKUP.search(tail))
