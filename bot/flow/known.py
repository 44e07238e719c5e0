"""What an action may know besides what was said: where the citizen stands in the queue, what was resolved just now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.contracts import ConversationState, Place
from bot.desk import queue
from bot.desk.turns import DueConversation
from bot.flow.assistant import Assistant


@dataclass(frozen=True, slots=True)
class Known:
    """As `Talk` has them."""

    place: Place | None = None
    resolved: str | None = None


NOTHING = Known()


def look_up(session: Session, due: Sequence[DueConversation], assistant: Assistant, now: datetime) -> dict[int, Known]:
    """By conversation id, for those about which there is something to know."""
    found = {held_id: Known(resolved=number) for held_id, number in _resolved(session, due, now).items()}
    for held in due:
        if held.state is ConversationState.WAITING and (ticket := queue.waiting_ticket(session, held.id)):
            found[held.id] = Known(place=queue.place_of(session, ticket, assistant.rules(held.office_prefix), now))
    return found


def _resolved(session: Session, due: Sequence[DueConversation], now: datetime) -> dict[int, str]:
    with_bot = [held.id for held in due if held.state is ConversationState.WITH_BOT and not held.first_contact]
    return queue.follow_ups(session, with_bot, now) if with_bot else {}
