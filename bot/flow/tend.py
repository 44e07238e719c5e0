"""Tend: what the clock does about documents that nobody works on: one reminder, then they go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import structlog
from sqlalchemy.orm import Session

from bot.db.session import Database
from bot.desk import retention
from bot.errors import where
from bot.rules import OfficeRules

log = structlog.get_logger()

MOST = 200  # rows a run; what is beyond is due at the next one
RulesOf = Callable[[str], OfficeRules]
Work = Callable[[Session], None]


def remind_submissions(database: Database, rules_of: RulesOf, now: datetime) -> int:
    """Remind of what lies half done, while the office is open; what is only looked through here goes to the counter,
    and nothing is left to be sent. Returns how many were reminded."""
    with database.reading() as session:
        due = retention.due_to_remind(session, now, MOST)
    awake = [
        submission_id
        for submission_id, office, service in due
        if (rules := rules_of(office)).calendar.is_open(now) and rules.takes(service)
    ]
    _each(database, "submission", awake, [_remind(submission_id, now) for submission_id in awake])
    return len(awake)


def expire_submissions(database: Database, now: datetime) -> int:
    """End what was never sent, and let go of files that nobody needs. Returns how many rows were looked at."""
    with database.reading() as session:
        unsent = retention.due_to_expire(session, now, MOST)
        unneeded = retention.due_to_go(session, now, MOST)
    _each(database, "submission", unsent, [_expire(submission_id, now) for submission_id in unsent])
    ids = [attachment_id for attachment_id, _ in unneeded]
    _each(database, "attachment", ids, [_let_go(*one, now) for one in unneeded])
    return len(unsent) + len(unneeded)


def _remind(submission_id: int, now: datetime) -> Work:
    return lambda session: retention.remind(session, submission_id, now)


def _expire(submission_id: int, now: datetime) -> Work:
    return lambda session: retention.expire(session, submission_id, now)


def _let_go(attachment_id: int, conversation_id: int, now: datetime) -> Work:
    return lambda session: retention.let_go(session, attachment_id, conversation_id, now)


def _each(database: Database, what: str, ids: Sequence[int], works: Sequence[Work]) -> None:
    """Each in a transaction of its own: one that fails must not keep the others, nor hold a lock for long."""
    for row_id, work in zip(ids, works, strict=True):
        try:
            with database.transaction() as session:
                work(session)
        except Exception as error:
            log.error("not_tended", what=what, row=row_id, error=type(error).__name__, where=where(error))
