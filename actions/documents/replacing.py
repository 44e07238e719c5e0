"""GANTI: one photo for another, with the new one in the same breath or as the next to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from actions.documents.asking import placed_by_hand
from actions.documents.case import OTHER_DOCUMENT, Case, case_of, cases, is_open, loose_files
from actions.documents.looks import looks_like
from actions.documents.names import case_name, document_name, document_named
from actions.documents.naming import elsewhere, file_of, find, in_name, named, which_is_said, with_files
from actions.documents.step import PAPER, QUESTION, REPLACE, Step, next_step, option, photo_options, told
from actions.documents.wishes import is_of_photos
from actions.noted import note
from bot.contracts import AskToReplace, AttachmentState, Decision, OwnFile, PlaceFile, Reading, Reply, Talk
from bot.knowledge import Knowledge


def replace_document(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    """After sending, a request to the officer, with the new photo beside the old one."""
    if reading.value == "keep":
        return kept_as_it_is(talk, knowledge)
    held = with_files(talk, knowledge)
    if reading.value.startswith("replace:"):
        wanted = reading.value.removeprefix("replace:")
        for case in held:
            if file := next((one for one in case.kept if str(one.id) == wanted), None):
                return _asked_for(case, file, talk, knowledge)
    if reading.answered_to is not None:
        return _of_answered(reading.answered_to, talk, knowledge)
    found = find(reading.text, talk, knowledge) if is_of_photos(reading.text, held, knowledge) else None
    if several := _in_several(reading.text, talk, knowledge):
        return several
    if found and found.here and len(found.files) == 1:
        return _asked_for(found.case, found.files[0], talk, knowledge)
    if missing := _still_missing(reading, talk, knowledge):
        return missing
    if not held:
        return note("replace_document", talk, knowledge)
    if found is None or len(found.files) > 1:
        return _which(held[0], talk, knowledge)
    yes = option("Ya, ganti", f"replace:{found.files[0].id}", "replace_document")
    return told(talk, elsewhere(found, yes, knowledge))


def _in_several(text: str, talk: Talk, knowledge: Knowledge) -> Decision | None:
    """Asks which is meant when what was sent and what was not both hold the document that a text names."""
    held = with_files(talk, knowledge)
    if which_is_said(text) is not None or not is_of_photos(text, held, knowledge):
        return None
    named_in = [
        (case, files[0])
        for case in held
        if document_named(text, case, knowledge) and len(files := named(text, case, knowledge)) == 1
    ]
    if len({bool(case.submission.number) for case, _ in named_in}) < 2:
        return None
    choices = tuple(option(_titled(case), f"replace:{file.id}", "replace_document") for case, file in named_in)
    name = document_name(named_in[0][1].document, named_in[0][0], knowledge)
    return told(talk, Step((Reply("replace_in_which", {"document": name}),), choices, QUESTION))


def _titled(case: Case) -> str:
    number = case.submission.number
    return f"{case_name(case)}, sudah diajukan nomor {number}" if number else f"{case_name(case)}, belum diajukan"


def _of_answered(file_id: int, talk: Talk, knowledge: Knowledge) -> Decision:
    """The picture that was replied to and no other; one that is of nothing yet is simply sent again."""
    if found := file_of(file_id, talk, knowledge):
        return _asked_for(*found, talk, knowledge)
    if any(file.id == file_id for file in loose_files(talk)):
        return told(talk, Step((Reply("add_photo", {"optional": ""}),)))
    return told(talk, Step((Reply("no_such_photo"),)))


def _asked_for(case: Case, file: OwnFile, talk: Talk, knowledge: Knowledge) -> Decision:
    if not is_open(case.submission):
        return _of_officer(case, file, talk, knowledge)
    if file.document and (came := _came_with_it(case, file)):
        return placed_by_hand(case, came.id, file.document, file.id, talk, knowledge)
    name = in_name(_called(file, case, knowledge), case, talk, knowledge)
    said = Reply("send_new_photo", {"document": name})
    return told(talk, Step((said,), asked=f"{REPLACE}{file.id}"), service=case.service.id)


def still_wanted(talk: Talk, knowledge: Knowledge) -> Step | None:
    """The new photo that is waited for, shortly, while it is the newest question."""
    asked = talk.memory.asked or ""
    wanted = asked.removeprefix(REPLACE)
    found = file_of(int(wanted), talk, knowledge) if asked.startswith(REPLACE) and wanted.isdigit() else None
    if found is None:
        return None
    case, file = found
    name = in_name(_called(file, case, knowledge), case, talk, knowledge)
    return Step((Reply("new_photo_awaited", {"document": name}),), asked=asked)


def kept_as_it_is(talk: Talk, knowledge: Knowledge) -> Decision:
    """The citizen wants no other photo after all; then the next step again. Of a rejected one, which is not used,
    nothing is said."""
    asked = (talk.memory.asked or "").removeprefix(REPLACE)
    found = file_of(int(asked), talk, knowledge) if asked.isdigit() else None
    open_cases = cases(talk, knowledge)
    step = next_step(open_cases[0], knowledge) if open_cases else Step(())
    if found is None or found[1].state is AttachmentState.REJECTED:
        return told(talk, step)
    case, file = found
    name = in_name(_called(file, case, knowledge), case, talk, knowledge)
    return told(talk, step, Reply("old_photo_kept", {"document": name}))


def _called(file: OwnFile, case: Case, knowledge: Knowledge) -> str:
    return document_name(file.document, case, knowledge) if file.document else f"foto {file.number}"


def _of_officer(case: Case, file: OwnFile, talk: Talk, knowledge: Knowledge) -> Decision:
    name = in_name(_called(file, case, knowledge), case, talk, knowledge)
    command = AskToReplace(file.id, "send_new_photo", "replace_asked", {"document": name})
    new = [one for one in talk.documents.loose if one.new and one.state is AttachmentState.STORED]
    if new:  # it came in the same breath
        placed = proposal(case, file, new, name)
        return told(talk, Step(placed.replies), commands=(placed.command,), service=case.service.id)
    return told(talk, Step((), asked=f"{REPLACE}{file.id}"), commands=(command,), service=case.service.id)


@dataclass(frozen=True, slots=True)
class Proposal:
    """``file``: the new photo's id."""

    file: int
    command: PlaceFile
    replies: tuple[Reply, ...]


