"""Which files a text means: numbers, "semua", a document's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from actions.choices import number_of
from actions.documents.case import Case, every_case
from actions.documents.names import any_document_named, case_name, document_named, listed, titled
from actions.documents.step import QUESTION, Step, option
from actions.words import words
from bot.contracts import Choice, OwnFile, Reply, Talk
from bot.knowledge import Knowledge

ALL = frozenset({"semua", "semuanya", "seluruh", "seluruhnya", "smua"})
PHOTO = frozenset(
    {"foto", "fotonya", "poto", "gambar", "gambarnya", "berkas", "berkasnya", "file", "filenya", "pdf", "scan"}
    | {"lampiran", "kiriman"}
)
SENT = frozenset({"dikirim", "dikirimkan", "terkirim", "diajukan"})
_NOT_YET = frozenset({"belum", "blm", "belumpi"})
_COUNTS = frozenset({"nomor", "no", "nmr", "nomer"})


def with_files(talk: Talk, knowledge: Knowledge) -> tuple[Case, ...]:
    """The submissions that hold files, open ones or sent, the one spoken of last first."""
    return tuple(case for case in every_case(talk, knowledge) if case.kept)


def which_is_said(text: str) -> bool | None:
    """Whether a text means what was sent already ("yang sudah dikirim"), or what was not; None when it does not say."""
    said = words(text)
    if not SENT.intersection(said):
        return None
    return not _NOT_YET.intersection(said)


def in_name(name: str, case: Case, talk: Talk, knowledge: Knowledge) -> str:
    """A document's name, with its submission's where several hold files."""
    return f"{name} pada {case_name(case)}" if len(with_files(talk, knowledge)) > 1 else name


def file_of(file_id: int | None, talk: Talk, knowledge: Knowledge) -> tuple[Case, OwnFile] | None:
    """A file of a submission, with its case."""
    found = ((case, file) for case in with_files(talk, knowledge) for file in case.kept if file.id == file_id)
    return next(found, None)


@dataclass(frozen=True, slots=True)
class Found:
    """Files that a text means. Not ``here``: it names them in another submission than the one spoken of, so the citizen
    is asked whether they mean that."""

    case: Case
    files: tuple[OwnFile, ...]
    here: bool


def find(text: str, talk: Talk, knowledge: Knowledge) -> Found | None:
    """The submission spoken of last goes first, unless the text says which is meant."""
    sent = which_is_said(text)
    for case in with_files(talk, knowledge):
        if sent is not None and sent is not bool(case.submission.number):
            continue
        here = sent is not None or case.submission.id == talk.documents.submissions[0].id
        if files := (meant if here else named)(text, case, knowledge):
            return Found(case, files, here)
    return None


def elsewhere(found: Found, yes: Choice, knowledge: Knowledge) -> Step:
    """Whether that is meant, before anything is done to it."""
    names = listed(titled(file, found.case, knowledge) for file in found.files)
    asked = Reply("meant_elsewhere", {"files": names, "subject": case_name(found.case)})
    return Step((asked,), (yes, option("Tidak, biarkan", "list")), QUESTION)


def meant(text: str, case: Case, knowledge: Knowledge) -> tuple[OwnFile, ...]:
    """The files of a case that a text means for sure: those it names or, where it names none, the only one."""
    said = words(text)
    names = bool(numbers_named(said) or ALL.intersection(said) or any_document_named(text, knowledge))
    return named(text, case, knowledge) or (case.kept if len(case.kept) == 1 and not names else ())


def named(text: str, case: Case, knowledge: Knowledge) -> tuple[OwnFile, ...]:
    """The files of a case that a text names; empty when it names none of them."""
    said = words(text)
    numbers, document = numbers_named(said), document_named(text, case, knowledge)
    if not (numbers or document or ALL.intersection(said)):
        return ()
    of_it = tuple(file for file in case.kept if document in (None, file.document))
    return tuple(file for file in of_it if file.number in numbers) if numbers else of_it


def numbers_named(said: Sequence[str]) -> frozenset[int]:
    """The numbers among words: "2", "kedua", "nomor dua"; "hapus satu" counts photos and names none."""
    before = dict(zip(said[1:], said, strict=False))
    return frozenset(
        number for word in said if (number := number_of(word)) and (_is_number(word) or before.get(word) in _COUNTS)
    )


def _is_number(word: str) -> bool:
    """Whether a word by itself says which in a list."""
    return number_of(word) is not None and (word.isdigit() or word.startswith(("ke", "pertama")))
