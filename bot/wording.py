"""How an alert is told to an officer: fulfils `bot.flow.notify.Wording` from the office's knowledge; and what a ticket
is about, as officers read it everywhere."""

from __future__ import annotations

from datetime import datetime

from actions.dates import clock_text, day_text
from bot.assistant import OfficeAssistant
from bot.contracts import Mail, PushMessage, TemplateMessage
from bot.desk.notices import Errand
from bot.knowledge import Knowledge
from bot.knowledge.alerts import DEFAULT, AlertWords
from bot.knowledge.templates import Template

UNKNOWN = "-"


def about(words: AlertWords, knowledge: Knowledge, kind: str, service: str | None, language: str) -> str:
    """A ticket's service by its short name, a family of services by its own; else what kind of ticket it is."""
    if (found := knowledge.service(service)) is not None:
        return found.short_name
    if service and service in knowledge.labels.families:
        return knowledge.labels.families[service].name
    by_language = words.about.get(kind, {})
    return by_language.get(language) or by_language.get(DEFAULT) or UNKNOWN


class OfficeWording:
    """``public_url``: where the desk is reached; ``template``: the approved alert template."""

    def __init__(self, assistant: OfficeAssistant, words: AlertWords, template: Template, public_url: str) -> None:
        self._assistant = assistant
        self._words = words
        self._template = template
        self._public_url = public_url

    def mail(self, errand: Errand) -> Mail:
        subject, text = self._said(errand)
        values = self._values(errand) | {"text": text}
        body = self._words.body.get(errand.language) or self._words.body[DEFAULT]
        return Mail(errand.email, subject, body.format_map(values), reference=f"notice.{errand.id}")

    def template(self, errand: Errand) -> TemplateMessage:
        values = self._values(errand)
        return self._template.message(
            {
                "number": errand.ticket_number,
                "level": self._words.on_the_phone[errand.level],
                "subject": values["about"],
                "deadline": values["deadline"],
                "notice": str(errand.id),
            },
            sender=errand.sender,
            recipient=errand.whatsapp or "",
            content_sid=errand.content_sid or "",
            reference=f"{errand.id}.{errand.attempts}",
            about="notice",
        )

    def is_of(self, errand: Errand, body: str) -> bool:
        told = self._template.values(body)
        return told is not None and told["notice"] == str(errand.id)

    def push(self, errand: Errand, endpoint: str, p256dh: str, auth: str) -> PushMessage:
        subject, text = self._said(errand)
        return PushMessage(
            endpoint=endpoint,
            p256dh=p256dh,
            auth=auth,
            title=subject,
            body=text,
            url=f"/desk/{errand.conversation_id}",
            tag=errand.ticket_number,
        )

    def _said(self, errand: Errand) -> tuple[str, str]:
        words = self._words.levels[errand.level]
        said = words.get(errand.language) or words[DEFAULT]
        values = self._values(errand)
        return said.subject.format_map(values), said.text.format_map(values)

    def _values(self, errand: Errand) -> dict[str, str]:
        return {
            "number": errand.ticket_number,
            "about": self._about(errand),
            "since": self._time(errand, errand.waiting_since),
            "deadline": self._time(errand, errand.deadline),
            "link": f"{self._public_url}/desk/{errand.conversation_id}",
        }

    def _about(self, errand: Errand) -> str:
        knowledge = self._assistant.knowledge(errand.office_prefix)
        return about(self._words, knowledge, errand.ticket_kind, errand.service, errand.language)

    def _time(self, errand: Errand, at: datetime | None) -> str:
        if at is None:
            return UNKNOWN
        knowledge = self._assistant.knowledge(errand.office_prefix)
        local = knowledge.calendar.local(at)
        return f"{day_text(local.date())} {clock_text(local)} {knowledge.office.time_zone_label}"
