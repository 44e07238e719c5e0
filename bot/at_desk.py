"""What the desk's pages ask of the office: fulfils `bot.web.desk.office.DeskOffice`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from actions.hours import week_text
from bot import ways
from bot.assistant import OfficeAssistant
from bot.contracts import FilledTemplate, Level, Way, Whom
from bot.desk.telling import ANSWER_WAITING
from bot.knowledge import DEFAULT_OFFICE, Knowledge, KnowledgeError, load_templates
from bot.knowledge.alerts import DEFAULT, load_alert_words
from bot.knowledge.documents import short
from bot.rules import OfficeRules
from bot.settings import KNOWLEDGE, Settings
from bot.web.desk.case import Case, NeededPaper
from bot.wording import about


class OfficeAtDesk:
    """Reads the office's knowledge at the first page that asks: about 10 MB, which a web process that only takes
    webhooks does not need."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._assistant = OfficeAssistant()
        self._words = load_alert_words(KNOWLEDGE)
        self._templates = load_templates(KNOWLEDGE)

    def rules(self, office: str) -> OfficeRules:
        return self._assistant.rules(office)

    def zone_label(self, office: str) -> str:
        return self._knowledge(office).office.time_zone_label

    def about(self, office: str, kind: str, service: str | None, language: str) -> str:
        return about(self._words, self._knowledge(office), kind, service, language)

    def understood(self, office: str, intent: str, service: str | None) -> str:
        """An intent by the label that citizens read."""
        knowledge = self._knowledge(office)
        subject = knowledge.service(service)
        label = knowledge.labels.intents.get(intent, intent)
        return label.replace("{subjek}", subject.short_name if subject else "").strip()

    def alerted(self, level: Level, number: str, language: str) -> str:
        by_language = self._words.levels[level]
        said = by_language.get(language) or by_language[DEFAULT]
        return said.subject.format(number=number)

    def answer_waiting(self, office: str, number: str) -> FilledTemplate:
        return self._templates[ANSWER_WAITING].fill({"number": number})

    def farewell(self, office: str, number: str, now: datetime) -> str:
        return self._assistant.farewell(number, office, now)

    def opening_hours(self, office: str) -> str:
        return week_text(self._knowledge(office).office.hours.week.week())

    def document(self, office: str, document: str) -> str | None:
        known = self._knowledge(office).document(document)
        return short(known.name) if known else None

    def document_in_full(self, office: str, document: str) -> str:
        known = self._knowledge(office).document(document)
        return known.name if known and known.name != short(known.name) else ""

    def case(self, office: str, service: str, whom: Whom | None, answers: Mapping[str, str]) -> Case | None:
        form = self._knowledge(office).submission_form(service)
        if form is None:
            return None
        given = form.prune(answers, whom)
        asked = form.questions_asked(given, whom)
        titles = {question.id: {one.id: one.title for one in question.options} for question in asked}
        return Case(
            answers=tuple((one.text, titles[one.id][given[one.id]]) for one in asked if one.id in given),
            papers=tuple(
                NeededPaper(short(paper.name), paper.documents, paper.optional)
                for paper in form.papers(given, whom)
                if paper.photo
            ),
        )

    def ways(self, approved: Collection[str]) -> Mapping[Way, bool]:
        return ways.configured(self._settings, approved)

    def _knowledge(self, office: str) -> Knowledge:
        try:
            return self._assistant.knowledge(office)
        except KnowledgeError:
            return self._assistant.knowledge(DEFAULT_OFFICE)
