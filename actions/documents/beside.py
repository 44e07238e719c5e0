"""What a turn's photos and the open question about documents add to its answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from actions.documents.arrivals import Arrived
from actions.documents.case import Case, current
from actions.documents.consent import still_asked
from actions.documents.names import case_name
from actions.documents.replacing import still_wanted
from actions.documents.step import FILES, REVIEW, Step, next_step, option
from actions.office import PERSON
from actions.questions import Questions
from bot.contracts import Decision, HandOver, OpenTicket, Reading, Reopen, Reply, Talk
from bot.knowledge import Knowledge

_OURS = frozenset({"start_submission", "delete_document", "replace_document", "cancel_request", "check_status"})
_NO_ANSWER_WANTED = frozenset({"thank", "goodbye"})


def is_ours(reading: Reading) -> bool:
    return bool(reading.value) or reading.intent in _OURS


def with_documents(
    decision: Decision, news: Arrived | None, asked: Questions, talk: Talk, knowledge: Knowledge
) -> Decision:
    """Photos are listed first and what they still need is said last; beside another question the open one is repeated
    shortly. ``talk`` is as it was when the turn began."""
    spoke = any(is_ours(reading) for reading in asked.clear)
    if news:
        decision = replace(
            decision,
            commands=(*news.commands, *decision.commands),
            replies=(*news.replies, *decision.replies),
        )
        if not spoke and news.step:
            return _then(decision, news.step, news.talk, knowledge)
    leaves = any(reading.intent == "cancel" for reading in asked.clear)
    if spoke or decision.memory.asked or leaves:
        return decision
    kept = replace(decision, memory=replace(decision.memory, asked=talk.memory.asked))
    return _reminded(kept, asked, news.talk if news else talk, knowledge) if talk.memory.asked else kept


def open_choices(talk: Talk) -> bool:
    """Whether a question about documents with choices is open."""
    return talk.memory.asked is not None and any(choice.value for choice in talk.memory.choices)


def _then(decision: Decision, step: Step, talk: Talk, knowledge: Knowledge) -> Decision:
    """The step last; where the answers ask something themselves, it waits."""
    own = _own_choices(decision, talk)
    if own:
        case = current(talk, knowledge)
        return _waiting(decision, case) if case else decision
    memory = replace(decision.memory, choices=step.choices, asked=step.asked or decision.memory.asked)
    return replace(decision, replies=(*decision.replies, *step.replies), memory=memory)


def _reminded(decision: Decision, asked: Questions, talk: Talk, knowledge: Knowledge) -> Decision:
    intents = [reading.intent for reading in asked.clear]
    acts = any(isinstance(command, HandOver | OpenTicket | Reopen) for command in decision.commands)
    if acts or decision.memory.choices == talk.memory.choices != () or not decision.replies:
        return decision
    if intents and _NO_ANSWER_WANTED.issuperset(intents):
        return decision
    case = current(talk, knowledge)
    step = still_asked(talk, knowledge) or still_wanted(talk, knowledge) or (_short(case, knowledge) if case else None)
    return _then(decision, step, talk, knowledge) if step else decision


def _short(case: Case, knowledge: Knowledge) -> Step:
    """The next step, the review without its lists."""
    step = next_step(case, knowledge)
    if step.asked == REVIEW:
        return Step((Reply("review_short", {"subject": case_name(case)}),), asked=REVIEW)
    return step


def _own_choices(decision: Decision, talk: Talk) -> bool:
    """Whether the answers offer something that must not be lost, beside a person."""
    return any(choice != PERSON and choice not in talk.memory.choices for choice in decision.memory.choices)


def _waiting(decision: Decision, case: Case) -> Decision:
    wait = Reply("files_wait", {"subject": case_name(case)})
    go_on = option(f"Lanjut berkas {case_name(case)}", f"go_on:{case.submission.id}")
    memory = replace(decision.memory, choices=(go_on, *decision.memory.choices), asked=decision.memory.asked or FILES)
    return replace(decision, replies=(*decision.replies, wait), memory=memory)


def only_first_step(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """Of several answers to one question, the first: the second one does not know the question that follows."""
    flow = [reading for reading in readings if reading.value and reading.intent == "start_submission"]
    return tuple(reading for reading in readings if reading not in flow[1:])
