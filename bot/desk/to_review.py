"""What an officer still has to decide in the submissions of tickets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from bot.contracts import AttachmentState
from bot.desk.files import KEPT
from bot.desk.reviews import UNDER_REVIEW
from bot.models import Attachment, Submission


@dataclass(frozen=True, slots=True)
class ToReview:
    """``undecided`` files; ``to_delete``: the citizen asks to have so many deleted; ``to_cancel``: or the whole."""

    undecided: int
    to_delete: int
    to_cancel: bool


def of_tickets(session: Session, ticket_ids: Sequence[int]) -> dict[int, ToReview]:
    """By ticket, where a submission under review hangs on it."""
    undecided = case((Attachment.state == AttachmentState.STORED, 1), else_=0)
    asked = Attachment.delete_asked_at.is_not(None) & Attachment.state.in_(KEPT)
    rows = session.execute(
        select(
            Submission.ticket_id,
            func.sum(undecided),
            func.sum(case((asked, 1), else_=0)),
            func.max(case((Submission.cancel_asked_at.is_not(None), 1), else_=0)),
        )
        .outerjoin(Attachment, Attachment.submission_id == Submission.id)
        .where(Submission.ticket_id.in_(ticket_ids), Submission.state.in_(UNDER_REVIEW))
        .group_by(Submission.ticket_id)
    )
    return {row[0]: ToReview(row[1] or 0, row[2] or 0, bool(row[3])) for row in rows}
