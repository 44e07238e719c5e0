"""What citizens answered to the text about their data; the newest answer holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.contracts import ConsentAnswer, EventKind
from bot.desk.events import fact, record
from bot.models import Consent, Conversation


def add(session: Session, conversation_id: int, answer: ConsentAnswer, version: str, now: datetime) -> None:
    """Write down an answer and the version of the text it was given to."""
    conversation = session.get_one(Conversation, conversation_id)
    session.add(
        Consent(
            office_id=conversation.office_id,
            contact_id=conversation.contact_id,
            answer=answer,
            version=version,
            at=now,
        )
    )
    session.flush()
    record(
        session,
        fact(
            EventKind.CONSENT,
            office_id=conversation.office_id,
            conversation_id=conversation_id,
            at=now,
            actor="citizen",
            answer=answer,
            version=version,
        ),
    )


@dataclass(frozen=True, slots=True)
class Given:
    """``version``: of the text that was answered."""

    answer: ConsentAnswer
    version: str


def latest(session: Session, conversation_ids: Sequence[int]) -> dict[int, Given]:
    """Conversation → the answer that holds, for those where one was given."""
    newest = (
        select(func.max(Consent.id))
        .join(Conversation, Conversation.contact_id == Consent.contact_id)
        .where(Conversation.id.in_(conversation_ids))
        .group_by(Consent.contact_id)
    )
    rows = session.execute(
        select(Conversation.id, Consent.answer, Consent.version)
        .join(Consent, Consent.contact_id == Conversation.contact_id)
        .where(Conversation.id.in_(conversation_ids), Consent.id.in_(newest))
    )
    return {row[0]: Given(row[1], row[2]) for row in rows}


def is_refused(session: Session, conversation_id: int) -> bool:
    """Whether the citizen said no, or took their yes back. Who was not asked yet did neither."""
    given = latest(session, [conversation_id]).get(conversation_id)
    return given is not None and given.answer in (ConsentAnswer.REFUSED, ConsentAnswer.WITHDRAWN)


def is_given(session: Session, conversation_id: int) -> bool:
    """Whether the citizen agreed, and has not withdrawn it."""
    given = latest(session, [conversation_id]).get(conversation_id)
    return given is not None and given.answer is ConsentAnswer.AGREED
