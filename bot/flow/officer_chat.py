"""An officer writes from their own WhatsApp: they claim a ticket, or ask who waits. Nothing of it is taken for a
citizen's question, unless it begins with WARGA."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from bot.contracts import (
    Actor,
    CitizenText,
    Claim,
    ClaimOutcome,
    InboundState,
    OfficerMessage,
    Reply,
    TicketState,
    WaitingList,
)
from bot.desk import claims, queue, staff, turns
from bot.desk.queue import Waiting
from bot.desk.turns import Answer, DueConversation
from bot.errors import AlreadyEnded, HeldByAnother
from bot.flow.apply import let_parked_leave
from bot.flow.assistant import Assistant
from bot.flow.compose import pack


def as_citizen(held: DueConversation, assistant: Assistant) -> DueConversation | None:
    """The turn as a citizen's, where any message of it begins with WARGA; None: it is an officer's."""
    wanted = [assistant.read_officer(message.body, message.payload) for message in held.messages]
    if not any(isinstance(one, CitizenText) for one in wanted):
        return None
    messages = tuple(
        replace(message, body=one.text if isinstance(one, CitizenText) else "", payload="")
        for message, one in zip(held.messages, wanted, strict=True)
    )
    return replace(held, messages=messages)


def answer_officer(
    session: Session, held: DueConversation, officer: Actor, assistant: Assistant, now: datetime
) -> None:
    """Do what an officer wrote, and write the answer down, in one transaction. Raises LeaseLost."""
    (locked,) = turns.hold(session, [held])
    if locked.has_parked:  # they have a matter of their own at this office
        locked = let_parked_leave(session, locked, held, assistant, now)
    wanted = [assistant.read_officer(message.body, message.payload) for message in held.messages]
    replies = [_reply(session, officer, one, held.office_prefix, assistant, now) for one in wanted]
    said = [assistant.render(reply, {}, held.office_prefix, now) for reply in replies]
    bodies = pack(list(dict.fromkeys(said)))  # who writes the same twice is told once
    turns.finish(session, [Answer(locked, held, bodies, {}, InboundState.ANSWERED, held.memory)], now)


def _reply(
    session: Session, officer: Actor, wanted: OfficerMessage, office: str, assistant: Assistant, now: datetime
) -> Reply:
    waiting = queue.waiting(session, officer.office_id)
    if isinstance(wanted, WaitingList):
        waits = [(one.number, one.since) for one in waiting if one.state is TicketState.OPEN]
        return assistant.waiting_told(waits, now)
    if isinstance(wanted, Claim):
        return _claim(session, officer, wanted, waiting, office, assistant, now)
    return assistant.officer_help()


def _claim(
    session: Session,
    officer: Actor,
    wanted: Claim,
    waiting: Sequence[Waiting],
    office: str,
    assistant: Assistant,
    now: datetime,
) -> Reply:
    found = [one for one in waiting if assistant.fits(wanted, one.number)]
    if len(found) != 1:
        return assistant.claim_told(ClaimOutcome.SEVERAL if found else ClaimOutcome.NOT_FOUND, wanted.number, "")
    number = found[0].number
    try:
        claims.claim(session, officer, found[0].conversation_id, assistant.rules(office), now)
    except HeldByAnother as other:
        return assistant.claim_told(ClaimOutcome.TAKEN, number, _name(session, other.post_id))
    except AlreadyEnded:
        return assistant.claim_told(ClaimOutcome.NOT_FOUND, number, "")
    return assistant.claim_told(ClaimOutcome.CLAIMED, number, "")


def _name(session: Session, post_id: int) -> str:
    found = staff.member(session, post_id)
    return found[1].name if found else ""
