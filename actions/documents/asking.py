"""Whom it is for and the questions of its case: answered, taken back, changed."""

from __future__ import annotations

from dataclasses import replace

from actions.documents.case import Case, case_by_id, current
from actions.documents.names import FOR_WHOM, file_name, listed
from actions.documents.settle import settled
from actions.documents.step import QUESTION, Step, answered, option, question_step, told, whom_step
from bot.contracts import (
    CancelSubmission,
    ChangeSubmission,
    Command,
    Decision,
    OpenSubmission,
    OwnSubmission,
    PlaceFile,
    Reply,
    Talk,
    Whom,
)
from bot.knowledge import Knowledge

_CHANGED_AT_MOST = 9


def whom_said(case: Case, whom: Whom, talk: Talk, knowledge: Knowledge) -> Decision:
    return _changed(case, replace(case.submission, whom=whom), talk, knowledge)


def answer_said(case: Case, question: str, answer: str, talk: Talk, knowledge: Knowledge) -> Decision:
    answers = {**case.submission.answers, question: answer}
    return _changed(case, replace(case.submission, answers=answers), talk, knowledge)


def _changed(case: Case, wanted: OwnSubmission, talk: Talk, knowledge: Knowledge) -> Decision:
    """Answers that no longer apply are taken back with it; photos that are not needed any more are named."""
    kept = case.form.prune(wanted.answers, wanted.whom)
    before = case.submission.answers
    answers: dict[str, str | None] = {name: given for name, given in kept.items() if before.get(name) != given}
    answers |= {name: None for name in before if name not in kept}
    after = replace(case, submission=replace(wanted, answers=kept))
    command = ChangeSubmission(case.ref, wanted.whom if wanted.whom != case.submission.whom else None, answers)
    needless = () if after.asks else after.unneeded
    names = listed(file_name(file, after, knowledge) for file in needless)
    more = (Reply("not_needed_now", {"files": names}),) if names else ()
    return settled(after, talk, knowledge, *more, commands=(command,))


def back(case: Case, talk: Talk, knowledge: Knowledge) -> Decision:
    """The question answered last is asked again; before the first one, whom it is for."""
    given = answered(case)
    if given:
        return told(talk, question_step(given[-1][0]))
    return told(talk, whom_step(case))


def change(case: Case, talk: Talk, knowledge: Knowledge) -> Decision:
    """Which answer? Each with what was answered."""
    submission = case.submission
    whom = (
        (option(f"Untuk siapa: {FOR_WHOM[submission.whom]}", "ask:whom"),)
        if submission.whom and len(case.form.may_be_for) > 1
        else ()
    )
    given = tuple(option(f"{question.text} {title}", f"ask:{question.id}") for question, title in answered(case))
    choices = (*whom, *given)[:_CHANGED_AT_MOST]
    if not choices:
        return settled(case, talk, knowledge, Reply("nothing_to_change"), in_full=False)
    return told(talk, Step((Reply("change_which_answer"),), choices, QUESTION))


def ask_again(case: Case, question: str, talk: Talk, knowledge: Knowledge) -> Decision:
    """One question once more; one that no longer applies leads on."""
    if question == "whom":
        return told(talk, whom_step(case))
    asked = case.form.questions_asked(case.submission.answers, case.submission.whom)
    found = next((one for one in asked if one.id == question), None)
    return told(talk, question_step(found)) if found else settled(case, talk, knowledge)


def switch(case: Case, service: str, talk: Talk, knowledge: Knowledge) -> Decision:
    """Goes on with the service that the answers lead to; answers that both want go along, and all photos."""
    form = knowledge.submission_form(service)
    other = knowledge.service(service)
    if form is None or other is None:
        return settled(case, talk, knowledge)
    whom = case.submission.whom if case.submission.whom in form.may_be_for else None
    answers = form.prune(case.submission.answers, whom)
    opened = replace(case.submission, id=0, service=service, whom=whom, answers=answers, label="")
    moved = tuple(PlaceFile(file.id, file.document, None) for file in case.kept)
    commands: tuple[Command, ...] = (OpenSubmission(service, whom),)
    if answers:
        commands += (ChangeSubmission(None, None, dict(answers)),)
    commands += (*moved, CancelSubmission(case.submission.id)) if case.ref else moved
    return settled(Case(opened, other, form), talk, knowledge, commands=commands)


def placed_by_hand(
    case: Case, file: int, document: str, replaces: int | None, talk: Talk, knowledge: Knowledge
) -> Decision:
    """The citizen says what a photo is, or which one it takes the place of."""
    found = next((one for one in case.kept if one.id == file), None)
    if found is None:
        return settled(case, talk, knowledge, Reply("no_such_photo"), in_full=False)
    after = case.placed(file, document, replaces)
    name = file_name(next(one for one in after.kept if one.id == file), after, knowledge)
    command = PlaceFile(file, document, case.ref, replaces)
    noted = Reply("placed", {"number": str(found.number or 1), "document": name})
    return settled(after, talk, knowledge, noted, commands=(command,), in_full=False)


def case_with(file: int, talk: Talk, knowledge: Knowledge) -> Case | None:
    """The submission that a file belongs to; the current one for a file that is of none yet."""
    owner = next((one for one in talk.documents.submissions if any(own.id == file for own in one.files)), None)
    if owner:
        return case_by_id(owner.id, talk, knowledge)
    case = current(talk, knowledge)
    loose = tuple(one for one in talk.documents.loose if one.id == file)
    return case.with_files(loose) if case and loose else case
