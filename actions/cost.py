"""What it costs: nothing, and nobody may ask for money."""

from __future__ import annotations

from actions.faq import special_case
from actions.subject import Subject, after, say, subject_of, tell
from actions.words import holds_any, words
from bot.contracts import Decision, Reading, Talk
from bot.knowledge import Knowledge


def ask_cost(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    subject = subject_of(reading, talk, knowledge)
    if answer := special_case(reading, subject, knowledge):
        return tell(answer, talk, subject)
    price = _price(subject, talk)
    if _asks_for_fine(reading):
        policy = knowledge.office.fact("late_fee_policy")
        return after(price, say("late_fee", talk, subject, policy=policy))
    if subject and subject.id in knowledge.labels.court:
        return after(price, say("court_cost", talk, subject))
    return price


def _price(subject: Subject | None, talk: Talk) -> Decision:
    if subject is None:
        return say("cost_of_all", talk)
    fees = {service.fee_idr for service in subject.services}
    if fees == {0}:
        return say("cost", talk, subject, subject=subject.name)
    price = " sampai ".join(f"Rp{fee:,}".replace(",", ".") for fee in sorted({min(fees), max(fees)}))
    return say("cost_with_fee", talk, subject, subject=subject.name, price=price)


def _asks_for_fine(reading: Reading) -> bool:
    return holds_any(words(reading.text), ("denda", "didenda", "terlambat", "telat"))
