"""What the data files promise each other; every finding names the file and the entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.contracts import HandOverReason
from bot.errors import KnowledgeError
from bot.knowledge.book import Knowledge
from bot.knowledge.documents import Document
from bot.knowledge.services import Service


def check(book: Knowledge, declared: Iterable[str]) -> None:
    """Raises KnowledgeError for the first thing that refers to what is not there.

    ``declared`` are the variables that faq.yml's `meta.variables` names.
    """
    _check_families(book)
    _check_faqs(book, frozenset(declared))
    _check_labels(book)
    _check_keywords(book)
    _check_hand_over(book)
    _check_targets(book)


def _refuse(file: str, entry: str, what: str) -> None:
    raise KnowledgeError(f"{file}: entry '{entry}': {what}")


def check_requirements(services: Mapping[str, Service], documents: Mapping[str, Document]) -> None:
    """Before anything is built on them. Raises KnowledgeError for a paper or form that is not in documents.yml."""
    forms = {document.form_code for document in documents.values() if document.form_code}
    for service in services.values():
        for paper in service.required_documents:
            if paper.id not in documents:
                _refuse("services.yml", service.id, f"the document '{paper.id}' is not in documents.yml")
        for code in service.form_codes:
            if code not in forms:
                _refuse("services.yml", service.id, f"no document of documents.yml is the form '{code}'")


def _check_families(book: Knowledge) -> None:
    for name, family in book.families.items():
        if name in book.services:
            _refuse("taxonomy.yml", name, "a family is never called like a service")
        for member in family.members:
            if member not in book.services:
                _refuse("taxonomy.yml", name, f"the member '{member}' is not in services.yml")


def _check_faqs(book: Knowledge, declared: frozenset[str]) -> None:
    for faq in book.faqs.values():
        if faq.service and faq.service not in book.services:
            _refuse("faq.yml", faq.id, f"the service '{faq.service}' is not in services.yml")
        for variable in faq.variables:
            if variable not in declared:
                _refuse("faq.yml", faq.id, f"the variable '{variable}' is not declared in meta.variables")


def _check_labels(book: Knowledge) -> None:
    labels = book.labels
    _same_names("families", labels.families, book.families)
    _same_names("intents", labels.intents, book.intents)
    for row in labels.menu:
        _known_intent(book, "labels.yml", "menu", row.intent)
        if row.service:
            _known_subject(book, "labels.yml", "menu", row.service)
    for list_name in ("more", "condolence", "private", "court"):
        for service in getattr(labels, list_name):
            if service not in book.services:
                _refuse("labels.yml", list_name, f"'{service}' is not a service")


def _same_names(entry: str, found: Iterable[str], wanted: Iterable[str]) -> None:
    if difference := set(found) ^ set(wanted):
        _refuse("labels.yml", entry, f"{sorted(difference)} must stand both here and in taxonomy.yml")


def _check_keywords(book: Knowledge) -> None:
    for intent in book.keywords.intents:
        _known_intent(book, "keywords.yml", "intents", intent)
    for command, intent in book.keywords.commands.items():
        _known_intent(book, "keywords.yml", command, intent)
    for subject in (*book.keywords.services, *book.keywords.always_ours.values()):
        _known_subject(book, "keywords.yml", "services", subject)
    for situation in book.keywords.situations:
        if book.faq(situation.faq) is None:
            _refuse("keywords.yml", situation.faq, "no FAQ of faq.yml has this key")
        for intent in situation.intents:
            _known_intent(book, "keywords.yml", situation.faq, intent)
        for subject in situation.services:
            _known_subject(book, "keywords.yml", situation.faq, subject)


def _check_hand_over(book: Knowledge) -> None:
    known = book.hand_over
    spellings = {*known.same, *book.keywords.same}
    lists = {topic: (*it.phrases, *it.beside, *it.unless, *it.never_with) for topic, it in known.matters.items()}
    lists |= {"things": known.things, "waiting": (*known.waiting.asks, *known.waiting.hurries)}
    for entry, phrases in lists.items():
        for phrase in phrases:
            if unread := spellings.intersection(phrase.split()):
                _refuse("hand_over.yml", entry, f"'{phrase}': '{min(unread)}' is read as another word (same)")


def _check_targets(book: Knowledge) -> None:
    for kind in book.targets.kinds:
        if kind not in book.intents and kind not in frozenset(HandOverReason):
            _refuse("targets.yml", kind, "neither an intent of taxonomy.yml nor a reason of a hand-over")
    for service in book.targets.services:
        if service not in book.services:
            _refuse("targets.yml", service, "this service is not in services.yml")


def _known_intent(book: Knowledge, file: str, entry: str, intent: str) -> None:
    if intent not in book.intents:
        _refuse(file, entry, f"the intent '{intent}' is not in taxonomy.yml")


def _known_subject(book: Knowledge, file: str, entry: str, subject: str) -> None:
    if subject not in book.services and subject not in book.families:
        _refuse(file, entry, f"'{subject}' is neither a service nor a family")
