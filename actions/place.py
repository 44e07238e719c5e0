"""A ticket's place in the queue, in words: its number, who is before it, and about when an officer answers.

The sentence is `queue_place` of replies.yml. What it tells comes from the rows that a hand-over writes (`of_command`)
or, while the conversation waits, from where it stands now (`of_talk`).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from actions.dates import moment_text
from actions.documents.states import ticket_word
from bot.contracts import Reply, Slot, Slots, Talk
from bot.knowledge import Knowledge

_TOLD = ("number", "place", "held", "expected", "opens")
_ROUGHLY = timedelta(minutes=5)


def of_command(ref: str) -> Reply:
    """The place that a command gives: ``ref`` is its kind, or ``reopened``."""
    return Reply("queue_place", {name: Slot(f"{ref}.{name}") for name in _TOLD})


def of_talk(talk: Talk, knowledge: Knowledge) -> Reply:
    """Where the conversation stands now. Raises ValueError when it does not wait."""
    if talk.place is None:
        raise ValueError("nobody waits here")
    place = talk.place
    slots: Slots = {
        "now.number": place.number,
        "now.place": place.position,
        "now.expected": place.expected or "",
        "now.opens": place.opens or "",
    }
    words = told(slots, talk.now, knowledge)
    return Reply("queue_place", {name: words[f"now.{name}"] for name in _TOLD})


def told(slots: Slots, now: datetime, knowledge: Knowledge) -> dict[str, str]:
    """Slots as words. Beside each ``<ref>.place`` stands ``<ref>.held``: who has the ticket already, when somebody
    has; a time to expect an answer at that is over already is left out."""
    words: dict[str, str] = {}
    for name, value in slots.items():
        ref, _, field = name.rpartition(".")
        if field == "place":
            words |= {name: _place(value), f"{ref}.held": "" if value else "Petugas"}
        elif isinstance(value, datetime):
            words[name] = _time(field, value, now, knowledge)
        elif name == "lookup.state":
            words[name] = ticket_word(str(value))
        elif name == "lookup.service":
            words[name] = _service(str(value), knowledge)
        else:
            words[name] = str(value)
    return words


def _service(name: str, knowledge: Knowledge) -> str:
    service = knowledge.service(name)
    return service.short_name if service else ""


def _place(position: str | int | datetime) -> str:
    if not position:
        return ""
    return "berikutnya" if position == 1 else f"antrean ke-{position}"


def _time(field: str, at: datetime, now: datetime, knowledge: Knowledge) -> str:
    if field == "expected":
        if at <= now:
            return ""
        at = _rounded_up(at)  # to the minute it would sound like a promise
    local = knowledge.calendar.local
    return moment_text(local(at), local(now).date(), knowledge.office.time_zone_label)


def _rounded_up(at: datetime) -> datetime:
    past = timedelta(minutes=at.minute, seconds=at.second, microseconds=at.microsecond) % _ROUGHLY
    return at - past + _ROUGHLY if past else at
