"""documents.yml: every paper a citizen may bring, and by what its photo is told from others."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, ClassVar

from pydantic import Field, StringConstraints, model_validator

from bot.errors import KnowledgeError
from bot.knowledge.entry import Entry, build_list, read_file, section
from bot.knowledge.services import Text

FILE = "documents.yml"


class Geometry(Entry):
    """``aspect_ratio``: width by height of the paper as it is read, None where it varies."""

    unused: ClassVar[frozenset[str]] = frozenset({"orientation", "physical_size", "pages"})

    aspect_ratio: Annotated[float, Field(gt=0)] | None = None


class Signs(Entry):
    """What stands on the paper. ``titles``: its own name as printed, any of them; where it has no name (a KTP), all
    that stands in its place. ``words``: what it also says, shared with others. ``codes``: of the form."""

    titles: tuple[Text, ...] = ()
    words: tuple[Text, ...] = ()
    codes: tuple[Annotated[str, StringConstraints(pattern=r"^F-\d\.\d\d$")], ...] = ()


_FORM = re.compile(r"^Formulir .*\((F-\d\.\d\d)\)$")
_EXPLAINED = re.compile(r" \([^)]*[ ,/][^)]*\)")


def short(name: str) -> str:
    """A paper's name without what the law explains in brackets; an abbreviation there stays, and a form is called by
    its code (Formulir F-2.01)."""
    return _FORM.sub(r"Formulir \1", _EXPLAINED.sub("", name))


class Document(Entry):
    """A paper; ``form_code`` (``F-1.02``) only when it is a form. ``looks_like``: the paper whose photo this one
    cannot be told from (the KTP of a witness is a KTP)."""

    unused: ClassVar[frozenset[str]] = frozenset({"issuer", "ocr_checks", "privacy", "notes", "verify", "verify_note"})

    id: Text
    name: Text
    aliases: tuple[Text, ...] = ()
    form_code: Text | None = None
    geometry: Geometry = Geometry()
    signs: Signs = Signs()
    looks_like: Text | None = None

    @model_validator(mode="after")
    def _looks_like_nothing_of_its_own(self) -> Document:
        if self.looks_like and (self.signs.titles or self.signs.words or self.signs.codes):
            raise ValueError("has signs of its own and looks like another paper")
        return self


def load_documents(folder: Path) -> dict[str, Document]:
    """For the inspection process, which needs nothing else of the knowledge. Raises KnowledgeError."""
    documents = build_list(Document, section(read_file(folder / FILE), "documents", FILE), "id", FILE)
    for document in documents.values():
        if document.looks_like and document.looks_like not in documents:
            raise KnowledgeError(f"{FILE}: entry '{document.id}': there is no '{document.looks_like}' to look like")
    return documents
