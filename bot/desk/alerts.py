"""Alert rows: a running target has one that is due, its next level. `bot.desk.climb` raises them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from bot.contracts import AlertState, Level, NoticeState
from bot.deadlines import add_office_minutes
from bot.models import Alert, Notice, Target, Ticket
from bot.models.base import UtcDateTime
from bot.rules import OfficeRules

CLIMB = (Level.HALF, Level.MOST, Level.BREACH, Level.OFFICERS, Level.SUPERVISOR)
PAST_THE_OWNER = (Level.OFFICERS, Level.SUPERVISOR)
"""Held back while a claim is live: somebody acts."""
WHO_WAITS = (Level.WAITING, Level.URGENT)
"""Told at once, about no deadline; over when somebody takes it."""
QUEUE = "queue"
CLAIM = "claim"


def name_of(target: Target) -> str:
    """As alerts and events name a target."""
    return f"{target.cycle}.{target.kind}.{target.ordinal}"


def announce_waiting(session: Session, office_id: int, ticket_id: int, cycle: int, now: datetime) -> None:
    """Somebody waits: due at once, in the transaction that made them wait."""
    _announce(session, office_id, ticket_id, f"{cycle}.{QUEUE}", Level.WAITING, now)


def announce_urgent(session: Session, ticket: Ticket, now: datetime) -> None:
    """Who waits already told of something more urgent. It stands for the word that they wait, where that is not out."""
    drop_waiting(session, ticket)
    _announce(session, ticket.office_id, ticket.id, f"{ticket.cycle}.{QUEUE}", Level.URGENT, now)


def announce_transfer(session: Session, ticket: Ticket, now: datetime) -> None:
    """A colleague gave it to its owner, who alone hears of it."""
    _announce(session, ticket.office_id, ticket.id, f"{ticket.cycle}.{CLAIM}", Level.TRANSFERRED, now)


def announce_lost_claim(session: Session, ticket: Ticket, now: datetime) -> None:
    """An officer claimed and fell silent."""
    session.flush()
    _announce(session, ticket.office_id, ticket.id, f"{ticket.cycle}.{CLAIM}", Level.CLAIM_LOST, now)


def begin(session: Session, target: Target, rules: OfficeRules) -> None:
    """Make the first level of a new target due."""
    _add(session, target, CLIMB[0], 0, due_at(session, target, CLIMB[0], 0, rules))


def begin_late(session: Session, target: Target, rules: OfficeRules, now: datetime) -> None:
    """Make a level of a new target due some of whose time has passed: the highest one that is past, which tells more
    than those below it, else the first."""
    due = {level: due_at(session, target, level, 0, rules) for level in CLIMB}
    level = next((level for level in reversed(CLIMB) if due[level] <= now), CLIMB[0])
    _add(session, target, level, 0, due[level])


def follow(session: Session, target: Target, rules: OfficeRules) -> None:
    """Make the next level of a running target due, above the highest that was raised. What was raised before a pause is
    not raised again."""
    raised = _raised(session, target)
    level = CLIMB[min(1 + max((CLIMB.index(level) for level in raised), default=-1), len(CLIMB) - 1)]
    number = raised[level][0] + 1 if level in raised else 0
    _due(session, target, level, number, due_at(session, target, level, number, rules))


def due_at(session: Session, target: Target, level: Level, number: int, rules: OfficeRules) -> datetime:
    """When a level of a running target is due: at a share of its minutes, or office minutes after the breach.

    Two calls of the supervisor are never closer than the rules have it, also when the first came late: held back by
    a claim, or by a clock that stood still.
    """
    minutes = rules.climb.minutes(level, target.minutes, number)
    due = add_office_minutes(rules.calendar, target.running_since, max(minutes - target.spent, 0))
    if not number:
        return due
    _, called = _raised(session, target)[level]
    return max(due, add_office_minutes(rules.calendar, called, rules.climb.repeat))


def is_raised(session: Session, target: Target, level: Level) -> bool:
    return level in _raised(session, target)


def drop(session: Session, target: Target) -> None:
    """A person acted: what is due for this target is so no longer, and what was not sent yet need not be."""
    _drop(session, *_of(target))


def drop_waiting(session: Session, ticket: Ticket) -> None:
    """Somebody took it: nobody need be told any more that it waits."""
    _drop(session, Alert.ticket_id == ticket.id, Alert.level.in_(WHO_WAITS))


def free(session: Session, ticket: Ticket, now: datetime) -> None:
    """A claim ended without an answer: what it held back is looked at again, though the claim had longer to run."""
    held_back = (Alert.ticket_id == ticket.id, Alert.state == AlertState.DUE, Alert.level.in_(PAST_THE_OWNER))
    session.execute(update(Alert).where(*held_back, Alert.due_at > now).values(due_at=now))


def next_due(session: Session, now: datetime, most: int) -> list[tuple[int, int, int]]:
    """Alerts to be raised now, most overdue first: (id, conversation id, office id)."""
    found = session.connection().execute(_NEXT, {"now": now, "most": most})
    return [(row[0], row[1], row[2]) for row in found]


def _of(target: Target) -> tuple[ColumnElement[bool], ...]:
    return Alert.ticket_id == target.ticket_id, Alert.target == name_of(target)


def _raised(session: Session, target: Target) -> dict[Level, tuple[int, datetime]]:
    """The levels of a target that were raised: the last round, and when that was."""
    last = select(Alert.level, func.max(Alert.round), func.max(Alert.raised_at)).where(*_of(target))
    rows = session.execute(last.where(Alert.state == AlertState.RAISED).group_by(Alert.level))
    return {row[0]: (row[1], row[2]) for row in rows if row[2]}


def _announce(session: Session, office_id: int, ticket_id: int, target: str, level: Level, now: datetime) -> None:
    """An alert about no deadline; it may be raised again later, as another round."""
    run = session.connection().execute
    given = {"ticket": ticket_id, "about": target}
    values: dict[str, Any] = {"target": target, "level": level, "state": AlertState.DUE, "due_at": now}
    row = {"office_id": office_id, "ticket_id": ticket_id, "round": run(_ROUNDS, given).scalar_one()}
    run(_INSERT, row | values)


def _due(session: Session, target: Target, level: Level, number: int, at: datetime) -> None:
    """Write the row; one that was dropped by a pause is due again."""
    key = (*_of(target), Alert.level == level, Alert.round == number)
    known = session.scalar(select(Alert).where(*key).execution_options(populate_existing=True))
    if known is None:
        _add(session, target, level, number, at)
    elif known.state is AlertState.DROPPED:
        known.state, known.due_at = AlertState.DUE, at


def _add(session: Session, target: Target, level: Level, number: int, at: datetime) -> None:
    row: dict[str, Any] = {"office_id": target.office_id, "ticket_id": target.ticket_id, "target_id": target.id}
    values: dict[str, Any] = {"level": level, "round": number, "state": AlertState.DUE, "due_at": at}
    session.connection().execute(_INSERT, row | values | {"target": name_of(target)})


def _drop(session: Session, *which: ColumnElement[bool]) -> None:
    # the rows may be in this session already, so it hears of it
    ids = select(Alert.id).where(*which).scalar_subquery()
    unsent = (Notice.alert_id.in_(ids), Notice.state == NoticeState.DUE)
    session.flush()
    session.execute(update(Notice).where(*unsent).values(state=NoticeState.DROPPED))
    session.execute(update(Alert).where(*which, Alert.state == AlertState.DUE).values(state=AlertState.DROPPED))


# Built once: building a statement costs several times what running it does, many a turn opens a ticket, and the clock
# looks every few seconds.
_NEXT = (
    select(Alert.id, Ticket.conversation_id, Alert.office_id)
    .join(Ticket, Ticket.id == Alert.ticket_id)
    .where(Alert.state == AlertState.DUE, Alert.due_at <= bindparam("now", type_=UtcDateTime()))
    .order_by(Alert.due_at, Alert.id)
    .limit(bindparam("most", type_=Integer()))
)
_ROUNDS = select(func.count()).where(Alert.ticket_id == bindparam("ticket"), Alert.target == bindparam("about"))
_INSERT = insert(Alert.__table__)
