"""submissions.yml: the typed form of what services.yml says in prose, and how it becomes forms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from bot.contracts.submissions import Whom
from bot.errors import KnowledgeError
from bot.knowledge.documents import Document
from bot.knowledge.entry import Entry, build, section
from bot.knowledge.services import Service, Text
from bot.knowledge.submissions import Elsewhere, Option, Paper, Question, Slot, Step, SubmissionForm

Title = Annotated[Text, Field(max_length=60)]
Conditions = Mapping[str, Annotated[tuple[Text, ...], Field(min_length=1)]]


class QuestionEntry(Entry):
    """A question that services may share; ``options`` maps an id to its title, in the order of the numbers."""

    text: Text
    options: Annotated[Mapping[str, Title], Field(min_length=2, max_length=5)]


class StepEntry(Entry):
    """A question of a service. A bare id in the file is one that is always asked."""

    id: Text
    when: Conditions = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, data: Any) -> Any:
        return {"id": data} if isinstance(data, str) else data


class Usual(Entry):
    """What is usual for a document in every service."""

    name: Text | None = None
    pages: Annotated[int, Field(ge=1)] = 1
    photo: bool = True
    note: str = ""


class PaperEntry(Entry):
    """A paper of a service. ``id``: one document, or several of which one is enough. ``also``: documents that do as
    well, because services.yml names them in the text of this one. What is left out is as usual for the document;
    ``name`` is then that of services.yml. A bare id in the file is one that is always needed."""

    id: tuple[Text, ...]
    also: tuple[Text, ...] = ()
    name: Text | None = None
    when: Conditions = Field(default_factory=dict)
    pages: Annotated[int, Field(ge=1)] | None = None
    photo: bool | None = None
    note: Text | None = None
    optional: bool | None = None

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, data: Any) -> Any:
        entry = data if isinstance(data, Mapping) else {"id": data}
        return {**entry, "id": [entry.get("id")]} if isinstance(entry.get("id"), str) else entry

    @model_validator(mode="after")
    def _several_have_a_name(self) -> Self:
        if len(self.id) > 1 and not self.name:
            raise ValueError(f"{'/'.join(self.id)}: of several documents the name must be said")
        return self


class ElsewhereEntry(Entry):
    to: Text
    when: Annotated[Conditions, Field(min_length=1)]


class Variant(Entry):
    """Why a document that services.yml always asks for is not sent in every case, and what stands for it then."""

    why: Text
    instead: tuple[Text, ...] = ()


class Part(Entry):
    """Questions and papers."""

    questions: tuple[StepEntry, ...] = ()
    papers: tuple[PaperEntry, ...] = ()


class FormEntry(Part):
    """How one service is submitted. ``proxy``: False when its own questions and papers say what somebody else
    needs, or nobody needs a surat kuasa. ``variants``: by the document, or one of an alternative group."""

    offered: bool
    not_offered: Text | None = None
    precheck: bool = False
    note: str = ""
    whom: Annotated[tuple[Whom, ...], Field(min_length=1)]
    proxy: bool = True
    go_to: tuple[ElsewhereEntry, ...] = ()
    variants: Mapping[str, Variant] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _says_why_not(self) -> Self:
        if self.offered == bool(self.not_offered):
            raise ValueError("not_offered is said when, and only when, it is not offered")
        if self.offered and self.precheck:
            raise ValueError("a service that is offered needs no completeness pre-check")
        return self


class Cases(Entry):
    """The whole file. ``only_counter``: told when an office of its own closes a service to the chat.
    ``unsure``: beside a paper of somebody who does not know. ``proxy``: what is added for somebody else's sake."""

    only_counter: Text
    unsure: Text
    questions: Mapping[str, QuestionEntry]
    usual: Mapping[str, Usual]
    proxy: Part
    forms: Mapping[str, FormEntry]

    def of(self, service: str) -> Part | None:
        """A service's questions and papers, the proxy's among them."""
        form = self.forms.get(service)
        if form is None or not form.proxy or Whom.OTHER not in form.whom:
            return form
        return Part(
            questions=(*self.proxy.questions, *form.questions),
            papers=(*form.papers, *self.proxy.papers),
        )


def build_cases(content: Mapping[str, Any], file: str) -> Cases:
    """The file's entries, each built by itself so that a slip names it. Raises KnowledgeError."""
    forms = {name: build(FormEntry, entry, file, name) for name, entry in section(content, "forms", file).items()}
    questions = {
        name: build(QuestionEntry, entry, file, name) for name, entry in section(content, "questions", file).items()
    }
    return build(Cases, {**content, "forms": forms, "questions": questions}, file, "submissions")


def build_forms(
    cases: Cases, services: Mapping[str, Service], documents: Mapping[str, Document]
) -> dict[str, SubmissionForm]:
    """The forms by their service, once `check_cases` has found nothing wrong."""
    names = {document.id: document.name for document in documents.values()}
    return {service.id: _form(cases, cases.forms[service.id], service, names) for service in services.values()}


def _form(cases: Cases, entry: FormEntry, service: Service, names: Mapping[str, str]) -> SubmissionForm:
    part = cases.of(service.id) or entry
    named = {**names, **{paper.id: paper.name for paper in service.required_documents}}
    reachable = service.channel.online or service.channel.request_via is not None
    offered = entry.offered and reachable
    return SubmissionForm(
        service=service.id,
        offered=offered,
        not_offered="" if offered else entry.not_offered or cases.only_counter,
        precheck=entry.precheck or (entry.offered and not reachable),
        note=entry.note,
        may_be_for=_may_be_for(entry, service),
        steps=tuple(Step(_question(cases, step), step.when) for step in part.questions),
        slots=tuple(_slot(cases, paper, named) for paper in part.papers),
        elsewhere=tuple(Elsewhere(other.to, other.when) for other in entry.go_to),
        unsure=cases.unsure,
    )


def _may_be_for(entry: FormEntry, service: Service) -> tuple[Whom, ...]:
    """Without those who would need a surat kuasa where nobody may stand in."""
    whom = tuple(one for one in entry.whom if one is not Whom.OTHER or service.proxy.allowed)
    if not whom:
        raise KnowledgeError(f"submissions.yml: entry '{service.id}': whom: nobody may stand in for somebody else")
    return whom


def _question(cases: Cases, step: StepEntry) -> Question:
    entry = cases.questions[step.id]
    return Question(step.id, entry.text, tuple(Option(name, title) for name, title in entry.options.items()))


def _slot(cases: Cases, entry: PaperEntry, named: Mapping[str, str]) -> Slot:
    usual = cases.usual.get(entry.id[0], Usual())
    paper = Paper(
        documents=(*entry.id, *entry.also),
        name=entry.name or usual.name or named[entry.id[0]],
        photo=usual.photo if entry.photo is None else entry.photo,
        note=usual.note if entry.note is None else entry.note,
        pages=entry.pages or usual.pages,
        optional=bool(entry.optional),
    )
    return Slot(paper, entry.when, firm=entry.optional is not None)
