"""What a submission's case needs, in words, and how its files fill it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.contracts import AttachmentState
from bot.desk.papers import File


@dataclass(frozen=True, slots=True)
class NeededPaper:
    """One line of a checklist; of several ``documents`` one is enough."""

    name: str
    documents: tuple[str, ...]
    optional: bool


@dataclass(frozen=True, slots=True)
class Case:
    """``answers``: (question, the option chosen), in the order they were asked."""

    answers: tuple[tuple[str, str], ...]
    papers: tuple[NeededPaper, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """A line of the checklist with its files."""

    paper: NeededPaper
    files: tuple[File, ...]

    @property
    def is_missing(self) -> bool:
        return not any(one.state in USABLE for one in self.files)


USABLE = (AttachmentState.PENDING, AttachmentState.STORED, AttachmentState.ACCEPTED)
LISTED = (*USABLE, AttachmentState.REJECTED, AttachmentState.LOST)


def fill(case: Case, files: Sequence[File]) -> tuple[tuple[Filled, ...], tuple[File, ...]]:
    """The checklist with its files, and the files that no line asks for. What was deleted fills nothing."""
    listed = [one for one in files if one.state in LISTED]
    lines = tuple(
        Filled(paper, tuple(one for one in listed if one.document in paper.documents)) for paper in case.papers
    )
    asked_for = {document for paper in case.papers for document in paper.documents}
    return lines, tuple(one for one in files if one not in listed or one.document not in asked_for)
