"""Every way through the forms: each service, each whom, each answer to each question that is then asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot.contracts.submissions import Whom
from bot.knowledge import Knowledge, Paper, Question, SubmissionForm, load_knowledge
from tests.knowledge.conftest import FOLDER


@cache
def knowledge() -> Knowledge:
    return load_knowledge(FOLDER)


@dataclass(frozen=True)
class Branch:
    """One citizen's way to the end of the questions: ``go_to`` another service, or the papers."""

    form: SubmissionForm
    whom: Whom
    answers: dict[str, str]

    @property
    def go_to(self) -> str | None:
        return self.form.go_to(self.answers)

    @property
    def papers(self) -> tuple[Paper, ...]:
        return self.form.papers(self.answers, self.whom)

    @property
    def documents(self) -> list[str]:
        return [document for paper in self.papers for document in paper.documents]

    @property
    def outcome(self) -> tuple[object, ...]:
        """What this citizen is told in the end."""
        return (self.go_to, self.papers, self.form.questions_asked(self.answers, self.whom))

    def __str__(self) -> str:
        return f"{self.form.service} {self.whom} {self.answers}"


@cache
def branches(service: str) -> tuple[Branch, ...]:
    form = knowledge().forms[service]
    return tuple(branch for whom in form.may_be_for for branch in _from(form, whom, {}))


def _from(form: SubmissionForm, whom: Whom, answers: dict[str, str]) -> Iterator[Branch]:
    assert len(answers) < 8, f"{form.service}: the questions do not end: {answers}"
    question = form.next_question(answers, whom)
    if question is None:
        yield Branch(form, whom, answers)
        return
    for option in question.options:
        yield from _from(form, whom, {**answers, question.id: option.id})


def every_branch() -> Iterator[Branch]:
    for service in knowledge().forms:
        yield from branches(service)


def questions(form: SubmissionForm) -> tuple[Question, ...]:
    return tuple(step.question for step in form.steps)
