"""The answer to a turn: pure, from what was read and remembered to what is said, done and remembered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from actions import ACTIONS
from actions.care import with_care
from actions.choices import is_choice as is_pick
from actions.choices import offer
from actions.courtesy import is_salam
from actions.documents.arrivals import arrived
from actions.documents.beside import only_first_step, open_choices, with_documents
from actions.documents.case import current
from actions.documents.consent import consent_first
from actions.documents.reading import is_documents_word
from actions.keywords import read_keyword
from actions.matters import matter_in
from actions.media import media_replies
from actions.noted import told_more
from actions.office import PERSON
from actions.questions import Questions, questions
from actions.resolved import go_on_or_new
from actions.subject import after, menu, say, subject_named
from actions.unsure import failed, unsure
from actions.waiting import added, while_waiting
from bot.contracts import Choice, ConversationState, Decision, HandOver, Memory, Reading, Reopen, Reply, Talk, Turn
from bot.knowledge import Knowledge
from bot.knowledge.hand_over import HandsOver

__all__ = ["answer", "is_choice", "read_keyword"]

_INTRODUCES_ITSELF = frozenset({"greet", "bot_challenge"})
_CHOICES_AT_MOST = 10


def is_choice(text: str, memory: Memory) -> bool:
    """Whether this answers what was asked last, so that nothing needs to be read."""
    return is_pick(text, memory) or is_documents_word(text, memory)


def answer(turn: Turn, talk: Talk, knowledge: Knowledge) -> Decision:
    """What to say to all that was written since the last answer.

    Silent while an officer holds the conversation; ``intents`` are then only those of a turn that is read throughout.
    """
    asked = questions(turn, talk, knowledge)
    if talk.state is ConversationState.WITH_OFFICER:
        return Decision(memory=talk.memory, intents=_heard(turn, asked))
    before, media = talk, media_replies(turn.said)
    news = arrived(turn.said, talk, knowledge)
    talk = news.talk if news else talk
    matter = matter_in(turn.said, talk, knowledge)
    told_at_once = matter is not None and matter.hands_over is HandsOver.ALWAYS
    of_documents = current(talk, knowledge) is not None or any(reading.value for reading in asked.clear)
    decision = None if told_at_once or of_documents else go_on_or_new(asked, talk, knowledge)
    if decision is None:
        answered = _decide(asked, bool(media or news), talk, knowledge)
        decision = with_care(matter, answered, asked.clear, talk, knowledge)
    decision = consent_first(with_documents(decision, news, asked, before, knowledge), talk, knowledge)
    return _complete(decision, media, turn, asked, talk, knowledge)


def _heard(turn: Turn, asked: Questions) -> tuple[str, ...]:
    """The intents, when they tell all there is: no file, no question, nothing unclear."""
    only_words = all(said.text.strip() and not said.files and "?" not in said.text for said in turn.said)
    unclear = asked.unclear or asked.unread or asked.left_over
    return tuple(reading.intent for reading in asked.clear) if only_words and not unclear else ()


def _decide(asked: Questions, came: bool, talk: Talk, knowledge: Knowledge) -> Decision:
    """``came``: something besides text, which is answered by itself."""
    if asked.clear:
        return _answers(asked, talk, knowledge)
    if (asked.unclear or asked.unread) and open_choices(talk):
        return failed(say("which_number", talk, None, talk.memory.choices), talk, knowledge)
    if asked.unclear:
        return unsure(asked.unclear[0], talk, knowledge)
    if asked.unread:
        return added(talk, knowledge) if talk.place else say("nlu_down", talk, None, menu(knowledge))
    if came:
        return Decision(memory=talk.memory)
    return say("nothing_to_read", talk, None, menu(knowledge))


def _answers(asked: Questions, talk: Talk, knowledge: Knowledge) -> Decision:
    """Each question's answer, the later ones knowing what the earlier ones were about."""
    decisions: list[Decision] = []
    for reading in only_first_step(asked.clear):
        decision = told_more(reading, talk) or while_waiting(reading, talk, knowledge) or _act(reading, talk, knowledge)
        decisions.append(replace(decision, intents=(reading.intent,)))
        talk = replace(talk, memory=replace(talk.memory, service=decision.memory.service))
    if asked.left_over or any(len(one.text.split()) > 2 for one in asked.unclear):
        decisions.append(say("rest_for_officer" if talk.place else "say_again", talk))
    return after(*_one_family_at_a_time(decisions, talk, knowledge))


