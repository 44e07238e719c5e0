"""What a conversation's page says when WhatsApp's day is over: the answers that wait, and whether the citizen can be
told of them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from bot.contracts import Role
from bot.desk import parking, staff, telling
from bot.desk.templates import approved_templates
from bot.desk.thread import Head
from bot.web.accounts.language import t
from bot.web.desk.shown import Shower


@dataclass(frozen=True, slots=True)
class ShownParked:
    """An answer that waits. ``is_own``: the reader wrote it."""

    id: int
    body: str
    author: str
    since: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class Late:
    """``may_tell``: the citizen can be told that an answer waits; ``hint``: what that does, or why it cannot be."""

    may_tell: bool
    hint: str


def parked_of(session: Session, head: Head, post_id: int, show: Shower) -> list[ShownParked]:
    """Nothing is asked where nothing waits."""
    if not head.has_parked:
        return []
    return [
        ShownParked(one.id, one.body, one.author, t("parked_since", time=show.moment(one.at)), one.post_id == post_id)
        for one in parking.waiting(session, head.conversation_id)
    ]


def late(session: Session, head: Head, office_id: int, show: Shower) -> Late | None:
    """None while the day is open."""
    if head.window_until is not None and head.window_until > show.now:
        return None
    if telling.ANSWER_WAITING not in approved_templates(session, office_id):
        return Late(False, _who_can(session))
    told = telling.told_at(session, head.conversation_id)
    again = telling.may_tell_at(session, head.conversation_id, show.now)
    if told is not None and again > show.now:
        return Late(False, t("told_already", time=show.moment(told), next=show.moment(again)))
    return Late(True, t("tell_help"))


def _who_can(session: Session) -> str:
    """Approval is asked for in Twilio's account of the office: its administrators are who has it."""
    names = [person.name for post, person in staff.team(session) if post.active and post.role is Role.ADMINISTRATOR]
    return t("tell_missing", names=", ".join(names)) if names else t("tell_missing_nobody")
