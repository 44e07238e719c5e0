"""Whether a service can be asked for without coming."""

from __future__ import annotations

from actions.faq import special_case
from actions.subject import Subject, say, subject_of, tell
from actions.way import Way, way_label, way_of
from bot.contracts import Decision, Reading, Talk
from bot.knowledge import Knowledge, Service


def ask_online(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    subject = subject_of(reading, talk, knowledge)
    if answer := special_case(reading, subject, knowledge):
        return tell(answer, talk, subject)
    if subject is None:
        return say("online_general", talk, way=knowledge.office.fact("submission_channels"))
    ways = {way_of(service) for service in subject.services}
    if len(ways) > 1:
        return say("online_differs", talk, subject, subject=subject.name, ways=_by_way(subject, knowledge))
    return _alike(ways.pop(), subject, subject.services[0], talk)


def _alike(way: Way, subject: Subject, service: Service, talk: Talk) -> Decision:
    name = f"online_{way.value}"
    if way is Way.PORTAL:
        return say(name, talk, subject, subject=subject.name, portal=service.channel.portal or "")
    if way is Way.COUNTER:
        why = "" if service.proxy.allowed else service.proxy.note
        return say(name, talk, subject, subject=subject.name, why=why)
    return say(name, talk, subject, subject=subject.name)


def _by_way(subject: Subject, knowledge: Knowledge) -> str:
    ways: dict[str, list[str]] = {}
    for service in subject.services:
        ways.setdefault(way_label(service, knowledge), []).append(service.short_name)
    return "\n".join(f"• {', '.join(names)}: {way}" for way, names in ways.items())