def proposed(talk: Talk, new: Sequence[OwnFile], knowledge: Knowledge) -> Proposal | None:
    """The photo that was asked for in place of one that was handed in, if it is among these."""
    asked = talk.memory.asked
    if not new or not asked or not asked.startswith(REPLACE):
        return None
    for submission in talk.documents.submissions:
        old = next((one for one in submission.files if str(one.id) == asked.removeprefix(REPLACE)), None)
        if old and not is_open(submission) and (case := case_of(submission, knowledge)):
            name = in_name(_called(old, case, knowledge), case, talk, knowledge)
            return proposal(case, old, new, name)
    return None


def proposal(case: Case, old: OwnFile, new: Sequence[OwnFile], name: str) -> Proposal:
    """The one that looks like it, else the first."""
    alike = [file for file in new if old.document in looks_like(file)]
    file = (alike or list(new))[0].id
    command = PlaceFile(file, old.document or OTHER_DOCUMENT, case.submission.id, old.id)
    return Proposal(file, command, (Reply("replacement_sent", {"document": name}),))


def _came_with_it(case: Case, old: OwnFile) -> OwnFile | None:
    """The photo of the same turn that is the new one: the one that looks like it, else any that has no place yet."""
    new = [file for file in case.unplaced if file.new]
    alike = [file for file in new if old.document in looks_like(file)]
    return next(iter(alike or new), None)


def _still_missing(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision | None:
    """What is named was not sent yet: then it is simply the next photo."""
    open_cases = cases(talk, knowledge)
    if not is_of_photos(reading.text, open_cases, knowledge):
        return None
    for case in open_cases:
        named = document_named(reading.text, case, knowledge)
        paper = case.paper_of(named)
        if named and paper and not case.files_of(paper):
            return told(talk, Step((Reply("send_photo", {"document": paper.name}),), asked=f"{PAPER}{named}"))
    return None


def _which(case: Case, talk: Talk, knowledge: Knowledge) -> Decision:
    choices = photo_options(case, "replace", knowledge)
    return told(talk, Step((Reply("replace_which", {"subject": case_name(case)}),), choices, QUESTION))
