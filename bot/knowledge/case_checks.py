"""What submissions.yml promises services.yml and documents.yml: each paper placed, none invented, each branch sound."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.contracts.submissions import Whom
from bot.errors import KnowledgeError
from bot.knowledge.cases import Cases, Conditions, FormEntry, PaperEntry, Part
from bot.knowledge.documents import Document
from bot.knowledge.services import Need, Service
from bot.knowledge.submissions import WHOM

FILE = "submissions.yml"
POWER_OF_ATTORNEY = "f_1_07"
"""In no service's list (domain/README.md): it is for whoever speaks for somebody else."""


def check_cases(cases: Cases, services: Mapping[str, Service], documents: Mapping[str, Document]) -> None:
    """Raises KnowledgeError for the first slip, naming file and entry."""
    for name in sorted(set(services) ^ set(cases.forms)):
        _refuse(name, "every service of services.yml has its entry here, and no other")
    for name in cases.usual:
        if name not in documents:
            _refuse("usual", f"the document '{name}' is not in documents.yml")
    for name, form in cases.forms.items():
        part = cases.of(name) or form
        _check_questions(cases, name, form, part)
        _check_documents(name, part, documents)
        _check_go_to(cases, name, form, services)
        for paper in part.papers:
            _check_photo(cases, name, paper)
        _check_placed(name, form, services[name])
    _check_used(cases)


def _refuse(entry: str, what: str) -> None:
    raise KnowledgeError(f"{FILE}: entry '{entry}': {what}")


def _check_questions(cases: Cases, name: str, form: FormEntry, part: Part) -> None:
    known: dict[str, Iterable[str]] = {WHOM: [whom.value for whom in Whom]}
    for step in part.questions:
        if step.id not in cases.questions:
            _refuse(name, f"the question '{step.id}' is not among the questions")
        if step.id in known:
            _refuse(name, f"the question '{step.id}' is asked twice")
        _check_when(name, f"question '{step.id}'", step.when, known)
        known[step.id] = cases.questions[step.id].options
    for paper in part.papers:
        _check_when(name, f"paper '{paper.id[0]}'", paper.when, known)
    for other in form.go_to:
        _check_when(name, f"go_to '{other.to}'", other.when, known)


def _check_when(name: str, what: str, when: Conditions, known: Mapping[str, Iterable[str]]) -> None:
    for question, options in when.items():
        if question not in known:
            _refuse(name, f"{what}: '{question}' is not asked before it")
        for option in options:
            if option not in known[question]:
                _refuse(name, f"{what}: '{question}' has no option '{option}'")


def _check_documents(name: str, part: Part, documents: Mapping[str, Document]) -> None:
    for paper in part.papers:
        for document in (*paper.id, *paper.also):
            if document not in documents:
                _refuse(name, f"the document '{document}' is not in documents.yml")


def _check_go_to(cases: Cases, name: str, form: FormEntry, services: Mapping[str, Service]) -> None:
    for other in form.go_to:
        if other.to not in services or other.to == name:
            _refuse(name, f"go_to: '{other.to}' is not another service")


def _check_photo(cases: Cases, name: str, paper: PaperEntry) -> None:
    usual = cases.usual.get(paper.id[0])
    photo = usual.photo if paper.photo is None and usual else paper.photo
    if photo is False and not (paper.note or (usual and usual.note)):
        _refuse(name, f"the paper '{paper.id[0]}' needs no photo; its note must say what instead")


def _check_placed(name: str, form: FormEntry, service: Service) -> None:
    """Every document of services.yml has its place, and what it says of need is kept."""
    needs = {paper.id: paper.need for paper in service.required_documents}
    placed = {document for paper in form.papers for document in paper.id}
    if invented := placed - set(needs) - {POWER_OF_ATTORNEY}:
        _refuse(name, f"services.yml does not ask for '{min(invented)}'")
    if forgotten := set(needs) - placed:
        _refuse(name, f"'{min(forgotten)}' of services.yml has no place")
    if stray := set(form.variants) - {document for document, need in needs.items() if need is not Need.IF}:
        _refuse(name, f"variants: '{min(stray)}' is not a document that services.yml always asks for")
    for document, variant in form.variants.items():
        if stray := set(variant.instead) - placed:
            _refuse(name, f"variants: '{min(stray)}' stands for '{document}' and has no place itself")
    for document, need in needs.items():
        slots = [paper for paper in form.papers if document in paper.id]
        _check_need(name, form, document, need, slots)


def _check_need(name: str, form: FormEntry, document: str, need: Need, slots: list[PaperEntry]) -> None:
    always = [paper for paper in slots if not paper.when and not paper.optional]
    if need is Need.ALWAYS and not always and document not in form.variants:
        _refuse(name, f"'{document}' is wajib: without a condition, or with its reason among the variants")
    if need is Need.IF and always:
        _refuse(name, f"'{document}' is kondisional: it needs a condition, or is optional")
    if always and document in form.variants:
        _refuse(name, f"variants: '{document}' is asked for in every case")


def _check_used(cases: Cases) -> None:
    parts = (cases.proxy, *cases.forms.values())
    asked = {step.id for part in parts for step in part.questions}
    if idle := set(cases.questions) - asked:
        _refuse(min(idle), "no service asks this question")
    if Whom.OTHER not in {whom for form in cases.forms.values() for whom in form.whom}:
        _refuse("proxy", "no service may be submitted for somebody else")
