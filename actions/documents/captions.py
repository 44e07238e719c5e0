"""A caption that only says what the picture shows is no question of its own."""

from __future__ import annotations

import re

from actions.documents.case import current
from actions.documents.names import document_named, names_only_a_document
from actions.documents.reading import read_documents
from bot.contracts import MessageKind, Said, Talk
from bot.knowledge import Knowledge

_PICTURES = frozenset({MessageKind.IMAGE, MessageKind.DOCUMENT})
_FILE_NAME = re.compile(r"\S.*\.(?:pdf|jpe?g|png|webp|heic|docx?|xlsx?)", re.IGNORECASE)


def is_caption(said: Said, talk: Talk, knowledge: Knowledge) -> bool:
    """Whether a message's text belongs to its picture alone; "ganti kk" below a picture is a wish."""
    if said.kind not in _PICTURES or not said.text.strip() or "?" in said.text:
        return False
    if _FILE_NAME.fullmatch(said.text.strip()) or names_only_a_document(said.text, knowledge):
        return read_documents(said.text, talk, knowledge, said.answered_to) is None
    case = current(talk, knowledge)
    if case is None or document_named(said.text, case, knowledge) is None:
        return False
    return read_documents(said.text, talk, knowledge, said.answered_to) is None
