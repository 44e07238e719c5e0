"""Which document a picture is: its caption says, or what was asked for, or what its content looks like.

Unsure is left open: the citizen is asked (`step.py`). A sharp photo takes the place of a blurred or rejected one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from actions.documents.case import Case
from actions.documents.looks import looks_like, same_look
from actions.documents.names import document_named
from actions.documents.step import PAPER, REPLACE
from bot.contracts import AttachmentState, OwnFile, PlaceFile
from bot.knowledge import Knowledge, Paper

_Place = tuple[str | None, OwnFile | None]
"""A document, and the file that a new one takes the place of."""


@dataclass(frozen=True, slots=True)
class Placed:
    """``files``: as they stand now, those that stayed open too. ``replaced``: new file → the one it replaces."""

    case: Case
    files: tuple[OwnFile, ...] = ()
    commands: tuple[PlaceFile, ...] = ()
    replaced: Mapping[int, OwnFile] = field(default_factory=dict)


def place_files(case: Case, files: Sequence[OwnFile], asked: str | None, knowledge: Knowledge) -> Placed:
    """Each file in turn, so that the second KK knows of the first. Nothing is placed while questions are open."""
    commands: list[PlaceFile] = []
    replaced: dict[int, OwnFile] = {}
    if case.asks:
        return Placed(case, tuple(files))
    wanted = wanted_replacement(case, files, asked)
    for file in files:
        if wanted and wanted[0] == file.id:
            found: _Place = wanted[1:]
        else:
            found = _place(case, file, asked, len(files) == 1, knowledge)
        document, old = found
        if document is None or (old is None and not _has_room(case, document, file)):
            continue
        commands.append(PlaceFile(file.id, document, case.ref, old.id if old else None))
        if old:
            replaced[file.id] = old
        case = case.placed(file.id, document, old.id if old else None)
    ids = {file.id for file in files}
    return Placed(case, tuple(one for one in case.submission.files if one.id in ids), tuple(commands), replaced)


def wanted_replacement(case: Case, files: Sequence[OwnFile], asked: str | None) -> tuple[int, str, OwnFile] | None:
    """The new file that takes the place the citizen asked to change: the one that looks like it, else the first."""
    if not asked or not asked.startswith(REPLACE) or not files:
        return None
    old = next((one for one in case.kept if str(one.id) == asked.removeprefix(REPLACE)), None)
    if old is None or old.document is None:
        return None
    alike = [file for file in files if old.document in looks_like(file)]
    return (alike or list(files))[0].id, old.document, old


def _place(case: Case, file: OwnFile, asked: str | None, alone: bool, knowledge: Knowledge) -> _Place:
    document = _document_of(case, file, asked, alone, knowledge)
    return document, _outdone(case, document, file) if document else None


def _document_of(case: Case, file: OwnFile, asked: str | None, alone: bool, knowledge: Knowledge) -> str | None:
    if said := document_named(file.caption, case, knowledge):
        return said
    if first := case.repeated_by(file):
        return first.document
    looks = looks_like(file)
    wanted = _asked_for(case, asked) if alone else ()
    if wanted and (not looks or looks.intersection(wanted)):
        return next((name for name in wanted if name in looks), wanted[0])
    return _by_content(case, file)


def _asked_for(case: Case, asked: str | None) -> tuple[str, ...]:
    """The documents of the one place that a single photo must be for."""
    if asked and asked.startswith(PAPER) and (paper := case.paper_of(asked.removeprefix(PAPER))):
        return paper.documents
    missing = case.missing
    return missing[0].documents if len(missing) == 1 and len(missing[0].documents) == 1 and not case.optional else ()


def _by_content(case: Case, file: OwnFile) -> str | None:
    """The best guess that is a paper of the case; an open place goes before a filled one."""
    places = [*case.missing, *case.optional, *(paper for paper in case.photos if case.files_of(paper))]
    for guess in file.guesses:
        for alike in (frozenset({guess}), same_look(guess)):
            fits = [name for paper in places for name in paper.documents if name in alike]
            if fits:
                return fits[0] if _is_clear(fits, case) else None
    return None


def _is_clear(fits: Sequence[str], case: Case) -> bool:
    """Not when two open places look the same."""
    open_places = {paper.key for paper in case.missing for name in paper.documents if name in fits}
    return len(open_places) < 2


def _outdone(case: Case, document: str, file: OwnFile) -> OwnFile | None:
    """The one file of this place that a new one makes needless: rejected, or with an advice that the new one heeds."""
    paper = case.paper_of(document)
    if paper is None:
        return None
    if rejected := case.rejected_of(paper):
        return rejected
    there = [one for one in case.files_of(paper) if one.id != file.id]
    if paper.pages > 1 or len(there) != 1 or case.repeated_by(file) or file.advice:
        return None
    return there[0] if there[0].advice and there[0].state is AttachmentState.STORED and not there[0].new else None


def _has_room(case: Case, document: str, file: OwnFile) -> bool:
    """Another page where several are usual, a repeated picture, or nothing there yet."""
    paper: Paper | None = case.paper_of(document)
    if paper is None or case.repeated_by(file):
        return True
    there = [one for one in case.files_of(paper) if one.id != file.id]
    return len(there) < max(paper.pages, 1) or all(one.document != document for one in there)
