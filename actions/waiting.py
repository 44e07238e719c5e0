"""What is said to somebody who waits for an officer: questions are answered as ever, and what is for the officer is
added and never a failure. Nothing here opens anything or promises a time."""

from __future__ import annotations

from actions.additions import open_note
from actions.feelings import is_upset
from actions.hand_over import wait_told
from actions.matters import has_any, words_of
from actions.second_look import is_sure
from bot.contracts import Decision, Reading, ReadingSource, Talk
from bot.knowledge import Knowledge

HURRIES = 2
"""The part of `ask_queue` that hurries; the first asks."""
_SHORT = 7
"""Words; a longer text says something besides."""
_AT_THE_OFFICE = ("loket", "kantor", "ramai", "rame", "sepi")
"""Somebody asks about the queue they would stand in."""
_MAY_HURRY = frozenset({"", "ask_queue", "complaint", "talk_to_human", "out_of_scope", "help", "greet", "suggestion"})
_MAY_ASK = _MAY_HURRY | {"check_status", "ask_duration", "ask_hours"}
"""What the NLU, which knows of no wait, takes such texts for; nothing when it is not sure."""
_SAID = {
    "ask_queue": "your_place",
    "greet": "your_place",
    "talk_to_human": "already_waiting",
    "deny": "added_for_officer",
    "cancel": "still_waiting",
}


def about_the_wait(text: str, read: Reading | None, talk: Talk, knowledge: Knowledge) -> Reading | None:
    """A short text about the wait itself, told by its words unless it was surely ``read`` as something else ("bisa
    bayar biar cepat"); None for any other, and when nobody waits."""
    said = words_of(text, knowledge)
    known = knowledge.hand_over
    if not talk.place or len(said) > _SHORT or has_any(said, (*known.things, *_AT_THE_OFFICE)):
        return None
    meant = read.intent if read and is_sure(read) else ""
    if has_any(said, known.waiting.asks) and meant in _MAY_ASK:
        return _own(text, part=1)
    # "lama sekali" may be the complaint that is being told
    if has_any(said, known.waiting.hurries) and meant in _MAY_HURRY and not open_note(talk.memory):
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
