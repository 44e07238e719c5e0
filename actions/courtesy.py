"""Greeting, thanks, yes and no, help: the small talk around questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from actions.dates import part_of_day
from actions.feelings import is_upset
from actions.office import PERSON
from actions.subject import menu, say
from actions.words import words
from bot.contracts import Choice, Decision, Reading, Talk
from bot.knowledge import Knowledge

NEW = 2
"""The part of `help` that asks for a new question to be written."""
_CLOSING = frozenset({"thank", "goodbye", "affirm"})
_SALAM = ("assalam", "asalam", "aslm", "ass", "samlekum")
_MISREAD = frozenset({"maksud", "maksudku", "maksudnya", "maksudkah", "mksd", "mksud", "salah"})


def is_salam(text: str) -> bool:
    return any(word.startswith(_SALAM) for word in words(text))


def is_closing(intents: Sequence[str]) -> bool:
    """Whether these are nothing but thanks, a yes or a goodbye: nobody waits for an answer to them."""
    return bool(intents) and _CLOSING.issuperset(intents)


def greet(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    salam = is_salam(reading.text)
    moment = part_of_day(knowledge.calendar.local(talk.now))
    opening = "Waalaikumsalam" if salam else f"Selamat {moment}"
    if talk.first_contact:
        office = knowledge.office
        return say(
            "welcome", talk, None, menu(knowledge), opening=opening, assistant=office.assistant, office=office.name
        )
    return say("greet", talk, None, menu(knowledge), opening=opening)


def thank(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    return say("thank", talk)


def goodbye(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    return say("goodbye", talk)


def affirm(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    """A yes that answers no question of ours, or one of several choices."""
    if talk.memory.choices:
        return say("which_number", talk, None, talk.memory.choices)
    return say("affirm", talk)


def deny(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    return say("misread" if _MISREAD.intersection(words(reading.text)) else "deny", talk)


def cancel(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    """Back to the beginning: what was spoken of before is forgotten."""
    said = say("cancel", talk, None, menu(knowledge))
    return replace(said, memory=replace(said.memory, service=None))


def help_(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    if reading.part == NEW:
        return say("new_question", talk)
    if is_upset(reading.text, knowledge):
        return say("upset", talk, None, (PERSON, Choice("Menu", "help")))
    return say("help", talk, None, menu(knowledge))


def bot_challenge(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    office = knowledge.office
    person: tuple[Choice, ...] = (Choice("Bicara dengan petugas", "talk_to_human"),)
    return say("bot_challenge", talk, None, person, assistant=office.assistant, office=office.name)
