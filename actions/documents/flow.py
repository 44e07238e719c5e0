"""What a choice or a word about documents means (`Reading.value`), and who answers it."""

from __future__ import annotations

from actions.documents.asking import answer_said, ask_again, back, case_with, change, placed_by_hand, switch, whom_said
from actions.documents.begin import begin, new_one
from actions.documents.case import Case, case_by_id, current
from actions.documents.consent import consent_answered, consent_explained, withdraw
from actions.documents.going_on import go_on, go_on_with, list_files
from actions.documents.returned import moved_by_hand
from actions.documents.review import add, already_sent, send, what_about
from actions.documents.step import next_step, told
from bot.contracts import Decision, Reading, Talk, Whom
from bot.knowledge import Knowledge


def start_submission(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    """The wish to send documents, or a word within it. What is meant of a submission that is gone begins anew."""
    verb, *rest = reading.value.split(":")
    if verb == "":
        return begin(reading, talk, knowledge)
    if verb == "consent":
        return consent_answered(reading, talk, knowledge)
    if verb == "why":
        return consent_explained(talk, knowledge)
    if verb == "new":
        return new_one(reading, talk, knowledge)
    if verb == "withdraw":
        return withdraw(reading, talk, knowledge)
    if verb == "list":
        return list_files(talk, knowledge)
    if verb == "sent":
        return already_sent(talk)
    if verb == "go_on":
        case = case_by_id(int(rest[0]), talk, knowledge) if rest else None
        return go_on_with(case, talk, knowledge) if case else go_on(talk, knowledge)
    if verb == "again":
        return moved_by_hand(int(rest[0]), int(rest[1]), talk, knowledge) or go_on(talk, knowledge)
    if verb in ("place", "swap"):
        return _by_hand(verb, rest, talk, knowledge)
    case = current(talk, knowledge)
    return _within(case, verb, rest, talk, knowledge) if case else go_on(talk, knowledge)


def _by_hand(verb: str, rest: list[str], talk: Talk, knowledge: Knowledge) -> Decision:
    """``place:<file>:<document>``, ``swap:<new file>:<old file>``."""
    case = case_with(int(rest[0]), talk, knowledge)
    if case is None:
        return go_on(talk, knowledge)
    if verb == "place":
        return placed_by_hand(case, int(rest[0]), rest[1], None, talk, knowledge)
    old = next((file for file in case.kept if str(file.id) == rest[1]), None)
    if old is None or old.document is None:
        return told(talk, next_step(case, knowledge))
    return placed_by_hand(case, int(rest[0]), old.document, old.id, talk, knowledge)


def _within(case: Case, verb: str, rest: list[str], talk: Talk, knowledge: Knowledge) -> Decision:
    if verb == "whom":
        return whom_said(case, Whom(rest[0]), talk, knowledge)
    if verb == "answer":
        return answer_said(case, rest[0], rest[1], talk, knowledge)
    if verb == "ask":
        return ask_again(case, rest[0], talk, knowledge)
    if verb == "switch":
        return switch(case, rest[0], talk, knowledge)
    if verb == "photo":
        return what_about(case, int(rest[0]), talk, knowledge)
    simple = {"send": send, "back": back, "change": change, "add": add}
    return simple[verb](case, talk, knowledge) if verb in simple else told(talk, next_step(case, knowledge))
