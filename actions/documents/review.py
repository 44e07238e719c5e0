"""The last look and KIRIM: sent under a number, or what is still missing."""

from __future__ import annotations

from actions.documents.case import Case, sent_last
from actions.documents.names import listed
from actions.documents.settle import settled
from actions.documents.step import FILES, QUESTION, Step, next_step, option, told
from bot.contracts import AttachmentState, Decision, Reply, SendSubmission, Talk
from bot.knowledge import Knowledge


def send(case: Case, talk: Talk, knowledge: Knowledge) -> Decision:
    """Sent when nothing that is always needed is missing; optional papers may be left out."""
    if case.asks or not case.form.offered:
        return settled(case, talk, knowledge, in_full=False)
    if late := [file for file in (*case.kept, *talk.documents.loose) if file.state is AttachmentState.PENDING]:
        without = option("Hapus foto itu", f"delete:{','.join(str(file.id) for file in late)}", "delete_document")
        return told(talk, Step((Reply("wait_for_check"),), (without,), FILES))
    if case.unplaced or case.missing:
        step = next_step(case, knowledge)
        before = (Reply("place_first" if case.unplaced else "not_complete"),)
        return told(talk, step, *before)
    if case.ref is None:
        return settled(case, talk, knowledge)
    values = {
        "subject": case.service.short_name,
        "time": case.service.processing_time.target,
        "note": case.form.note,
    }
    command = SendSubmission(case.ref, "submission_sent", "wait_for_check", values)
    return told(talk, Step(()), commands=(command,), service=case.service.id)


def already_sent(talk: Talk) -> Decision:
    """KIRIM once more: nothing is opened by it, and what was asked stays asked."""
    sent = sent_last(talk)
    said = Reply("already_sent", {"number": sent.number if sent and sent.number else ""})
    return told(talk, Step((said,), asked=talk.memory.asked))


def add(case: Case, talk: Talk, knowledge: Knowledge) -> Decision:
    """One more photo, of whatever it is."""
    optional = listed(paper.name for paper in case.optional)
    return told(talk, Step((Reply("add_photo", {"optional": optional}),), asked=FILES))


def what_about(case: Case, number: int, talk: Talk, knowledge: Knowledge) -> Decision:
    """A bare number at the review means a photo, and nothing is done to it unasked."""
    file = next((one for one in case.kept if one.number == number), None)
    if file is None or not number:
        return told(talk, next_step(case, knowledge))
    choices = (
        option(f"Ganti foto nomor {number}", f"replace:{file.id}", "replace_document"),
        option(f"Hapus foto nomor {number}", f"delete:{file.id}", "delete_document"),
        option("Kembali", "go_on:" + str(case.submission.id)),
    )
    return told(talk, Step((Reply("what_about_photo", {"number": str(number)}),), choices, QUESTION))
