"""Every paper that can be drawn. A new one is a file here and a line in this table."""

from __future__ import annotations

from tests.pictures.papers import birth_letter, deeds, forms, kk, ktp, letters, marriage_book
from tests.pictures.papers.paper import Case, Layout, case_of

LAYOUTS: tuple[Layout, ...] = (
    *ktp.LAYOUTS,
    *kk.LAYOUTS,
    *birth_letter.LAYOUTS,
    *marriage_book.LAYOUTS,
    *deeds.LAYOUTS,
    *letters.LAYOUTS,
    *forms.LAYOUTS,
)
DOCUMENTS = tuple(dict.fromkeys(layout.document for layout in LAYOUTS))

__all__ = ["DOCUMENTS", "LAYOUTS", "Case", "Layout", "case_of", "layouts_of"]


def layouts_of(document: str, *, held_out: bool | None = None) -> list[Layout]:
    """Those of a document, of one kind or (None) of both. Raises KeyError for a document nobody can draw."""
    found = [one for one in LAYOUTS if one.document == document and held_out in (None, one.held_out)]
    if not found:
        raise KeyError(f"no picture of {document}: one of {', '.join(DOCUMENTS)}")
    return found
