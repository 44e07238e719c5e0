"""Files and submissions as the desk's pages show them: their names and states in words, with a shape."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.contracts import AttachmentState, DeletionReason, FileKind
from bot.desk.mismatches import Hint
from bot.desk.papers import File, SubmissionPapers
from bot.web.accounts.language import t
from bot.web.desk.case import Case, fill
from bot.web.desk.shown import Shower

OTHER_DOCUMENT = "lain"
"""What a file is placed as that is none of the papers asked for (`actions.documents.case`)."""
SHAPES: Mapping[AttachmentState, str] = {
    AttachmentState.ACCEPTED: "well",
    AttachmentState.REJECTED: "down",
    AttachmentState.REFUSED: "down",
    AttachmentState.LOST: "down",
    AttachmentState.DELETING: "gone",
    AttachmentState.DELETED: "gone",
}
DELETED_BY = {
    DeletionReason.CITIZEN: "by_citizen",
    DeletionReason.REPLACED: "by_citizen_anew",
    DeletionReason.UNDONE: "by_citizen",
    DeletionReason.CANCELLED: "by_citizen",
    DeletionReason.WITHDRAWN: "by_citizen",
    DeletionReason.OFFICER: "by_the_office",
    DeletionReason.RETENTION: "by_retention",
}
NUMBERS = {"nik": "NIK", "kk": "KK"}
OWN_WORDS = frozenset({"length", "birth_mismatch", "sex_mismatch", "registered_elsewhere", "unknown_district"})


@dataclass(frozen=True, slots=True)
class ShownFile:
    """``shape``: ``well``, ``down``, ``open`` or ``gone``; ``decided``: who did, and when; ``in_full``: what the law
    calls it, '' where that says no more than ``name``."""

    file: File
    name: str
    state: str
    shape: str
    decided: str
    sent: str
    in_full: str = ""

    @property
    def is_pdf(self) -> bool:
        return self.file.kind is FileKind.PDF


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of the checklist; ``state`` where no file stands there."""

    name: str
    files: tuple[ShownFile, ...]
    is_missing: bool
    is_optional: bool


@dataclass(frozen=True, slots=True)
class ShownSubmission:
    """``needed`` is None for a service that is no longer known; then all files stand in ``besides``."""

    papers: SubmissionPapers
    about: str
    whom: str
    state: str
    answers: tuple[tuple[str, str], ...]
    needed: tuple[ShownLine, ...] | None
    besides: tuple[ShownFile, ...]
    hints: tuple[str, ...] = ()

    @property
    def files(self) -> list[ShownFile]:
        """Each once, in the checklist's order."""
        lines = [file for line in self.needed or () for file in line.files]
        return [*lines, *self.besides]

    @property
    def to_decide(self) -> list[ShownFile]:
        return [one for one in self.files if one.file.is_undecided]

    @property
    def decided(self) -> list[ShownFile]:
        return [one for one in self.files if one.file.is_shown and not one.file.is_undecided]

    @property
    def rejected(self) -> list[ShownFile]:
        return [one for one in self.files if one.file.state is AttachmentState.REJECTED]

    @property
    def missing(self) -> list[str]:
        return [line.name for line in self.needed or () if line.is_missing and not line.is_optional]


def show_submission(show: Shower, papers: SubmissionPapers, hints: Sequence[Hint] = ()) -> ShownSubmission:
    """``hints``: what does not fit together."""
    case = show.office.case(show.prefix, papers.service, papers.whom, papers.answers)
    lines, besides = fill(case or Case((), ()), papers.files)
    whom = t("submission_for", whom=t(f"whom_{papers.whom}")) if papers.whom else ""
    return ShownSubmission(
        papers=papers,
        about=show.about(papers.service),
        whom=whom,
        state=t(f"submission_state_{papers.state}"),
        answers=case.answers if case else (),
        needed=tuple(
            ShownLine(
                line.paper.name,
                tuple(show_file(show, one, papers) for one in line.files),
                line.is_missing,
                line.paper.optional,
            )
            for line in lines
        )
        if case
        else None,
        besides=tuple(show_file(show, one, papers) for one in besides),
        hints=tuple(_hint(hint, papers) for hint in hints),
    )


def _hint(hint: Hint, papers: SubmissionPapers) -> str:
    numbers = [str(one.number) for one in papers.files if one.id in hint.files]
    return t(f"mismatch_{hint.mismatch}", numbers=", ".join(numbers))


def show_file(show: Shower, file: File, papers: SubmissionPapers | None) -> ShownFile:
    """``papers``: the submission it is of."""
    name = _name(show, file)
    if file.page > 1:
        name = f"{name}, {t('page_of', page=file.page)}"
    decided = ""
    if file.reviewer and file.reviewed_at and file.state in (AttachmentState.ACCEPTED, AttachmentState.REJECTED):
        decided = t("decided_by", name=file.reviewer, time=show.moment(file.reviewed_at))
    return ShownFile(
        file,
        t("file_title", document=name, number=file.number) if file.number else name,
        _state(show, file, papers),
        SHAPES.get(file.state, "open"),
        decided,
        show.moment(file.sent_at),
        show.office.document_in_full(show.prefix, file.document or ""),
    )


def show_files(show: Shower, files: Sequence[File], submissions: Collection[SubmissionPapers]) -> tuple[ShownFile, ...]:
    of = {one.id: one for one in submissions}
    return tuple(show_file(show, one, of.get(one.submission_id or 0)) for one in files)


def doubts_told(doubts: Sequence[str]) -> list[str]:
    """What the structure check of a NIK or KK says, without the number itself."""
    told = []
    for doubt in doubts:
        kind, _, code = doubt.partition("_")
        word = f"doubt_{code}" if code in OWN_WORDS else "doubt_number"
        told.append(t(word, number=NUMBERS.get(kind, kind.upper())))
    return list(dict.fromkeys(told))


def _name(show: Shower, file: File) -> str:
    if file.document is None:
        return t("document_unknown")
    if file.document == OTHER_DOCUMENT:
        return t("document_other")
    return show.office.document(show.prefix, file.document) or t("document_other")


def _state(show: Shower, file: File, papers: SubmissionPapers | None) -> str:
    state = file.state
    if state is AttachmentState.STORED:
        if papers is None:
            return t("file_state_loose")
        return t("file_state_stored" if papers.is_under_review else "file_state_unsent")
    if state is AttachmentState.REJECTED:
        return t("file_state_rejected", reason=t(f"rejection_{file.rejection}") if file.rejection else "")
    if state is AttachmentState.REFUSED:
        return t("file_state_refused", reason=t(f"refusal_{file.refusal}") if file.refusal else "")
    if state in (AttachmentState.DELETING, AttachmentState.DELETED):
        who = t(DELETED_BY[file.deleted_why or DeletionReason.OFFICER])
        return t(f"file_state_{state}", who=who, time=show.moment(file.gone_at) if file.gone_at else "")
    return t(f"file_state_{state}")
