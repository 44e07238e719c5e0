"""What a question is about: a service, a family of services, or nothing named yet."""

from __future__ import annotations

from dataclasses import dataclass

from bot.contracts import Choice, Command, Decision, Memory, Reading, Reply, Slot, Talk
from bot.knowledge import Knowledge, Service


@dataclass(frozen=True, slots=True)
class Subject:
    """``services`` are one service, or a family's members. ``name`` is told to the citizen."""

    id: str
    name: str
    services: tuple[Service, ...]

    @property
    def service(self) -> Service | None:
        return self.services[0] if len(self.services) == 1 else None


def subject_named(name: str | None, knowledge: Knowledge) -> Subject | None:
    """The subject of a service or family id; None for none or an unknown one."""
    if service := knowledge.service(name):
        return Subject(service.id, service.short_name, (service,))
    if name and knowledge.family(name):
        return Subject(name, knowledge.labels.families[name].name, knowledge.members(name))
    return None


def subject_of(reading: Reading, talk: Talk, knowledge: Knowledge) -> Subject | None:
    """What the reading names, else what the conversation was about."""
    return subject_named(reading.service, knowledge) or subject_named(talk.memory.service, knowledge)


def covers(name: str | None, other: str | None, knowledge: Knowledge) -> bool:
    """Whether ``name`` says no more than ``other``: nothing, the same, or a family that ``other`` belongs to."""
    family = knowledge.family(name)
    return name is None or name == other or (family is not None and other in family.members)


def member_choices(subject: Subject, intent: str) -> tuple[Choice, ...]:
    """The members of a family to choose from, asking the same thing of each."""
    return tuple(Choice(service.short_name, intent, service.id) for service in subject.services)


def menu(knowledge: Knowledge) -> tuple[Choice, ...]:
    return tuple(Choice(row.title, row.intent, row.service, row.part) for row in knowledge.labels.menu)


def say(
    name: str,
    talk: Talk,
    subject: Subject | None = None,
    choices: tuple[Choice, ...] = (),
    /,
    **variables: str | Slot,
) -> Decision:
    """One reply by name; see `tell`."""
    return tell(Reply(name, variables), talk, subject, choices)


def tell(reply: Reply, talk: Talk, subject: Subject | None = None, choices: tuple[Choice, ...] = ()) -> Decision:
    """One reply; the conversation then is about ``subject`` (or what it was about before)."""
    service = subject.id if subject else talk.memory.service
    return Decision(replies=(reply,), memory=Memory(service=service, choices=choices))


def after(first: Decision, *others: Decision) -> Decision:
    """Several decisions as one: everything said and done in order, remembered as the last that offers choices."""
    if not others:
        return first
    decisions = (first, *others)
    asked = next((decision.memory.asked for decision in reversed(decisions) if decision.memory.asked), None)
    choices = tuple(dict.fromkeys(choice for decision in decisions for choice in decision.memory.choices))
    return Decision(
        replies=tuple(reply for decision in decisions for reply in decision.replies),
        commands=_each_once([command for decision in decisions for command in decision.commands]),
        memory=Memory(service=decisions[-1].memory.service, choices=choices, asked=asked),
        intents=tuple(dict.fromkeys(intent for decision in decisions for intent in decision.intents)),
    )


def _each_once(commands: list[Command]) -> tuple[Command, ...]:
    """Commands hold mappings, so they are compared, not hashed."""
    return tuple(command for place, command in enumerate(commands) if command not in commands[:place])
