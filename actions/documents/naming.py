"""Which files a text means: numbers, "semua", a document's name."""

from __future__ import annotations

import re

from actions.documents.case import Case, case_of
from actions.documents.names import document_named
from actions.words import words
from bot.contracts import OwnFile, Talk
from bot.knowledge import Knowledge

_ALL = frozenset({"semua", "semuanya", "seluruh", "seluruhnya"})
_NUMBER = re.compile(r"\d{1,2}")


def with_files(talk: Talk, knowledge: Knowledge) -> tuple[Case, ...]:
    """The submissions that hold files, open ones or sent, the one spoken of last first."""
    found = (case_of(one, knowledge) for one in talk.documents.submissions)
    return tuple(case for case in found if case and case.kept)


def file_of(file_id: int | None, talk: Talk, knowledge: Knowledge) -> tuple[Case, OwnFile] | None:
    """A file of a submission, with its case."""
    found = ((case, file) for case in with_files(talk, knowledge) for file in case.kept if file.id == file_id)
    return next(found, None)


def meant(text: str, case: Case, knowledge: Knowledge) -> tuple[OwnFile, ...]:
    """The files of a case that a text means for sure; empty when it may be any of several."""
    said = words(text)
    if _ALL.intersection(said):
        return case.kept
    numbers = {int(one) for one in said if _NUMBER.fullmatch(one)}
    if numbers:
        return tuple(file for file in case.kept if file.number in numbers)
    named = document_named(text, case, knowledge)
    files = tuple(file for file in case.kept if named and file.document == named)
    if named:
        return files
    return case.kept if len(case.kept) == 1 else ()
