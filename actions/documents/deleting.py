"""HAPUS: any photo in a word, with ten minutes to take it back; after sending, a request to the officer."""

from __future__ import annotations

from collections.abc import Sequence

from actions.documents.case import Case, current, is_open, loose_files, undoable
from actions.documents.names import case_name, file_name, listed, numbered
from actions.documents.naming import elsewhere, file_of, find, with_files
from actions.documents.step import QUESTION, Step, next_step, option, photo_options, told
from actions.documents.wishes import Wish, is_of_photos
from actions.noted import note
from bot.contracts import Decision, DeleteFiles, OwnFile, Reading, Reply, SubmissionState, Talk, UndoDelete
from bot.knowledge import Knowledge


def delete_document(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    if reading.value in (Wish.UNDO, Wish.KEEP):
        return undo(Wish(reading.value), talk, knowledge)
    if reading.value:
        ids = {int(one) for one in reading.value.removeprefix("delete:").split(",") if one.isdigit()}
        return _delete_ids(ids, talk, knowledge)
    if reading.answered_to is not None:
        return _of_answered(reading.answered_to, talk, knowledge)
    held = with_files(talk, knowledge)
    if not held and loose_files(talk):
        return _delete_loose(talk, knowledge)
    if not held:
        return note("delete_document", talk, knowledge)
    found = find(reading.text, talk, knowledge) if is_of_photos(reading.text, held, knowledge) else None
    if found is None:
        return _which(held[0], talk, knowledge)
    if found.here:
        return deleted(found.case, found.files, talk, knowledge)
    yes = option("Ya, hapus", f"delete:{_ids(found.files)}", "delete_document")
    return told(talk, elsewhere(found, yes, knowledge))


def deleted(case: Case, files: tuple[OwnFile, ...], talk: Talk, knowledge: Knowledge) -> Decision:
    """At once while nothing was sent, else asked of the officer; what is missing then is told with it."""
    names = listed(file_name(file, case, knowledge) if file.document else numbered(file) for file in files)
    if len(with_files(talk, knowledge)) > 1:
        names = f"{names} pada {case_name(case)}"
    command = DeleteFiles(tuple(file.id for file in files), "files_deleted", "delete_asked", {"files": names})
    left = case.without(frozenset(file.id for file in files))
    step = next_step(left, knowledge) if is_open(case.submission) else Step(())
    return told(talk, step, commands=(command,), service=case.service.id)


def undo(wish: Wish, talk: Talk, knowledge: Knowledge) -> Decision:
    """What comes back finds its place again; then what is still missing. "Jangan hapus" with nothing to bring back asks
    for nothing."""
    case, back = current(talk, knowledge), undoable(talk)
    if wish is Wish.KEEP and not back:
        step = next_step(case, knowledge) if case else Step((), asked=talk.memory.asked)
        return told(talk, step, Reply("delete_nothing"))
    command = UndoDelete("delete_undone", "delete_too_late")
    restored = case.restored(back) if case else None
    step = next_step(restored, knowledge) if restored and restored != case else Step((), asked=talk.memory.asked)
    return told(talk, step, commands=(command,))


def _of_answered(file_id: int, talk: Talk, knowledge: Knowledge) -> Decision:
    """The picture that was replied to and no other; where one was accepted lately, it may be that, and an officer is
    asked."""
    known = file_of(file_id, talk, knowledge) or any(file.id == file_id for file in loose_files(talk))
    if not known and any(one.state is SubmissionState.ACCEPTED for one in talk.documents.ended):
        return note("delete_document", talk, knowledge)
    return _delete_ids({file_id}, talk, knowledge)


def _delete_ids(ids: set[int], talk: Talk, knowledge: Knowledge) -> Decision:
    for case in with_files(talk, knowledge):
        if files := tuple(file for file in case.kept if file.id in ids):
            return deleted(case, files, talk, knowledge)
    return _delete_loose(talk, knowledge, ids)


def _delete_loose(talk: Talk, knowledge: Knowledge, ids: set[int] | None = None) -> Decision:
    """Photos that are of nothing yet."""
    files = tuple(file.id for file in loose_files(talk) if ids is None or file.id in ids)
    if not files:
        return told(talk, Step((Reply("no_such_photo"),)))
    names = {"files": listed([f"{len(files)} foto" if len(files) > 1 else "Foto"])}
    case = current(talk, knowledge)
    step = next_step(case, knowledge) if case else Step(())
    return told(talk, step, commands=(DeleteFiles(files, "files_deleted", "delete_asked", names),))


def _which(case: Case, talk: Talk, knowledge: Knowledge) -> Decision:
    """Several may be meant: the list to choose from. All go by words only, never by a number."""
    words = {"subject": case_name(case), "every": "hapus semua" if len(case.kept) > 1 else ""}
    step = Step((Reply("delete_which", words),), photo_options(case, "delete", knowledge), QUESTION)
    return told(talk, step)


def _ids(files: Sequence[OwnFile]) -> str:
    return ",".join(str(file.id) for file in files)
