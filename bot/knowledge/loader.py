"""Reads data/knowledge once and refuses what does not hold together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.errors import KnowledgeError
from bot.knowledge.book import Knowledge
from bot.knowledge.case_checks import check_cases
from bot.knowledge.cases import build_cases, build_forms
from bot.knowledge.checks import check, check_requirements
from bot.knowledge.documents import Document
from bot.knowledge.entry import E, build, build_list, read_file, section
from bot.knowledge.faq import Faq
from bot.knowledge.hand_over import HandOverWords, Matter
from bot.knowledge.holidays import HolidayBook, HolidayYear
from bot.knowledge.keywords import Keywords
from bot.knowledge.labels import Labels
from bot.knowledge.office import Office
from bot.knowledge.overrides import DEFAULT_OFFICE, entries, over, own_file
from bot.knowledge.regions import load_districts
from bot.knowledge.services import Service
from bot.knowledge.submissions import SubmissionForm
from bot.knowledge.targets import TargetBook
from bot.knowledge.taxonomy import Family, Intent


def load_knowledge(folder: Path, office: str = DEFAULT_OFFICE) -> Knowledge:
    """What this office knows (about 50 ms, 4 MB). Raises KnowledgeError naming file and entry."""
    own = own_file(folder, office)
    services = build_list(Service, entries(read_file(folder / "services.yml"), "services", own), "id", "services.yml")
    documents = _list_of(Document, folder, "documents.yml", "documents", "id")
    check_requirements(services, documents)
    faqs = read_file(folder / "faq.yml")
    taxonomy = read_file(folder / "taxonomy.yml")
    holidays = _holidays(folder)
    facts = _office(folder, office, own.get("office", {}))
    try:
        calendar = facts.calendar(holidays)
    except ValueError as error:
        raise KnowledgeError(f"office.yml: entry '{office}': hours: {error}") from None
    families = section(taxonomy, "families", "taxonomy.yml")
    book = Knowledge(
        office=facts,
        calendar=calendar,
        holidays=holidays,
        services=services,
        families={name: build(Family, family, "taxonomy.yml", name) for name, family in families.items()},
        documents=documents,
        faqs=build_list(Faq, entries(faqs, "faqs", own), "id", "faq.yml"),
        intents=build_list(Intent, section(taxonomy, "intents", "taxonomy.yml"), "name", "taxonomy.yml"),
        districts=load_districts(folder),
        labels=build(Labels, read_file(folder / "labels.yml"), "labels.yml", "labels"),
        keywords=build(Keywords, read_file(folder / "keywords.yml"), "keywords.yml", "keywords"),
        hand_over=_hand_over(folder),
        targets=_targets(folder, office, own.get("targets", {})),
        forms=_forms(folder, own.get("submissions", {}), services, documents),
    )
    check(book, declared=section(section(faqs, "meta", "faq.yml"), "variables", "faq.yml"))
    return book


def _list_of(model: type[E], folder: Path, file: str, part: str, key: str) -> dict[str, E]:
    return build_list(model, section(read_file(folder / file), part, file), key, file)


def _hand_over(folder: Path) -> HandOverWords:
    content = read_file(folder / "hand_over.yml")
    matters = build_list(Matter, section(content, "matters", "hand_over.yml"), "topic", "hand_over.yml")
    return build(HandOverWords, {**content, "matters": matters}, "hand_over.yml", "hand_over")


def _office(folder: Path, prefix: str, own: Any) -> Office:
    office = build(Office, over(read_file(folder / "office.yml"), own), "office.yml", prefix)
    if office.prefix != prefix:
        raise KnowledgeError(f"office.yml: entry '{prefix}': its prefix is '{office.prefix}'")
    return office


def _targets(folder: Path, prefix: str, own: Any) -> TargetBook:
    return build(TargetBook, over(read_file(folder / "targets.yml"), own), "targets.yml", prefix)


def _forms(
    folder: Path, own: Any, services: dict[str, Service], documents: dict[str, Document]
) -> dict[str, SubmissionForm]:
    file = "submissions.yml"
    cases = build_cases(over(read_file(folder / file), own), file)
    check_cases(cases, services, documents)
    return build_forms(cases, services, documents)


def _holidays(folder: Path) -> HolidayBook:
    years = section(read_file(folder / "holidays.yml"), "years", "holidays.yml")
    return HolidayBook({year: build(HolidayYear, entry, "holidays.yml", str(year)) for year, entry in years.items()})