def _one_family_at_a_time(decisions: list[Decision], talk: Talk, knowledge: Knowledge) -> list[Decision]:
    """The question back comes last, beside its choices; of two, the citizen says which to begin with."""
    asking = [one for one in decisions if any(reply.name == "which_member" for reply in one.replies)]
    others = [one for one in decisions if one not in asking]
    if len(asking) < 2:
        return [*others, *asking]
    subjects = (subject_named(one.memory.service, knowledge) for one in asking)
    choices = tuple(Choice(subject.name, "ask_service", subject.id) for subject in subjects if subject)
    first = replace(say("which_first", talk, None, choices), intents=("ask_service",))
    return [*others, first]


def _act(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    return ACTIONS.get(reading.intent, unsure)(reading, talk, knowledge)


def _complete(
    decision: Decision, media: Sequence[Reply], turn: Turn, asked: Questions, talk: Talk, knowledge: Knowledge
) -> Decision:
    """With what stands around the answers: who speaks (once), the word on files, the choices as the last thing."""
    handed = talk.place or any(isinstance(command, HandOver | Reopen) for command in decision.commands)
    offered = _without_person(decision.memory.choices) if handed else decision.memory.choices
    choices = _told_apart(offered[:_CHOICES_AT_MOST], knowledge)
    if media and not decision.replies and not choices and not handed:
        choices = _for_who_cannot_write(media)
    asks = decision.replies or choices != talk.memory.choices
    offer_ = (offer(choices),) if choices and asks else ()
    return replace(
        decision,
        replies=(*_introduction(turn, asked, talk, knowledge), *media, *decision.replies, *offer_),
        memory=replace(decision.memory, choices=choices or _still_pending(asked, talk)),
    )


def _without_person(choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """Nobody is offered what they wait for already."""
    return tuple(choice for choice in choices if choice.intent != "talk_to_human")


def _told_apart(choices: tuple[Choice, ...], knowledge: Knowledge) -> tuple[Choice, ...]:
    """Choices of the same title (the steps of two services) say of which service they are."""
    titles = [choice.title for choice in choices]
    return tuple(
        replace(choice, title=f"{choice.title}: {service.short_name}")
        if titles.count(choice.title) > 1 and (service := knowledge.service(choice.service))
        else choice
        for choice in choices
    )


def _for_who_cannot_write(media: Sequence[Reply]) -> tuple[Choice, ...]:
    """A number is easier than a word for somebody who speaks instead of writing."""
    return (PERSON,) if any(reply.name in ("got_voice", "got_video") for reply in media) else ()


def _still_pending(asked: Questions, talk: Talk) -> tuple[Choice, ...]:
    """Thanks do not take back what was offered; anything else said does."""
    only_thanks = asked.clear and all(reading.intent == "thank" for reading in asked.clear)
    return talk.memory.choices if only_thanks else ()


def _introduction(turn: Turn, asked: Questions, talk: Talk, knowledge: Knowledge) -> tuple[Reply, ...]:
    introduced = any(reading.intent in _INTRODUCES_ITSELF for reading in asked.clear)
    if not talk.first_contact or introduced:
        return ()
    office = knowledge.office
    opening = "Waalaikumsalam" if any(is_salam(said.text) for said in turn.said) else "Halo"
    return (Reply("intro", {"opening": opening, "assistant": office.assistant, "office": office.name}),)
