"""What a service asks for: its requirement card, or which member of a family is meant."""

from __future__ import annotations

from dataclasses import replace

from actions.card import Part, parts_of
from actions.duration import common_target
from actions.faq import special_case
from actions.office import PERSON
from actions.subject import Subject, member_choices, menu, say, subject_of, tell
from actions.way import Way, way_label, way_of
from bot.contracts import Choice, Decision, Memory, Reading, Reply, Talk
from bot.knowledge import Knowledge, Service

_ASKED_OF_A_PERSON = frozenset({Way.REQUEST, Way.CHAT})
"""Ways that begin with a message to an officer."""


def ask_service(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    subject = subject_of(reading, talk, knowledge)
    if answer := special_case(reading, subject, knowledge):
        told = tell(answer, talk, subject, _card_choice(subject, knowledge))
        return replace(told, replies=_with_care(answer, subject.service if subject else None, knowledge))
    if subject is None:
        return say("which_service", talk, None, menu(knowledge))
    if subject.service is None:
        return _which_member(subject, talk)
    return _card(subject, subject.service, reading.part, talk, knowledge)


def _card_choice(subject: Subject | None, knowledge: Knowledge) -> tuple[Choice, ...]:
    """The whole card; and a person, on what is gently spoken of."""
    if subject is None:
        return ()
    gently = subject.id in (*knowledge.labels.condolence, *knowledge.labels.private)
    return (Choice(f"Syarat {subject.name}", "ask_service", subject.id), *((PERSON,) if gently else ()))


def _which_member(subject: Subject, talk: Talk) -> Decision:
    return say(
        "which_member",
        talk,
        subject,
        member_choices(subject, "ask_service"),
        subject=subject.name,
        time=common_target(subject),
    )


def _card(subject: Subject, service: Service, part: int, talk: Talk, knowledge: Knowledge) -> Decision:
    way = way_label(service, knowledge)
    deadline = service.reporting_deadline or ""
    parts = parts_of(service, told_once=len(service.processing_time.target + way + deadline))
    wanted = min(max(part, 1), len(parts))
    lists = _lists(parts[wanted - 1])
    memory = Memory(service=subject.id, choices=_next(service, wanted, parts, knowledge))
    if wanted > 1:
        return Decision(replies=(Reply("service_more", {"subject": subject.name, **lists}),), memory=memory)
    card = Reply(
        "service_card",
        {
            "subject": subject.name,
            **lists,
            "time": service.processing_time.target,
            "way": way,
            "deadline": deadline,
        },
    )
    return Decision(replies=_with_care(card, service, knowledge), memory=memory)


def _lists(part: Part) -> dict[str, str]:
    return {name: "\n".join(getattr(part, name)) for name in ("always", "one_of", "conditional", "steps")}


def _next(service: Service, part: int, parts: tuple[Part, ...], knowledge: Knowledge) -> tuple[Choice, ...]:
    """The part to read on with, the steps, sending the papers at once, and the person where one is asked by message."""
    last = len(parts)
    person = (PERSON,) if part == 1 and way_of(service) in _ASKED_OF_A_PERSON else ()
    more = (Choice("Lanjutan syaratnya", "ask_service", service.id, part + 1),) if part + 1 < last else ()
    steps = (Choice("Langkah mengurusnya", "ask_service", service.id, last),) if part < last else ()
    form = knowledge.submission_form(service.id)
    send = (
        (Choice("Kirim berkas sekarang", "start_submission", service.id),)
        if part == 1 and form and form.offered
        else ()
    )
    return more + steps + send + person


def _with_care(answer: Reply, service: Service | None, knowledge: Knowledge) -> tuple[Reply, ...]:
    """Condolences before, the offer of a person after, what is to be confirmed."""
    if service is None:
        return (answer,)
    before = (Reply("condolence"),) if service.id in knowledge.labels.condolence else ()
    unsure = (Reply("officer_confirms"),) if service.verify else ()
    private = (Reply("private_talk"),) if service.id in knowledge.labels.private else ()
    return (*before, answer, *(private or unsure))
