"""What an action may know besides what was said: where the citizen stands in the queue, what was resolved just now,
their documents, which picture a message replies to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy.orm import Session

from bot.contracts import ConversationState, Documents, Place
from bot.desk import documents, queue
from bot.desk.turns import DueConversation
from bot.flow.assistant import Assistant


@dataclass(frozen=True, slots=True)
class Known:
    """As `Talk` has them. ``answered_to``: of messages that reply to a picture, its file, by message id."""

    place: Place | None = None
    resolved: str | None = None
    documents: Documents = field(default_factory=Documents)
    answered_to: Mapping[int, int] = field(default_factory=dict)


NOTHING = Known()


def look_up(session: Session, due: Sequence[DueConversation], assistant: Assistant, now: datetime) -> dict[int, Known]:
    """By conversation id, for those about which there is something to know."""
    found = {held_id: Known(resolved=number) for held_id, number in _resolved(session, due, now).items()}
    for held_id, papers in documents.of_conversations(session, due, now).items():
        found[held_id] = replace(found.get(held_id, NOTHING), documents=papers)
    answered_to = documents.answered_to(session, due)
    for held in due:
        if mine := {message.id: answered_to[message.id] for message in held.messages if message.id in answered_to}:
            found[held.id] = replace(found.get(held.id, NOTHING), answered_to=mine)
    for held in due:
        if held.state is ConversationState.WAITING and (ticket := queue.waiting_ticket(session, held.id)):
            place = queue.place_of(session, ticket, assistant.rules(held.office_prefix), now)
            found[held.id] = replace(found.get(held.id, NOTHING), place=place, resolved=None)
    return found


def _resolved(session: Session, due: Sequence[DueConversation], now: datetime) -> dict[int, str]:
    with_bot = [held.id for held in due if held.state is ConversationState.WITH_BOT and not held.first_contact]
    return queue.follow_ups(session, with_bot, now) if with_bot else {}
