"""A submission with what its case needs, as it will be once a decision's commands have run."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from bot.contracts import AttachmentState, OwnFile, OwnSubmission, SubmissionState, Talk, Whom
from bot.knowledge import Knowledge, Paper, Service, SubmissionForm

NEW = 0
"""The id of a submission that the same decision opens."""
OTHER_DOCUMENT = "lain"
"""What a file is placed as that is none of the papers asked for; officers see it beside them."""
_OPEN = frozenset({SubmissionState.COLLECTING, SubmissionState.RETURNED})
_USABLE = frozenset({AttachmentState.PENDING, AttachmentState.STORED, AttachmentState.ACCEPTED})
_KEPT = _USABLE | {AttachmentState.REJECTED}
_SETTLED = frozenset({AttachmentState.STORED, AttachmentState.ACCEPTED})


@dataclass(frozen=True, slots=True)
class Case:
    """``submission`` already holds the answers and places of this decision."""

    submission: OwnSubmission
    service: Service
    form: SubmissionForm

    @property
    def ref(self) -> int | None:
        """How commands name it; None: the one they open."""
        return self.submission.id or None

    @property
    def asks(self) -> bool:
        """Whether something must be known before papers can be named."""
        whom = self.submission.whom
        if whom is None:
            return True
        return self.form.next_question(self.submission.answers, whom) is not None or self.go_to is not None

    @property
    def go_to(self) -> str | None:
        """The service these answers lead to, if it is another one."""
        return self.form.go_to(self.form.prune(self.submission.answers, self.submission.whom))

    @property
    def whom(self) -> Whom:
        """Who it is for; the first who may, while nobody said."""
        return self.submission.whom or self.form.may_be_for[0]

    @property
    def papers(self) -> tuple[Paper, ...]:
        return self.form.papers(self.submission.answers, self.whom)

    @property
    def photos(self) -> tuple[Paper, ...]:
        """The papers to be photographed."""
        return tuple(paper for paper in self.papers if paper.photo)

    @property
    def missing(self) -> tuple[Paper, ...]:
        return tuple(paper for paper in self.photos if not paper.optional and not self.files_of(paper))

    @property
    def optional(self) -> tuple[Paper, ...]:
        return tuple(paper for paper in self.photos if paper.optional and not self.files_of(paper))

    @property
    def kept(self) -> tuple[OwnFile, ...]:
        """Its files, as the citizen may name them."""
        return tuple(file for file in self.submission.files if file.state in _KEPT)

    @property
    def unplaced(self) -> tuple[OwnFile, ...]:
        """Checked files of which nobody knows what they are."""
        return tuple(file for file in self.kept if file.document is None and file.state in _SETTLED)

    @property
    def unneeded(self) -> tuple[OwnFile, ...]:
        """Files of documents that the case does not need (any more)."""
        needed = {name for paper in self.papers for name in paper.documents} | {OTHER_DOCUMENT, None}
        return tuple(file for file in self.kept if file.document not in needed)

    def paper_of(self, document: str | None) -> Paper | None:
        return next((paper for paper in self.photos if document in paper.documents), None)

    def files_of(self, paper: Paper) -> tuple[OwnFile, ...]:
        """The files that fill this place; a rejected one does not."""
        return tuple(file for file in self.kept if file.document in paper.documents and file.state in _USABLE)

    def repeated_by(self, file: OwnFile) -> OwnFile | None:
        """The file of this submission that the picture was sent as before."""
        return next((one for one in self.kept if one.id == file.repeats), None)

    def rejected_of(self, paper: Paper) -> OwnFile | None:
        found = [
            file for file in self.kept if file.document in paper.documents and file.state is AttachmentState.REJECTED
        ]
        return found[-1] if found else None

    def placed(self, file: int, document: str, replaces: int | None = None) -> Case:
        """As it is once this file has its place: the next page of what is there."""
        there = sum(one.document == document and one.id not in (file, replaces) for one in self.kept)
        files = tuple(
            replace(one, document=document, page=there + 1) if one.id == file else one
            for one in self.submission.files
            if one.id != replaces
        )
        return replace(self, submission=replace(self.submission, files=files))

    def restored(self, back: Collection[OwnFile]) -> Case:
        """As it is once these deletions are taken back; what took the place of one gives way again."""
        ids, successors = {one.id for one in back}, {one.replaced_by for one in back}
        files = tuple(
            replace(one, state=AttachmentState.STORED, undo_until=None) if one.id in ids else one
            for one in self.submission.files
            if one.id not in successors
        )
        return replace(self, submission=replace(self.submission, files=files))

    def without(self, files: frozenset[int]) -> Case:
        left = tuple(one for one in self.submission.files if one.id not in files)
        return replace(self, submission=replace(self.submission, files=left))

    def with_files(self, files: tuple[OwnFile, ...]) -> Case:
        return replace(self, submission=replace(self.submission, files=(*self.submission.files, *files)))


def is_open(submission: OwnSubmission) -> bool:
    """Whether files can still be sent for it."""
    return submission.state in _OPEN


def case_of(submission: OwnSubmission, knowledge: Knowledge) -> Case | None:
    """None for a service that the knowledge does not hold any more."""
    service, form = knowledge.service(submission.service), knowledge.submission_form(submission.service)
    return Case(submission, service, form) if service and form else None


def cases(talk: Talk, knowledge: Knowledge) -> tuple[Case, ...]:
    """The citizen's open submissions, the one spoken of last first."""
    return tuple(case for case in every_case(talk, knowledge) if is_open(case.submission))


