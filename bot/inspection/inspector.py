"""One file from its bytes to what was found: the order in which it is looked into."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

import cv2
import numpy as np
from PIL import Image

from bot.contracts.files import FetchedFile, FileKind, Inspection
from bot.inspection.bounds import bound_bytes
from bot.inspection.details import details_of
from bot.inspection.documents import which_document
from bot.inspection.fingerprint import fingerprint
from bot.inspection.kinds import kind_of
from bot.inspection.pdfs import check_pdf, clean_pdf, draw
from bot.inspection.persons import persons_of
from bot.inspection.pictures import clean_copy, read_picture, thumbnail
from bot.inspection.quality import advise
from bot.inspection.reading import Page, Reader
from bot.knowledge.documents import Document

T = TypeVar("T")

READ_PAGES = 2  # of a PDF: title and answers stand there, and each page costs a second or more


@dataclass(frozen=True, slots=True)
class Opened:
    """``shown``: the first page upright, as it is kept or drawn. ``size``: as it came."""

    kind: FileKind
    shown: Image.Image
    size: tuple[int, int]
    clean: bytes
    pages: int = 1


@dataclass
class FileInspector:
    """Not for several threads. ``districts``: the office's, as a NIK begins there. ``stages``: seconds of the last
    file by stage, for the bench."""

    known: Mapping[str, Document]
    districts: frozenset[str]
    reader: Reader
    stages: dict[str, float] = field(default_factory=dict)

    def inspect(self, file: FetchedFile, today: date) -> Inspection:
        """Raises FileRefused."""
        self.stages.clear()
        bound_bytes(len(file.body))
        opened = self._timed("open", lambda: open_file(file.body))
        pixels = np.asarray(opened.shown)
        page = self._timed("read", lambda: self.reader.read(pixels))
        advice = self._timed("advice", lambda: advise(page, opened.size, opened.kind is not FileKind.PDF))
        documents = self._timed("document", lambda: which_document(page, self.known))
        document = documents[0][0] if documents else None
        told = details_of(page, document, today, self.districts)
        return Inspection(
            kind=opened.kind,
            clean=opened.clean,
            thumbnail=thumbnail(opened.shown),
            width=opened.size[0],
            height=opened.size[1],
            pages=opened.pages,
            advice=advice,
            documents=documents,
            fingerprint=fingerprint(np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8)),
            text="\n".join([text for text, _ in page.rows()] + self._further(file.body, opened)),
            details=told.details,
            doubts=told.doubts,
            persons=persons_of(page, document, today),
        )

    def _further(self, body: bytes, opened: Opened) -> list[str]:
        """What stands on a PDF's next pages; checks and details are of the first."""
        rows: list[str] = []
        for number in range(1, min(opened.pages, READ_PAGES)):
            page: Page = self.reader.read(np.asarray(draw(body, number)[0]))
            rows += [text for text, _ in page.rows()]
        return rows

    def _timed(self, stage: str, work: Callable[[], T]) -> T:
        start = time.perf_counter()
        try:
            return work()
        finally:
            self.stages[stage] = time.perf_counter() - start


def open_file(body: bytes) -> Opened:
    """Everything that may refuse a file. Raises FileRefused."""
    kind = kind_of(body)
    if kind is FileKind.PDF:
        pages = check_pdf(body)
        shown, size = draw(body, 0)
        return Opened(kind, shown, size, clean_pdf(body), pages)
    picture, size = read_picture(body, kind)
    return Opened(kind, picture, size, clean_copy(picture))
