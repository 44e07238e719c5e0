"""What became of a submission since the citizen last heard: returned, accepted, ended; and the one reminder."""

from __future__ import annotations

from collections.abc import Iterator

from actions.dates import moment_text
from actions.documents.case import Case, case_of
from actions.documents.names import case_name, listed
from actions.documents.rejected import rejected_told
from bot.contracts import Reply, SubmissionNews, SubmissionState, Talk
from bot.knowledge import Knowledge

_ENDED = frozenset({SubmissionState.ACCEPTED, SubmissionState.CANCELLED, SubmissionState.EXPIRED})


def news_told(talk: Talk, knowledge: Knowledge) -> tuple[Reply, ...]:
    """Of all submissions, each by its name."""
    documents = talk.documents
    return tuple(
        reply
        for submission in (*documents.submissions, *documents.ended)
        if submission.news and (case := case_of(submission, knowledge))
        for reply in _of(case, talk, knowledge)
    )


def _of(case: Case, talk: Talk, knowledge: Knowledge) -> Iterator[Reply]:
    submission = case.submission
    values = {"subject": case_name(case), "number": submission.number or ""}
    if submission.news is SubmissionNews.REMINDER:
        missing = listed(paper.name for paper in case.missing)
        name = "reminded" if case.form.offered else "reminded_precheck"
        yield Reply(name, {**values, "missing": missing, "until": expiry_text(case, talk, knowledge)})
    elif submission.state is SubmissionState.RETURNED:
        yield Reply("returned", values)
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
