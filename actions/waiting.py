"""What is said to somebody who waits for an officer: questions are answered as ever, and what is for the officer is
added and never a failure. Nothing here opens anything or promises a time."""

from __future__ import annotations

from actions.additions import open_note
from actions.feelings import is_upset
from actions.hand_over import wait_told
from actions.matters import has_any, words_of
from bot.contracts import Decision, Reading, ReadingSource, Talk
from bot.knowledge import Knowledge

HURRIES = 2
"""The part of `ask_queue` that hurries; the first asks."""
_SHORT = 7
"""Words; a longer text says something besides."""
_AT_THE_OFFICE = ("loket", "kantor", "ramai", "rame", "sepi")
"""Somebody asks about the queue they would stand in."""
_SAID = {
    "ask_queue": "your_place",
    "greet": "your_place",
    "talk_to_human": "already_waiting",
    "deny": "added_for_officer",
    "cancel": "still_waiting",
}


def about_the_wait(text: str, talk: Talk, knowledge: Knowledge) -> Reading | None:
    """A short text about the wait itself, read by its words; None for any other, and when nobody waits."""
    said = words_of(text, knowledge)
    known = knowledge.hand_over
    if not talk.place or len(said) > _SHORT or has_any(said, (*known.things, *_AT_THE_OFFICE)):
        return None
    if has_any(said, known.waiting.asks):
        return _own(text, part=1)
    if has_any(said, known.waiting.hurries) and not open_note(talk.memory):  # "lama sekali" may be the complaint told
        return _own(text, part=HURRIES)
    return None


def while_waiting(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision | None:
    """The answer to what somebody who waits means differently; None for everything else."""
    if not talk.place:
        return None
    note = open_note(talk.memory)
    choices = (note,) if note else ()
    if (reading.intent == "ask_queue" and reading.part == HURRIES) or (
        reading.intent == "help" and is_upset(reading.text, knowledge)
    ):
        return wait_told("sorry_to_wait", talk, knowledge, choices)
    if reading.intent not in _SAID or has_any(words_of(reading.text, knowledge), _AT_THE_OFFICE):
        return None
    return wait_told(_SAID[reading.intent], talk, knowledge, choices)


def added(talk: Talk, knowledge: Knowledge) -> Decision:
    """What was not understood is for the officer."""
    note = open_note(talk.memory)
    return wait_told("added_for_officer", talk, knowledge, (note,) if note else ())


def _own(text: str, part: int) -> Reading:
    return Reading(text=text, intent="ask_queue", confidence=1.0, source=ReadingSource.KEYWORD, part=part)
