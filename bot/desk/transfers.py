"""Handing a conversation to a named colleague: it is theirs at once, with a fresh lease, and they hear of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.contracts import Actor, EventKind, TicketState
from bot.desk import alerts, claims, conversations, targets
from bot.desk.duty import on_duty
from bot.desk.events import record_of
from bot.errors import AlreadyEnded, NotFound, NotOnDuty
from bot.models import Post, Staff, Ticket
from bot.rules import OfficeRules


@dataclass(frozen=True, slots=True)
class Colleague:
    """``holds``: how many conversations are theirs just now."""

    post_id: int
    name: str
    is_on_duty: bool
    holds: int


def colleagues(session: Session, actor: Actor, rules: OfficeRules, now: datetime) -> Sequence[Colleague]:
    """The others of the office, who is on duty and has least first."""
    present = {post.id for post in on_duty(session, actor.office_id, now, rules.calendar)}
    held = (
        select(func.count(Ticket.conversation_id.distinct()))
        .where(Ticket.owner_id == Post.id, Ticket.state.in_(conversations.HELD))
        .correlate(Post)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Post.id, Staff.name, held)
        .join(Staff, Staff.id == Post.staff_id)
        .where(Post.active, Staff.active, Post.id != actor.post_id)
    )
    found = [Colleague(row[0], row[1], row[0] in present, row[2]) for row in rows]
    return sorted(found, key=lambda one: (not one.is_on_duty, one.holds, one.name))


def transfer(
    session: Session, actor: Actor, conversation_id: int, to_post_id: int, rules: OfficeRules, now: datetime
) -> None:
    """What is one's own of a conversation, and what of it waits, becomes the colleague's. Its clocks go on, and where
    the colleague falls silent it goes back to the queue as any claim does.

    Raises HeldByAnother, AlreadyEnded, NotOnDuty (nobody would look after it), NotFound.
    """
    conversation = conversations.lock(session, conversation_id)
    post = session.scalar(select(Post).where(Post.id == to_post_id, Post.id != actor.post_id))
    if post is None:
        raise NotFound(f"post {to_post_id}")
    if post.id not in {one.id for one in on_duty(session, actor.office_id, now, rules.calendar)}:
        raise NotOnDuty(post.id)
    given = claims.free_or_own(session, actor, conversation_id)
    if not given:
        raise AlreadyEnded(f"conversation {conversation_id}")
    for ticket in given:
        _give(session, actor, ticket, post, rules, now)
    session.flush()
    alerts.announce_transfer(session, given[0], now)
    conversations.settle(session, conversation)


def _give(session: Session, actor: Actor, ticket: Ticket, post: Post, rules: OfficeRules, now: datetime) -> None:
    targets.ensure(session, ticket, rules, now)
    if ticket.state is TicketState.OPEN:
        ticket.state, ticket.queued_at = TicketState.IN_PROGRESS, ticket.queued_at or ticket.opened_at
    ticket.owner_id, ticket.follow_up_until = post.id, None
    owes = targets.owes_answer(session, ticket)
    claims.renew(ticket, rules.lease_minutes if owes else rules.release_minutes, rules, now)
    alerts.drop_waiting(session, ticket)
    record_of(session, ticket, EventKind.TRANSFERRED, now, actor.name, to=post.id)
