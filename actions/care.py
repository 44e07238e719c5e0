"""What a matter (hand_over.yml) makes of an answer: a person hears of it, gently, and no reasons are asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from actions.hand_over import KIND, REASONS, hand_over, wait_told
from actions.office import PERSON
from actions.subject import Subject, after, subject_named
from actions.unsure import NOT_OFFERED
from bot.contracts import Choice, Decision, HandOver, HandOverReason, Reading, Reply, Talk
from bot.knowledge import Knowledge
from bot.knowledge.hand_over import HandsOver, Matter


def with_care(
    matter: Matter | None, decision: Decision, clear: Sequence[Reading], talk: Talk, knowledge: Knowledge
) -> Decision:
    """The decision about the ``clear`` readings, and what their matter asks for.

    Distress goes before everything and raises what already waits. What hands over by itself, or waits, stays as it is.
    A clear question is answered beside an angry word; in a delicate matter its papers stay one tap away.
    """
    understood = [reading for reading in clear if reading.intent not in NOT_OFFERED]
    if matter is None:
        return decision
    if matter.reason is HandOverReason.DISTRESS:
        return _distress(understood, talk, knowledge)
    if any(isinstance(command, HandOver) for command in decision.commands):
        return decision
    if talk.place:
        angry = matter.reason is HandOverReason.ANGER and not understood
        return wait_told("sorry_to_wait", talk, knowledge) if angry else decision
    if matter.reason is HandOverReason.ANGER:
        handed = hand_over(matter.reason, talk, knowledge)
        return after(decision, handed) if understood else handed
    answered = understood or any(reply.name == "ready_answer" for reply in decision.replies)
    if matter.hands_over is HandsOver.UNMATCHED and answered:
        choices = tuple(dict.fromkeys((*decision.memory.choices, PERSON)))
        return replace(decision, memory=replace(decision.memory, choices=choices))
    return _about_papers(understood, matter.reason, talk, knowledge)


def _distress(understood: Sequence[Reading], talk: Talk, knowledge: Knowledge) -> Decision:
    kind = next((reading.intent for reading in understood if reading.intent in REASONS), KIND)
    handed = _about_papers(understood, HandOverReason.DISTRESS, talk, knowledge, kind)
    safety = (Reply("fraud_safety"),) if kind == "report_fraud" else ()
    return replace(handed, replies=(*handed.replies, *safety))


def _about_papers(
    understood: Sequence[Reading], reason: HandOverReason, talk: Talk, knowledge: Knowledge, kind: str = KIND
) -> Decision:
    """Handed over, with the card of the papers spoken of as a choice."""
    subject = next(filter(None, (subject_named(reading.service, knowledge) for reading in understood)), None)
    return hand_over(reason, talk, knowledge, subject, _card(subject), kind)


def _card(subject: Subject | None) -> tuple[Choice, ...]:
    return (Choice(f"Syarat {subject.name}", "ask_service", subject.id),) if subject else ()
