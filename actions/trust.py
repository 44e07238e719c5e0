"""Is it real, and what to do when somebody cheats."""

from __future__ import annotations

from actions.faq import ready_answer, special_case
from actions.hand_over import hand_over
from actions.subject import Subject, after, say, subject_named, tell
from actions.words import holds_any, words
from bot.contracts import Choice, Decision, HandOverReason, Reading, Talk
from bot.knowledge import Knowledge

_OFFERS_MONEY = ("bisa bayar", "boleh bayar", "bayar lebih", "tambah bayar", "saya bayar", "sy bayar", "bisa tambah")
"""Somebody who asks whether paying helps reports nobody."""


def ask_authenticity(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    subject = subject_named(reading.service, knowledge)
    answer = special_case(reading, subject, knowledge) or ready_answer("cek_keaslian", knowledge)
    return tell(answer, talk, subject)


def report_fraud(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    subject: Subject | None = subject_named(reading.service, knowledge)
    safety = special_case(reading, subject, knowledge)
    if safety and holds_any(words(reading.text), _OFFERS_MONEY):
        return tell(safety, talk, None, (Choice("Lapor penipuan/pungli", "report_fraud"),))
    first = tell(safety, talk) if safety else say("fraud_safety", talk)
    return after(first, hand_over(HandOverReason.FRAUD, talk, knowledge, kind="report_fraud"))


def app_trouble(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    if answer := special_case(reading, None, knowledge):
        return tell(answer, talk)
    channel = knowledge.office.fact("alternative_channel") or "loket"
    return say("app_trouble", talk, channel=channel)
