"""Why an officer rejected a file, and what to do about it."""

from __future__ import annotations

from actions.documents.case import Case
from actions.documents.names import document_name
from bot.contracts import AttachmentState, Reply
from bot.knowledge import Knowledge


def rejected_told(case: Case, knowledge: Knowledge) -> tuple[Reply, ...]:
    """What was rejected and why, each with what to do."""
    return tuple(
        Reply(
            f"rejected_{file.rejection.value}",
            {"document": document_name(file.document, case, knowledge), "note": file.rejection_note},
        )
        for file in case.kept
        if file.state is AttachmentState.REJECTED and file.rejection
    )
