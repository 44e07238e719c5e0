"""Reads data/knowledge once, lays an office's own file over the defaults, and refuses what does not hold together."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.errors import KnowledgeError
from bot.knowledge.book import Knowledge
from bot.knowledge.checks import check
from bot.knowledge.documents import Document
from bot.knowledge.entry import build, build_list, read_file, section
from bot.knowledge.faq import Faq
from bot.knowledge.holidays import HolidayBook, HolidayYear
from bot.knowledge.keywords import Keywords
from bot.knowledge.labels import Labels
from bot.knowledge.office import Office
from bot.knowledge.regions import District
from bot.knowledge.services import Service
from bot.knowledge.taxonomy import Family, Intent

DEFAULT_OFFICE = "PKP"
_LISTS = {"services": "services.yml", "faqs": "faq.yml"}
"""The lists an office may change entry by entry, by id."""


def load_knowledge(folder: Path, office: str = DEFAULT_OFFICE) -> Knowledge:
    """What this office knows. Raises KnowledgeError naming file and entry."""
    own = _own_file(folder, office)
    services = read_file(folder / "services.yml")
    faqs = read_file(folder / "faq.yml")
    taxonomy = read_file(folder / "taxonomy.yml")
    holidays = HolidayBook(_holiday_years(read_file(folder / "holidays.yml")))
    facts = build(
        Office, _over(read_file(folder / "office.yml"), own.get("office", {})), "office.yml", office
    )
    if facts.prefix != office:
        raise KnowledgeError(
            f"offices/{office}.yml: entry 'office': prefix: '{facts.prefix}' is not '{office}'"
        )
    try:
        calendar = facts.calendar(holidays)
    except ValueError as error:
        raise KnowledgeError(f"office.yml: entry '{office}': hours: {error}") from None
    families = section(taxonomy, "families", "taxonomy.yml")
    book = Knowledge(
        office=facts,
        calendar=calendar,
        holidays=holidays,
        services=build_list(Service, _entries(services, "services", own), "id", "services.yml"),
        families={name: build(Family, family, "taxonomy.yml", name) for name, family in families.items()},
        documents=build_list(
            Document,
            section(read_file(folder / "documents.yml"), "documents", "documents.yml"),
            "id",
            "documents.yml",
        ),
        faqs=build_list(Faq, _entries(faqs, "faqs", own), "id", "faq.yml"),
        intents=build_list(Intent, section(taxonomy, "intents", "taxonomy.yml"), "name", "taxonomy.yml"),
        districts=build_list(
            District,
            section(read_file(folder / "regions.yml"), "kecamatan", "regions.yml"),
            "code6",
            "regions.yml",
        ),
        labels=build(Labels, read_file(folder / "labels.yml"), "labels.yml", "labels"),
        keywords=build(Keywords, read_file(folder / "keywords.yml"), "keywords.yml", "keywords"),
    )
    check(book, section(section(faqs, "meta", "faq.yml"), "variables", "faq.yml"))
    return book


def _own_file(folder: Path, office: str) -> dict[str, Any]:
    """offices/<PREFIX>.yml. The default office needs none; any other must have one, or it would tell the default
    office's facts as its own."""
    path = folder / "offices" / f"{office}.yml"
    if not path.exists() and office == DEFAULT_OFFICE:
        return {}
    if not path.exists():
        raise KnowledgeError(
            f"offices/{office}.yml: the file is missing; office '{office}' has no facts of its own"
        )
    own = read_file(path)
    if unknown := set(own) - {"office", *_LISTS}:
        raise KnowledgeError(
            f"offices/{office}.yml: entry '{sorted(unknown)[0]}': not a part an office may change"
        )
    return own


def _entries(content: Mapping[str, Any], key: str, own: Mapping[str, Any]) -> list[Any]:
    """A file's list with the office's own values laid over the entries of the same id."""
    entries = section(content, key, _LISTS[key])
    changes = dict(own.get(key, {}))
    changed = [_over(entry, changes.pop(entry.get("id"), {})) for entry in entries]
    if changes:
        raise KnowledgeError(
            f"{_LISTS[key]}: entry '{sorted(changes)[0]}': an office changes it, but it is not there"
        )
    return changed


def _over(default: Any, own: Any) -> Any:
    """Mappings are laid over each other key by key; anything else is replaced."""
    if isinstance(default, Mapping) and isinstance(own, Mapping):
        return {**default, **{key: _over(default.get(key, {}), value) for key, value in own.items()}}
    return own


def _holiday_years(content: Mapping[str, Any]) -> dict[int, HolidayYear]:
    years = section(content, "years", "holidays.yml")
    return {year: build(HolidayYear, entry, "holidays.yml", str(year)) for year, entry in years.items()}
