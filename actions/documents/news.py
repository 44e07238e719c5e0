"""What became of a submission since the citizen last heard: returned, accepted, ended; and the one reminder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from actions.dates import moment_text
from actions.documents.case import Case, case_of
from actions.documents.names import case_name, document_name, listed
from actions.documents.rejected import rejected_told
from bot.contracts import UNSENT_FOR, DeletionReason, OwnFile, Reply, SubmissionNews, SubmissionState, Talk
from bot.knowledge import Knowledge

_ENDED = frozenset({SubmissionState.ACCEPTED, SubmissionState.CANCELLED, SubmissionState.EXPIRED})


def news_told(talk: Talk, knowledge: Knowledge) -> tuple[Reply, ...]:
    """Of all submissions, each by its name; then of files that somebody else deleted."""
    documents = talk.documents
    return tuple(
        reply
        for submission in (*documents.submissions, *documents.ended)
        if submission.news and (case := case_of(submission, knowledge))
        for reply in _of(case, talk, knowledge)
    ) + tuple(_gone(documents.gone, knowledge))


def _how_gone(file: OwnFile) -> str:
    if file.replaced_by is not None:
        return "gone_replaced"
    if file.is_proposed:
        return "gone_refused"
    return "gone_asked" if file.delete_asked else "gone_by_officer"


def _gone(gone: Sequence[OwnFile], knowledge: Knowledge) -> Iterator[Reply]:
    for file in gone:
        if file.deleted_why is DeletionReason.OFFICER:
            name = document_name(file.document, None, knowledge) if file.document else f"Foto {file.number}"
            yield Reply(_how_gone(file), {"document": name})
    unused = sum(file.deleted_why is DeletionReason.RETENTION for file in gone)
    if unused:
        yield Reply("gone_unused", {"count": str(unused), "hours": str(UNSENT_FOR // timedelta(hours=1))})


def _of(case: Case, talk: Talk, knowledge: Knowledge) -> Iterator[Reply]:
    submission = case.submission
    values = {"subject": case_name(case), "number": submission.number or ""}
    if submission.news is SubmissionNews.REMINDER:
        missing = listed(paper.name for paper in case.missing)
        name = "reminded" if case.form.offered else "reminded_precheck"
        yield Reply(name, {**values, "missing": missing, "until": expiry_text(case, talk, knowledge)})
    elif submission.state is SubmissionState.RETURNED:
        yield Reply("returned", {**values, "note": submission.return_note})
        yield from rejected_told(case, knowledge)
    elif submission.state is SubmissionState.EXPIRED and not case.form.offered:
        yield Reply("ended_precheck", values)
    elif submission.state in _ENDED:
        yield Reply(f"ended_{submission.state.value}", {**values, "time": case.service.processing_time.target})


def expiry_text(case: Case, talk: Talk, knowledge: Knowledge) -> str:
    """When its files are deleted, if it is not sent; '' for one that was."""
    expires = case.submission.expires_at
    if expires is None:
        return ""
    local = knowledge.calendar.local
    return moment_text(local(expires), local(talk.now).date(), knowledge.office.time_zone_label)
