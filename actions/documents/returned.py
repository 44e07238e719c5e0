"""A photo for a paper that an officer rejected goes to that submission, whatever other one is being worked on; so
does one that was asked for in place of another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from actions.documents.case import Case, cases, with_case
from actions.documents.looks import looks_like
from actions.documents.names import any_document_named, case_name, document_name, document_named
from actions.documents.placing import Placed
from actions.documents.step import PAPER, QUESTION, REPLACE, Step, next_step, option, told
from bot.contracts import ChangeSubmission, Command, Decision, OwnFile, PlaceFile, Reply, SubmissionState, Talk
from bot.knowledge import Knowledge, Paper


@dataclass(frozen=True, slots=True)
class Again:
    """Photos that were taken for rejected papers. ``talk``: as it is once they have their places. ``ask``: which of two
    submissions one of them is for. ``files``: those that need no other place."""

    talk: Talk
    placed: tuple[Placed, ...] = ()
    commands: tuple[Command, ...] = ()
    files: frozenset[int] = frozenset()
    ask: Step | None = None


def sent_again(talk: Talk, new: Sequence[OwnFile], knowledge: Knowledge) -> Again:
    """What the citizen said of the next photo goes before what it looks like."""
    result, asked = Again(talk), talk.memory.asked or ""
    if asked.startswith(REPLACE):
        return _replaced(asked.removeprefix(REPLACE), new, talk, knowledge) or result
    if asked.startswith(PAPER):
        return result
    for file in new:
        home = _home(file, result.talk, knowledge)
        wanted = _wanted(file, home, result.talk, knowledge) if home else None
        if home is None or wanted is None:
            continue
        case, old = wanted
        if any(_fits(file, paper, home, knowledge) for paper in home.missing):
            ask = result.ask or _which(file, home, case, old, knowledge)
            result = replace(result, ask=ask, files=result.files | {file.id})
            continue
        result = _moved(result, file, home, case, old)
    return result


def _replaced(wanted: str, new: Sequence[OwnFile], talk: Talk, knowledge: Knowledge) -> Again | None:
    """The new photo of a submission that is not the one being worked on: the one that looks like it, else the first."""
    found = ((case, one) for case in cases(talk, knowledge) for one in case.kept if str(one.id) == wanted)
    case, old = next(found, (None, None))
    if case is None or old is None or old.document is None or not new:
        return None
    file = next((one for one in new if old.document in looks_like(one)), new[0])
    home = _home(file, talk, knowledge)
    if home is None or home.submission.id == case.submission.id:
        return None
    return _moved(Again(talk), file, home, case, old)


def _moved(result: Again, file: OwnFile, home: Case, case: Case, old: OwnFile) -> Again:
    document = old.document or ""
    after = _taken(case, file, old)
    talk = with_case(after, with_case(home.without(frozenset({file.id})), result.talk))
    mine = tuple(one for one in after.submission.files if one.id == file.id)
    commands = (PlaceFile(file.id, document, case.ref, old.id), ChangeSubmission(case.ref))
    return replace(
        result,
        talk=talk,
        placed=(*result.placed, Placed(after, mine, (), {file.id: old})),
        commands=(*result.commands, *commands),
        files=result.files | {file.id},
    )


def moved_by_hand(file: int, old: int, talk: Talk, knowledge: Knowledge) -> Decision | None:
    """The citizen says that a photo is for the rejected one; None where either is gone."""
    open_cases = cases(talk, knowledge)
    every = [*talk.documents.loose, *(one for case in open_cases for one in case.kept)]
    new = next((one for one in every if one.id == file), None)
    case = next((case for case in open_cases if any(one.id == old for one in case.kept)), None)
    if new is None or case is None:
        return None
    rejected = next(one for one in case.kept if one.id == old)
    after = _taken(case, new, rejected)
    name = document_name(rejected.document, case, knowledge)
    said = Reply("placed_in", {"document": name, "subject": case_name(case)})
    commands = (PlaceFile(file, rejected.document, case.ref, old), ChangeSubmission(case.ref))
    return told(talk, next_step(after, knowledge), said, commands=commands, service=case.service.id)


def _taken(case: Case, file: OwnFile, old: OwnFile) -> Case:
    """With the photo in the rejected one's place, under the next number."""
    number = max((one.number for one in case.submission.files), default=0) + 1
    return case.with_files((replace(file, number=number),)).placed(file.id, old.document or "", old.id)


def _home(file: OwnFile, talk: Talk, knowledge: Knowledge) -> Case | None:
    """The submission that a photo arrived in; of a loose one, the one that would take it."""
    open_cases = cases(talk, knowledge)
    arrived_in = (case for case in open_cases if any(one.id == file.id for one in case.submission.files))
    return next(arrived_in, next(iter(open_cases), None))


def _wanted(file: OwnFile, home: Case, talk: Talk, knowledge: Knowledge) -> tuple[Case, OwnFile] | None:
    """The rejected photo of another submission that this one is sent for."""
    for case in cases(talk, knowledge):
        if case.submission.id == home.submission.id or case.submission.state is not SubmissionState.RETURNED:
            continue
        for paper in case.photos:
            old = case.rejected_of(paper)
            if old and not case.files_of(paper) and _fits(file, paper, case, knowledge):
                return case, old
    return None


def _fits(file: OwnFile, paper: Paper, case: Case, knowledge: Knowledge) -> bool:
    """What its caption says goes before what it looks like."""
    if any_document_named(file.caption, knowledge) or document_named(file.caption, case, knowledge):
        return document_named(file.caption, case, knowledge) in paper.documents
    return bool(looks_like(file).intersection(paper.documents))


def _which(file: OwnFile, home: Case, case: Case, old: OwnFile, knowledge: Knowledge) -> Step:
    here = next(name for paper in home.missing if _fits(file, paper, home, knowledge) for name in paper.documents)
    choices = (
        option(f"Foto ulang untuk {_numbered(case)}", f"again:{file.id}:{old.id}"),
        option(f"Untuk {case_name(home)} yang belum dikirim", f"place:{file.id}:{here}"),
    )
    values = {"document": document_name(old.document, case, knowledge)}
    return Step((Reply("for_which_of_two", values),), choices, QUESTION)


def _numbered(case: Case) -> str:
    return f"{case_name(case)}, nomor {case.submission.number}" if case.submission.number else case_name(case)