def every_case(talk: Talk, knowledge: Knowledge) -> tuple[Case, ...]:
    """Those that were sent too."""
    found = (case_of(one, knowledge) for one in talk.documents.submissions)
    return tuple(case for case in found if case)


def as_begun(found: Iterable[Case]) -> tuple[Case, ...]:
    """For a list to choose from: "ke-1" before "ke-2", whichever was spoken of last."""
    return tuple(sorted(found, key=lambda case: case.submission.id))


def current(talk: Talk, knowledge: Knowledge) -> Case | None:
    return next(iter(cases(talk, knowledge)), None)


def case_by_id(submission: int, talk: Talk, knowledge: Knowledge) -> Case | None:
    found = next((one for one in talk.documents.submissions if one.id == submission), None)
    return case_of(found, knowledge) if found else None


def sent_last(talk: Talk) -> OwnSubmission | None:
    """What was sent and waits for an officer, the one spoken of last; None while another one is open."""
    submissions = talk.documents.submissions
    if any(is_open(one) for one in submissions):
        return None
    return next((one for one in submissions if one.state is SubmissionState.SENT and one.number), None)


def expired_lately(talk: Talk) -> OwnSubmission | None:
    """The submission that was not sent in time, if that is the last thing that became of any."""
    return next((one for one in talk.documents.ended[:1] if one.state is SubmissionState.EXPIRED), None)


def undoable(talk: Talk) -> tuple[OwnFile, ...]:
    """What UNDO brings back now: what was deleted last, wherever it was (`bot.desk.files.undo_deletions`)."""
    documents = talk.documents
    every = (*documents.loose, *(file for one in documents.submissions for file in one.files))
    last = max((file.undo_until for file in every if file.undo_until and file.undo_until > talk.now), default=None)
    return tuple(file for file in every if last and file.undo_until == last)


def loose_files(talk: Talk) -> tuple[OwnFile, ...]:
    """The files that are of no submission, as the citizen may name them."""
    return tuple(file for file in talk.documents.loose if file.state in _KEPT)


def new_case(service: str, whom: Whom | None, talk: Talk, knowledge: Knowledge) -> Case | None:
    """A submission that is being opened: it takes what was sent before it."""
    opened = OwnSubmission(
        id=NEW,
        service=service,
        whom=whom,
        label="",
        state=SubmissionState.COLLECTING,
        answers={},
        files=talk.documents.loose,
        opened_at=talk.now,
    )
    return case_of(opened, knowledge)


def with_case(case: Case, talk: Talk) -> Talk:
    """The talk as it will be, the case being the one spoken of."""
    documents = talk.documents
    others = tuple(one for one in documents.submissions if one.id != case.submission.id)
    held = {file.id for file in case.submission.files}
    loose = tuple(file for file in documents.loose if file.id not in held)
    return replace(talk, documents=replace(documents, submissions=(case.submission, *others), loose=loose))
