"""All that one office knows, ready to be asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.calendar import OfficeCalendar
from bot.knowledge.documents import Document
from bot.knowledge.faq import Faq
from bot.knowledge.hand_over import HandOverWords
from bot.knowledge.holidays import HolidayBook
from bot.knowledge.keywords import Keywords
from bot.knowledge.labels import Labels
from bot.knowledge.office import Office
from bot.knowledge.regions import District
from bot.knowledge.services import Service
from bot.knowledge.submissions import SubmissionForm
from bot.knowledge.targets import TargetBook
from bot.knowledge.taxonomy import Family, Intent
from bot.rules import OfficeRules


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything by its id, in the files' order. ``faq`` finds by id and by the FAQ's own key."""

    office: Office
    calendar: OfficeCalendar
    holidays: HolidayBook
    services: Mapping[str, Service]
    families: Mapping[str, Family]
    documents: Mapping[str, Document]
    faqs: Mapping[str, Faq]
    intents: Mapping[str, Intent]
    districts: Mapping[str, District]
    labels: Labels
    keywords: Keywords
    hand_over: HandOverWords
    targets: TargetBook
    forms: Mapping[str, SubmissionForm]

    @property
    def rules(self) -> OfficeRules:
        """What the desk's verbs are handed."""
        return self.targets.rules(self.calendar, self._takes)

    def _takes(self, service: str) -> bool:
        form = self.submission_form(service)
        return form is None or form.offered

    def service(self, name: str | None) -> Service | None:
        return self.services.get(name) if name else None

    def submission_form(self, service: str | None) -> SubmissionForm | None:
        """How a service is submitted in the chat; None for what is no service."""
        return self.forms.get(service) if service else None

    def family(self, name: str | None) -> Family | None:
        return self.families.get(name) if name else None

    def document(self, name: str) -> Document | None:
        return self.documents.get(name)

    def faq(self, key: str) -> Faq | None:
        found = self.faqs.get(key)
        return found or next((faq for faq in self.faqs.values() if faq.intent == key), None)

    def members(self, family: str) -> tuple[Service, ...]:
        """A family's services. Raises KeyError for an unknown family."""
        return tuple(self.services[member] for member in self.families[family].members)
