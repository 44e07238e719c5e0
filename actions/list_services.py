"""What the office does, as a menu; its second part holds what no family holds."""

from __future__ import annotations

from actions.subject import menu, say
from bot.contracts import Choice, Decision, Reading, Talk
from bot.knowledge import Knowledge


def list_services(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    if reading.part > 1:
        more = (knowledge.services[name] for name in knowledge.labels.more)
        choices = tuple(Choice(service.short_name, "ask_service", service.id) for service in more)
        return say("more_services", talk, None, choices)
    count = str(len(knowledge.services))
    return say("services", talk, None, menu(knowledge), count=count, office=knowledge.office.name)
