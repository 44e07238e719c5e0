"""What a citizen adds to a request that was just noted.

We ask them to write what happened; whatever they then write belongs to that note, however it reads by itself
("jam 10 pagi, namanya Budi"). The note is open as long as its last choice (`FINISHED`) is pending.
"""

from __future__ import annotations

from actions.second_look import is_sure
from actions.words import words
from bot.contracts import Choice, Memory, Reading, ReadingSource

FINISHED = 2
"""The part of a noted intent that ends the note."""
ADDED = 3
"""The part of a noted intent that adds to the note."""
INVITING = frozenset({"complaint", "report_fraud", "suggestion", "check_status"})
"""Kinds of note whose reply asks the citizen to write more."""

_STORIES = frozenset({"complaint", "report_fraud", "check_status"})
"""Kinds for which a whole sentence is a part of the story, whatever service or question it names."""
_NOT_A_STORY = frozenset({"thank", "goodbye", "affirm", "deny", "cancel", "greet", "talk_to_human", "bot_challenge"})
_SAYS_MORE = {
    "complaint": frozenset({"complaint", "suggestion"}),
    "report_fraud": frozenset({"report_fraud", "complaint", "suggestion"}),
    "suggestion": frozenset({"suggestion"}),
}
_NAMES_A_SERVICE = frozenset({"ask_service", "start_submission", "collect_document"})
_ASKS = frozenset(
    (
        *("apa", "apakah", "berapa", "brp", "kapan", "bagaimana", "bgmn", "gimana", "gmn", "mana", "dimana"),
        *("siapa", "bisa", "bisakah", "boleh", "syarat", "syaratnya"),
    )
)
_VERY_SURE = 0.7
"""Below it, what is no question belongs to the note, whatever it was taken for."""
_SHORT = 4
"""Words; a sure reading of so few is a question of its own ("ktp hilang")."""


def finish(kind: str) -> tuple[Choice, ...]:
    """The choice that ends a note of this kind, when it is one that asks for more."""
    return (Choice("Selesai menulis", kind, part=FINISHED),) if kind in INVITING else ()


def addition(text: str, reading: Reading | None, memory: Memory) -> Reading | None:
    """The text as an addition to the open note; None when there is none, or the text is something else."""
    note = open_note(memory)
    if note is None or not _belongs(note.intent, text, reading):
        return None
    return Reading(text=text, intent=note.intent, confidence=1.0, part=ADDED, source=ReadingSource.CHOICE)


def open_note(memory: Memory) -> Choice | None:
    """The choice that ends the open note; None when none is open."""
    return next((one for one in memory.choices if one.intent in INVITING and one.part == FINISHED), None)


def _belongs(kind: str, text: str, reading: Reading | None) -> bool:
    if reading is None or not is_sure(reading) or reading.intent in ("out_of_scope", "help"):
        return True
    if "?" in text or _ASKS.intersection(words(text)):
        return False
    if reading.confidence < _VERY_SURE or reading.intent in _SAYS_MORE.get(kind, ()):
        return True
    if kind == "check_status" and reading.intent in _NAMES_A_SERVICE:
        return True
    if reading.intent in _NOT_A_STORY or (kind == "complaint" and reading.intent == "report_fraud"):
        return False
    return kind in _STORIES and len(words(text)) > _SHORT
