"""The lock every verb of the desk begins with, and the states a conversation moves through."""

from __future__ import annotations

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from bot.contracts import MOVES, ConversationState, TicketState
from bot.errors import NotFound
from bot.models import Conversation, Ticket


def lock(session: Session, conversation_id: int) -> Conversation:
    """The conversation, held by the present transaction. Whoever changes its tickets, targets or alerts locks it
    first, so that no two verbs meet halfway. Raises NotFound, also for another office's."""
    found = session.scalar(
        select(Conversation)
        .where(Conversation.id == conversation_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound(f"conversation {conversation_id}")
    return found


def move(conversation: Conversation, to: ConversationState) -> None:
    """Move on; staying where it is changes nothing."""
    if conversation.state is to:
        return
    assert to in MOVES[ConversationState][conversation.state], f"{conversation.state} -> {to}"
    conversation.state = to


def settle(session: Session, conversation: Conversation) -> None:
    """The state that follows from the conversation's tickets: an officer has it, it waits for one, or neither. A ticket
    that its officer kept after a time-out holds no conversation."""
    session.flush()
    mine = (Ticket.conversation_id == conversation.id, Ticket.queued_at.is_not(None))
    held = select(exists().where(*mine, Ticket.claimed_until.is_not(None), Ticket.state.in_(HELD)))
    waits = select(exists().where(*mine, Ticket.state == TicketState.OPEN))
    if session.scalar(held):
        move(conversation, ConversationState.WITH_OFFICER)
    elif session.scalar(waits):
        move(conversation, ConversationState.WAITING)
    else:
        move(conversation, ConversationState.WITH_BOT)


HELD = (TicketState.IN_PROGRESS, TicketState.WAITING_FOR_CITIZEN)
