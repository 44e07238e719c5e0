"""Anger and tears told by nothing but a sign; what is told in words is a matter (hand_over.yml)."""

from __future__ import annotations

from actions.words import words
from bot.knowledge import Knowledge


def is_upset(text: str, knowledge: Knowledge) -> bool:
    return not words(text) and any(sign in text for sign in knowledge.hand_over.signs)
