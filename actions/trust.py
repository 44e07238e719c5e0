"""Is it real, and what to do when somebody cheats."""

from __future__ import annotations

from actions.faq import ready_answer, special_case
from actions.noted import note
from actions.subject import Subject, after, say, subject_named, tell
from bot.contracts import Decision, Reading, Talk
from bot.knowledge import Knowledge


def ask_authenticity(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    subject = subject_named(reading.service, knowledge)
    answer = special_case(reading, subject, knowledge) or ready_answer("cek_keaslian", knowledge)
    return tell(answer, talk, subject)


def report_fraud(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    subject: Subject | None = subject_named(reading.service, knowledge)
    safety = special_case(reading, subject, knowledge)
    first = tell(safety, talk) if safety else say("fraud_safety", talk)
    return after(first, note("report_fraud", talk, knowledge))


def app_trouble(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    if answer := special_case(reading, None, knowledge):
        return tell(answer, talk)
    channel = knowledge.office.fact("alternative_channel") or "loket"
    return say("app_trouble", talk, channel=channel)
