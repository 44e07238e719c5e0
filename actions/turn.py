"""The answer to a turn: pure, from what was read and remembered to what is said, done and remembered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from actions import ACTIONS
from actions.choices import is_choice, offer
from actions.keywords import read_keyword
from actions.media import media_replies
from actions.questions import Questions, questions
from actions.subject import after, menu, say
from actions.unsure import unsure
from bot.contracts import Choice, ConversationState, Decision, Reading, Reply, Talk, Turn
from bot.knowledge import Knowledge

__all__ = ["answer", "is_choice", "read_keyword"]

_INTRODUCES_ITSELF = frozenset({"greet", "bot_challenge"})
_CHOICES_AT_MOST = 10


def answer(turn: Turn, talk: Talk, knowledge: Knowledge) -> Decision:
    """What to say to all that was written since the last answer. Silent while an officer holds the conversation."""
    if talk.state is ConversationState.WITH_OFFICER:
        return Decision(memory=talk.memory)
    asked = questions(turn, talk, knowledge)
    media = media_replies(turn.said, knowledge)
    if asked.clear:
        decision = _answers(asked, talk, knowledge)
    elif asked.unclear:
        decision = unsure(asked.unclear[0], talk, knowledge)
    elif asked.unread:
        decision = say("nlu_down", talk, None, menu(knowledge))
    elif media:
        decision = Decision(memory=talk.memory)
    else:
        decision = say("nothing_to_read", talk, None, menu(knowledge))
    return _complete(decision, media, asked, talk, knowledge)


def _answers(asked: Questions, talk: Talk, knowledge: Knowledge) -> Decision:
    """Each question's answer, the later ones knowing what the earlier ones were about."""
    decisions: list[Decision] = []
    for reading in asked.clear:
        decision = _act(reading, talk, knowledge)
        decisions.append(replace(decision, intents=(reading.intent,)))
        talk = replace(talk, memory=replace(talk.memory, service=decision.memory.service))
    if asked.left_over or any(len(one.text.split()) > 2 for one in asked.unclear):
        decisions.append(say("say_again", talk))
    return after(*decisions)


def _act(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    return ACTIONS.get(reading.intent, unsure)(reading, talk, knowledge)


def _complete(
    decision: Decision, media: Sequence[Reply], asked: Questions, talk: Talk, knowledge: Knowledge
) -> Decision:
    """With what stands around the answers: who speaks (once), the word on files, the choices as the last thing."""
    choices = decision.memory.choices[:_CHOICES_AT_MOST]
    offered = (offer(choices),) if choices and decision.replies else ()
    return replace(
        decision,
        replies=(*_introduction(asked, talk, knowledge), *decision.replies, *media, *offered),
        memory=replace(decision.memory, choices=choices or _still_pending(asked, talk)),
    )


def _still_pending(asked: Questions, talk: Talk) -> tuple[Choice, ...]:
    """Thanks do not take back what was offered; anything else said does."""
    only_thanks = asked.clear and all(reading.intent == "thank" for reading in asked.clear)
    return talk.memory.choices if only_thanks else ()


def _introduction(asked: Questions, talk: Talk, knowledge: Knowledge) -> tuple[Reply, ...]:
    introduced = any(reading.intent in _INTRODUCES_ITSELF for reading in asked.clear)
    if not talk.first_contact or introduced:
        return ()
    office = knowledge.office
    return (Reply("intro", {"assistant": office.assistant, "office": office.name}),)
