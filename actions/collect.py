"""How a finished document reaches the citizen."""

from __future__ import annotations

from actions.faq import ready_answer, special_case
from actions.subject import Subject, say, subject_of, tell
from bot.contracts import Decision, Reading, Talk
from bot.knowledge import Delivery, Knowledge


def collect_document(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    subject = subject_of(reading, talk, knowledge)
    answer = special_case(reading, subject, knowledge)
    delivery = _common_delivery(subject)
    if answer or subject is None or delivery is None:
        told = answer or ready_answer("ambil_dokumen", knowledge)
        return tell(told, talk, subject)
    place = knowledge.office.fact("pickup_place")
    pickup = (subject.services[0].channel.pickup or "") if delivery is Delivery.PDF else ""
    return say(f"collect_{delivery.value}", talk, subject, subject=subject.name, place=place, pickup=pickup)


def _common_delivery(subject: Subject | None) -> Delivery | None:
    """The delivery of all of a subject's services; None when they differ."""
    ways = {service.channel.delivery for service in subject.services} if subject else set()
    return ways.pop() if len(ways) == 1 else None
