"""LANJUT after minutes or days, the list of what there is, and BATAL after asking."""

from __future__ import annotations

from datetime import timedelta

from actions.documents.case import (
    Case,
    as_begun,
    case_by_id,
    case_of,
    cases,
    every_case,
    expired_lately,
    is_open,
    loose_files,
)
from actions.documents.names import case_name
from actions.documents.settle import settled
from actions.documents.states import state_of
from actions.documents.step import QUESTION, Step, file_lines, next_step, option, told
from actions.noted import note
from bot.contracts import UNSENT_FOR, CancelSubmission, ChangeSubmission, Choice, Decision, Reading, Reply, Talk
from bot.knowledge import Knowledge

_OFFERED_AT_MOST = 8


def go_on(talk: Talk, knowledge: Knowledge) -> Decision:
    """Of several, which."""
    open_cases = cases(talk, knowledge)
    if not open_cases and (expired := expired_lately(talk)) and (case := case_of(expired, knowledge)):
        return _begin_again(case, talk)
    if not open_cases:
        return told(talk, Step((Reply("nothing_begun"),), (Choice("Kirim berkas baru", "start_submission"),)))
    if len(open_cases) == 1:
        return go_on_with(open_cases[0], talk, knowledge)
    choices = tuple(
        option(case_name(case), f"go_on:{case.submission.id}") for case in as_begun(open_cases[:_OFFERED_AT_MOST])
    )
    return told(talk, Step((Reply("go_on_which"),), choices, QUESTION))


def _begin_again(case: Case, talk: Talk) -> Decision:
    """It is gone, and why."""
    name = case.service.short_name
    gone = Reply("nothing_begun_expired", {"subject": name, "hours": str(UNSENT_FOR // timedelta(hours=1))})
    again = Choice(f"Mulai lagi {name}", "start_submission", case.service.id)
    return told(talk, Step((gone,), (again,)), service=case.service.id)


def go_on_with(case: Case, talk: Talk, knowledge: Knowledge) -> Decision:
    """It becomes the current one, and its next step is told in full; one that was sent is only told of."""
    if not is_open(case.submission):
        return list_files(talk, knowledge)
    said = Reply("going_on", {"subject": case_name(case)})
    return settled(case, talk, knowledge, said, commands=(ChangeSubmission(case.ref),))


def list_files(talk: Talk, knowledge: Knowledge) -> Decision:
    """All photos by submission, with the numbers that "hapus 2" means."""
    found = as_begun(every_case(talk, knowledge))
    if not found:
        loose = str(len(loose_files(talk)) or "")
        return told(talk, Step((Reply("loose_list" if loose else "no_files", {"count": loose}),)))
    replies = tuple(
        Reply(
            "file_list",
            {
                "subject": case_name(case),
                "state": state_of(case.submission, len(case.missing)),
                "files": file_lines(case, knowledge),
            },
        )
        for case in found
    )
    open_cases = cases(talk, knowledge)
    step = next_step(open_cases[0], knowledge) if len(open_cases) == 1 else Step((Reply("list_words"),))
    return told(talk, step, *replies)


def cancel_request(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    """Never without asking; of several, which."""
    if reading.value.startswith("cancel:"):
        return _cancelled(reading.value.removeprefix("cancel:"), talk, knowledge)
    found = list(every_case(talk, knowledge))
    if reading.value == "ask" and cases(talk, knowledge):
        found = [cases(talk, knowledge)[0]]
    elif reading.value.startswith("ask:"):
        found = [case for case in found if str(case.submission.id) == reading.value.removeprefix("ask:")]
    elif reading.value.startswith("number:"):
        found = [case for case in found if case.submission.number == reading.value.removeprefix("number:")]
    if not found:
        return note("cancel_request", talk, knowledge)
    if len(found) > 1:
        choices = tuple(_which(case) for case in as_begun(found[:_OFFERED_AT_MOST]))
        replies = (*((Reply("cancel_one_by_one"),) if reading.value == "all" else ()), Reply("cancel_which"))
        return told(talk, Step(replies, choices, QUESTION))
    return told(talk, _sure(found[0]))


def _which(case: Case) -> Choice:
    return option(_name(case), f"ask:{case.submission.id}", "cancel_request")


def _sure(case: Case) -> Step:
    yes = option("Ya, batalkan", f"cancel:{case.submission.id}", "cancel_request")
    if number := case.submission.number:
        no = Choice("Tidak, biarkan", "check_status")
        return Step((Reply("cancel_sure_sent", {"subject": case_name(case), "number": number}),), (yes, no), QUESTION)
    no = option("Tidak, lanjutkan", f"go_on:{case.submission.id}")
    return Step((Reply("cancel_sure", {"subject": _name(case)}),), (yes, no), QUESTION)


def _name(case: Case) -> str:
    number = case.submission.number
    return f"{case_name(case)} nomor {number}" if number else case_name(case)


def _cancelled(submission: str, talk: Talk, knowledge: Knowledge) -> Decision:
    case = case_by_id(int(submission), talk, knowledge)
    if case is None:
        return go_on(talk, knowledge)
    name = "cancel_asked" if case.submission.number else "cancelled" if case.kept else "cancelled_empty"
    said = Reply(name, {"subject": _name(case), "number": case.submission.number or ""})
    return told(talk, Step((said,)), commands=(CancelSubmission(case.submission.id),))
