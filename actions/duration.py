"""How long a service takes: always a target, never a promise."""

from __future__ import annotations

from actions.faq import ready_answer, special_case
from actions.subject import Subject, say, subject_of, tell
from bot.contracts import Decision, Reading, Talk
from bot.knowledge import Knowledge

_CEILING = "24 jam"


def ask_duration(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    subject = subject_of(reading, talk, knowledge)
    answer = special_case(reading, subject, knowledge)
    if answer or subject is None:
        told = answer or ready_answer("lama_proses", knowledge)
        return tell(told, talk, subject)
    if subject.service:
        return say("duration", talk, subject, subject=subject.name, time=subject.service.processing_time.target)
    time = common_target(subject)
    return say("duration", talk, subject, subject=subject.name, time=time)


def common_target(subject: Subject) -> str:
    """The time that holds for all of a subject's services, as far as one does; else empty."""
    targets = {service.processing_time.target for service in subject.services}
    if len(targets) == 1:
        return targets.pop()
    return "umumnya paling lama 24 jam setelah berkas lengkap" if all(_CEILING in it for it in targets) else ""
