"""A message soon after an officer ended a ticket: is it still about that, or something new?"""

from __future__ import annotations

from actions.courtesy import NEW, is_closing
from actions.hand_over import GO_ON
from actions.questions import Questions
from actions.subject import say
from actions.unsure import NOT_OFFERED, meaning
from bot.contracts import Choice, Decision, ReadingSource, Reply, Talk
from bot.knowledge import Knowledge

_NEW = "Pertanyaan baru"


def resolved_told(number: str) -> Reply:
    """The office's last word when an officer ends a ticket; what the citizen answers comes to `go_on_or_new`."""
    return Reply("resolved", {"number": number})


def go_on_or_new(asked: Questions, talk: Talk, knowledge: Knowledge) -> Decision | None:
    """The two choices; None when nothing was ended lately, when it is only thanks, or when something was picked."""
    if talk.resolved is None or talk.place:
        return None
    only_clear = not (asked.unclear or asked.unread)
    if only_clear and is_closing([reading.intent for reading in asked.clear]):
        return None
    if any(reading.source is ReadingSource.CHOICE for reading in asked.clear):
        return None
    go_on = Choice(f"Lanjutkan {talk.resolved}", "talk_to_human", part=GO_ON)
    return say("go_on_or_new", talk, None, (go_on, *_new(asked, talk, knowledge)), number=talk.resolved)


def _new(asked: Questions, talk: Talk, knowledge: Knowledge) -> tuple[Choice, ...]:
    """What was just written, to be answered when picked; of several questions each by its name."""
    new = [reading for reading in asked.clear if reading.intent not in NOT_OFFERED]
    if not new:
        return (Choice(_NEW, "help", part=NEW),)
    if len(new) == 1:
        return (Choice(_NEW, new[0].intent, new[0].service or talk.memory.service, new[0].part),)
    named = (meaning(reading.intent, reading, talk, knowledge) for reading in new)
    return tuple(Choice(f"{_NEW}: {choice.title}", choice.intent, choice.service) for choice in named)
