"""Papers of one submission that do not fit together: a hint for the officer, found by keyed hashes alone.

Nothing is opened for it, and the citizen is told nothing: a photo may be misread, and some families do stand on two
cards. A date of birth and a name are held against each other only where two papers show one NIK, and all of it was read
with certainty (`bot.inspection.persons`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.contracts import Mismatch
from bot.contracts.files import Detail
from bot.desk.files import KEPT
from bot.models import Attachment, IdentityMark, PersonMark

FAMILY_CARD = "kk"
OF_THE_FAMILY = ("ktp_el", "kia", "ktp_ortu")
"""Cards of people who should stand on the family card; a witness's, or one who gives authority, need not."""

OF_DETAIL = {Detail.BIRTH_DATE: Mismatch.BIRTH_DIFFERS, Detail.NAME: Mismatch.NAME_DIFFERS}


@dataclass(frozen=True, slots=True)
class Hint:
    """``files`` (ids) do not fit together."""

    mismatch: Mismatch
    files: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Paper:
    file: int
    document: str
    numbers: Mapping[Detail, frozenset[str]]


def hints(session: Session, submission_ids: Collection[int]) -> dict[int, tuple[Hint, ...]]:
    """By submission, of the files that are there now. Two queries."""
    found: dict[int, tuple[Hint, ...]] = {}
    for told in (_of_numbers(session, submission_ids), _of_persons(session, submission_ids)):
        for submission, some in told.items():
            found[submission] = (*found.get(submission, ()), *some)
    return found


def _of_persons(session: Session, submission_ids: Collection[int]) -> dict[int, list[Hint]]:
    rows = session.execute(
        select(Attachment.submission_id, PersonMark.detail, PersonMark.person, PersonMark.mark, Attachment.id)
        .join(PersonMark, PersonMark.attachment_id == Attachment.id)
        .where(Attachment.submission_id.in_(submission_ids), Attachment.state.in_(KEPT))
        .order_by(Attachment.id)
    )
    said: dict[tuple[int, Detail, str], dict[str, list[int]]] = {}
    for submission, detail, person, mark, file in rows:
        if submission is not None:
            said.setdefault((submission, detail, person), {}).setdefault(mark, []).append(file)
    hints: dict[int, list[Hint]] = {}
    for (submission, detail, _), marks in said.items():
        if len(marks) > 1:
            files = tuple(sorted(file for some in marks.values() for file in some))
            hints.setdefault(submission, []).append(Hint(OF_DETAIL[detail], files))
    return {submission: list(dict.fromkeys(some)) for submission, some in hints.items()}


def _of_numbers(session: Session, submission_ids: Collection[int]) -> dict[int, tuple[Hint, ...]]:
    rows = session.execute(
        select(Attachment.submission_id, Attachment.id, Attachment.document, IdentityMark.detail, IdentityMark.mark)
        .join(IdentityMark, IdentityMark.attachment_id == Attachment.id)
        .where(Attachment.submission_id.in_(submission_ids), Attachment.state.in_(KEPT))
        .where(Attachment.document.in_((FAMILY_CARD, *OF_THE_FAMILY)))
        .order_by(Attachment.id)
    )
    papers: dict[int, dict[int, tuple[str, dict[Detail, set[str]]]]] = {}
    for submission, file, document, detail, mark in rows:
        if submission is None or document is None:
            continue
        _, numbers = papers.setdefault(submission, {}).setdefault(file, (document, {}))
        numbers.setdefault(detail, set()).add(mark)
    return {
        submission: found
        for submission, files in papers.items()
        if (found := _found([_paper(file, *told) for file, told in files.items()]))
    }


def _paper(file: int, document: str, numbers: Mapping[Detail, set[str]]) -> _Paper:
    return _Paper(file, document, {detail: frozenset(marks) for detail, marks in numbers.items()})


def _found(papers: list[_Paper]) -> tuple[Hint, ...]:
    cards = [paper for paper in papers if paper.document == FAMILY_CARD]
    found = []
    numbers = {mark for card in cards for mark in card.numbers.get(Detail.KK, ())}
    if len(numbers) > 1:
        told = tuple(card.file for card in cards if card.numbers.get(Detail.KK))
        found.append(Hint(Mismatch.TWO_FAMILY_CARDS, told))
    family = {mark for card in cards for mark in card.numbers.get(Detail.NIK, ())}
    for paper in papers:
        own = paper.numbers.get(Detail.NIK, frozenset())
        if paper.document in OF_THE_FAMILY and own and family and not own & family:
            found.append(Hint(Mismatch.NOT_ON_FAMILY_CARD, (paper.file, *(card.file for card in cards))))
    return tuple(found)
