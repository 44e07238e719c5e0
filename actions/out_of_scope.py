"""What this office does not do: who probably does, and what we can help with."""

from __future__ import annotations

from actions.faq import special_case
from actions.subject import menu, say, tell
from actions.unsure import failed
from bot.contracts import Decision, Reading, Talk
from bot.knowledge import Knowledge


def out_of_scope(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    if answer := special_case(reading, None, knowledge):
        return tell(answer, talk)
    return failed(say("out_of_scope", talk, None, menu(knowledge)), talk, knowledge)
