"""What a submission of one service asks the citizen and which papers their case then needs: pure, no rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from bot.contracts.submissions import Whom

Answers = Mapping[str, str]
"""Question id → option id."""

When = Mapping[str, tuple[str, ...]]
"""Question id → the options of which one must be the answer; all questions must hold. ``whom`` speaks of Whom."""

WHOM = "whom"
UNKNOWN = "unknown"
"""The option of a citizen who does not know."""


@dataclass(frozen=True, slots=True)
class Option:
    """An answer that can be chosen by its number; ``title`` has at most 60 characters."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Question:
    """One thought, 2 to 5 options."""

    id: str
    text: str
    options: tuple[Option, ...]

    def has(self, option: str | None) -> bool:
        return any(option == own.id for own in self.options)


@dataclass(frozen=True, slots=True)
class Paper:
    """One slot of a checklist.

    ``documents``: ids of documents.yml; of several, one is enough. ``name``: what it is called in this service.
    ``photo`` False: nothing is sent, ``note`` says what to do instead. ``pages``: how many are usual.
    ``optional``: asked for, may be skipped.
    """

    documents: tuple[str, ...]
    name: str
    photo: bool = True
    note: str = ""
    pages: int = 1
    optional: bool = False

    @property
    def key(self) -> str:
        """The slot's id: stable as long as the file's order of alternatives is."""
        return self.documents[0]


@dataclass(frozen=True, slots=True)
class Step:
    """A question and when it is asked; ``when`` speaks of earlier questions only."""

    question: Question
    when: When


@dataclass(frozen=True, slots=True)
class Slot:
    """A paper and when it is needed. ``firm``: needed as it stands also by who answered "tidak tahu"."""

    paper: Paper
    when: When
    firm: bool


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Under these answers it is another service."""

    to: str
    when: When


@dataclass(frozen=True, slots=True)
class SubmissionForm:
    """How a service is submitted in the chat.

    ``offered``: it may be sent to the end; otherwise ``not_offered`` is the sentence for the citizen, and
    ``precheck`` says whether photos may be checked for completeness (the originals are brought).
    ``note``: a sentence to tell beside the checklist, '' when there is none. ``may_be_for``: asked when more than
    one. ``unsure``: what is told beside a paper that is asked for only because the citizen did not know.

    ``whom`` None (not said yet) asks and needs nothing that depends on it: settle it first where there are several.
    Answers that do not belong (an option of yesterday's form, a question that no longer applies) count as not given.
    """

    service: str
    offered: bool
    not_offered: str
    precheck: bool
    note: str
    may_be_for: tuple[Whom, ...]
    steps: tuple[Step, ...]
    slots: tuple[Slot, ...]
    elsewhere: tuple[Elsewhere, ...]
    unsure: str

    def questions_asked(self, answers: Answers, whom: Whom | None) -> tuple[Question, ...]:
        """All questions that apply under these answers, answered or not, in order."""
        return tuple(question for question, _ in self._walk(answers, whom))

    def next_question(self, answers: Answers, whom: Whom | None) -> Question | None:
        """The first question without an answer; None when all is known or another service is the right one."""
        return next((question for question, answer in self._walk(answers, whom) if answer is None), None)

    def prune(self, answers: Answers, whom: Whom | None) -> dict[str, str]:
        """The answers without those of questions that no longer apply."""
        return {question.id: answer for question, answer in self._walk(answers, whom) if answer is not None}

    def go_to(self, answers: Answers) -> str | None:
        """The service these answers lead to, if it is another one. The answers to questions that both ask stay good."""
        return next((other.to for other in self.elsewhere if _holds(other.when, answers)), None)

    def papers(self, answers: Answers, whom: Whom | None) -> tuple[Paper, ...]:
        """Exactly what this case needs, in the order to ask for; what an open question decides is not among it yet.

        Nothing when another service is the right one: see `go_to`.
        """
        given = self.prune(answers, whom)
        if self.go_to(given):
            return ()
        known = {**given, WHOM: whom.value} if whom else given
        return tuple(self._paper(slot, known) for slot in self.slots if _holds(slot.when, known))

    def _walk(self, answers: Answers, whom: Whom | None) -> Iterator[tuple[Question, str | None]]:
        known: dict[str, str] = {WHOM: whom.value} if whom else {}
        for step in self.steps:
            if self.go_to(known):
                return
            if not _holds(step.when, known):
                continue
            answer = answers.get(step.question.id)
            if answer is not None and step.question.has(answer):
                known[step.question.id] = answer
                yield step.question, answer
            else:
                yield step.question, None

    def _paper(self, slot: Slot, known: Answers) -> Paper:
        if slot.firm or not any(known[question] == UNKNOWN for question in slot.when):
            return slot.paper
        return replace(slot.paper, optional=True, note=f"{slot.paper.note} {self.unsure}".strip())


def _holds(when: When, known: Answers) -> bool:
    return all(known.get(question) in options for question, options in when.items())
