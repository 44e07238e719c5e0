"""Handing a conversation over to an officer, and going on with what one has ended.

One conversation has one ticket in the queue for whatever brought it there (`KIND`; the reason tells them apart);
complaints and reports of fraud have kinds of their own.
"""

from __future__ import annotations

from collections.abc import Mapping

from actions.additions import finish
from actions.faq import special_case
from actions.place import of_command, of_talk
from actions.subject import Subject, tell
from bot.contracts import Choice, Decision, HandOver, HandOverReason, Memory, Reading, Reopen, Reply, Talk
from bot.knowledge import Knowledge

KIND = "talk_to_human"
GO_ON = 2
"""The part of `talk_to_human` that goes on with what an officer ended."""
REASONS: Mapping[str, HandOverReason] = {
    "complaint": HandOverReason.COMPLAINT,
    "report_fraud": HandOverReason.FRAUD,
}
"""The kinds of their own."""
_THEN = {
    HandOverReason.WISH: "tell_officer",
    HandOverReason.MISUNDERSTOOD: "tell_officer",
    HandOverReason.ANGER: "tell_officer",
    HandOverReason.COMPLAINT: "tell_complaint",
    HandOverReason.FRAUD: "tell_fraud",
    HandOverReason.DISTRESS: "in_danger",
}
"""What is said last; about delicate matters nothing is asked."""


def hand_over(
    reason: HandOverReason,
    talk: Talk,
    knowledge: Knowledge,
    subject: Subject | None = None,
    choices: tuple[Choice, ...] = (),
    kind: str = KIND,
) -> Decision:
    """Into the queue; the citizen is told number, place and time at once."""
    service = subject.id if subject else talk.memory.service
    then = (Reply(_THEN[reason], {"emergency": knowledge.office.fact("emergency")}),) if reason in _THEN else ()
    return Decision(
        replies=(Reply(f"handed_over_{reason.value}"), of_command(kind), *then),
        commands=(HandOver(kind, reason, service),),
        memory=Memory(service=service, choices=(*choices, *finish(kind))),
    )


def talk_to_human(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    if reading.part == GO_ON:
        replies = (Reply("reopened"), of_command("reopened"))
        return Decision(replies=replies, commands=(Reopen(),), memory=Memory(service=talk.memory.service))
    if talk.place:
        return wait_told("already_waiting", talk, knowledge)
    return hand_over(HandOverReason.WISH, talk, knowledge)


def complaint(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    if answer := special_case(reading, None, knowledge):
        return tell(answer, talk)
    return hand_over(HandOverReason.COMPLAINT, talk, knowledge, kind="complaint")


def wait_told(name: str, talk: Talk, knowledge: Knowledge, choices: tuple[Choice, ...] = ()) -> Decision:
    """A word, and where the conversation stands in the queue; nothing new is opened."""
    memory = Memory(service=talk.memory.service, choices=choices)
    return Decision(replies=(Reply(name), of_talk(talk, knowledge)), memory=memory)
