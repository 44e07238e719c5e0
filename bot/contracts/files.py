"""Files citizens send: what one is found to be, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class FileKind(StrEnum):
    """What a file is, told by its content. Nothing else is kept."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    HEIC = "heic"
    PDF = "pdf"


class Refusal(StrEnum):
    """Why a file was not kept. Each has a sentence for the citizen."""

    TYPE = "type"  # not a picture or PDF, whatever its name says; also a file that is two kinds at once
    BYTES = "bytes"
    PIXELS = "pixels"
    PAGES = "pages"
    BROKEN = "broken"  # cut short, or it cannot be read
    LOCKED = "locked"  # a PDF with a password
    EMPTY = "empty"
    COSTLY = "costly"  # reading it took more time or memory than one file may
    UNAGREED = "unagreed"  # the citizen refused that files are kept, or took it back


class Advice(StrEnum):
    """What the citizen might do better; never a reason to refuse."""

    TOO_SMALL = "too_small"
    BLURRED = "blurred"
    DARK = "dark"
    GLARE = "glare"
    CUT_OFF = "cut_off"
    UPSIDE_DOWN = "upside_down"
    SCREENSHOT = "screenshot"


class Detail(StrEnum):
    """What a document says of a person."""

    NIK = "nik"
    KK = "kk"
    NAME = "name"
    BIRTH_DATE = "birth_date"


class VaultPart(StrEnum):
    """What the vault keeps of a file."""

    FILE = "file"
    THUMBNAIL = "thumbnail"
    TEXT = "text"  # what OCR read, in UTF-8


class OpenReason(StrEnum):
    """Why somebody opens a file; it stands in the event."""

    REVIEW = "review"
    THREAD = "thread"
    DISPUTE = "dispute"
    SUPPORT = "support"


@dataclass(frozen=True, slots=True)
class FetchedFile:
    """A file as it came from outside; ``content_type`` is only what the sender claims."""

    body: bytes
    content_type: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody a card tells of, as far as it was read with certainty: ``birth`` (ISO) and ``name`` are '' where not."""

    nik: str
    birth: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was found in a file that may be kept.

    ``clean``: what is kept: upright, without EXIF or other metadata (a PDF without scripts and attachments).
    ``thumbnail``: a JPEG of the first page, at most 320 pixels wide and high. ``width`` and ``height`` in pixels are
    the upright first page's. ``documents``: (id of documents.yml, confidence 0 to 1), best first; empty when nothing
    can be told. ``fingerprint``: 16 hex digits, alike (few bits differ) for two photos of one file.
    ``text``: what OCR read; ``details``: what it says of persons, several of a kind where the document has them
    (NIK and KK as 16 digits, a birth date as ISO). ``doubts``: codes of the structure check of rules §2, for officers.
    ``persons``: whom a card tells of, to be held against what another card says of the same ones.
    """

    kind: FileKind
    clean: bytes
    thumbnail: bytes
    width: int
    height: int
    pages: int
    advice: frozenset[Advice]
    documents: tuple[tuple[str, float], ...]
    fingerprint: str
    text: str
    details: Mapping[Detail, tuple[str, ...]]
    doubts: tuple[str, ...] = ()
    persons: tuple[Person, ...] = ()
