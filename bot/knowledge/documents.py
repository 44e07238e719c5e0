"""documents.yml: every paper a citizen may bring. What serves picture checks stays in the file for now."""

from __future__ import annotations

from typing import ClassVar

from bot.knowledge.entry import Entry
from bot.knowledge.services import Text


class Document(Entry):
    """A paper; ``form_code`` (``F-1.02``) only when it is a form. ``aliases``: what people call it."""

    unused: ClassVar[frozenset[str]] = frozenset(
        {"issuer", "ocr_checks", "geometry", "privacy", "notes", "verify", "verify_note"}
    )

    id: Text
    name: Text
    form_code: Text | None = None
    aliases: tuple[Text, ...] = ()
