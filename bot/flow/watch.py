"""Watch: what the clock does so that nobody is left waiting. What a row wants is asked again
under its conversation's lock, so a run that is killed anywhere is taken up by the next one, and two clocks at once do
nothing twice."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

import structlog
from sqlalchemy.orm import Session

from bot.contracts import Way
from bot.db.session import Database
from bot.desk import alerts, claims, climb, offices
from bot.errors import where
from bot.rules import OfficeRules

log = structlog.get_logger()

MOST = 200  # rows a run; what is beyond is due at the next one, seconds later
TOGETHER = 4  # alerts a commit; on SQLite the webhook waits meanwhile
RulesOf = Callable[[str], OfficeRules]


def raise_alerts(database: Database, rules_of: RulesOf, ways: Collection[Way], now: datetime) -> int:
    """Raise the alerts that are due. Returns how many were looked at."""
    with database.reading() as session:
        due = sorted(alerts.next_due(session, now, MOST), key=_by_conversation)
        prefixes = offices.prefixes(session) if due else {}
    rules = {office_id: rules_of(prefixes[office_id]) for _, _, office_id in due}

    def work(session: Session, some: Sequence[tuple[int, int, int]]) -> None:
        for alert_id, conversation_id, office_id in some:
            climb.raise_alert(session, alert_id, conversation_id, rules[office_id], ways, now)

    for begin in range(0, len(due), TOGETHER):
        some = due[begin : begin + TOGETHER]
        for (alert_id, *_), error in zip(some, database.write_all(some, work), strict=True):
            if error is not None:  # one that cannot be raised must not silence the others
                log.error("alert_not_raised", alert=alert_id, error=type(error).__name__, where=where(error))
    return len(due)


def end_silent_claims(database: Database, rules_of: RulesOf, now: datetime) -> int:
    """Give back to the queue what an officer claimed and left without a word. Returns how many were looked at."""
    with database.reading() as session:
        due = claims.due_to_end(session, now, MOST)
        prefixes = offices.prefixes(session) if due else {}
    rules = {office_id: rules_of(prefixes[office_id]) for _, office_id in due}
    for conversation_id, office_id in due:
        try:
            with database.transaction() as session:
                claims.end_silent(session, conversation_id, rules[office_id], now)
        except Exception as error:
            log.error("claim_not_ended", conversation=conversation_id, error=type(error).__name__, where=where(error))
    return len(due)


def _by_conversation(due: tuple[int, int, int]) -> tuple[int, int]:
    """Conversations are locked in this order everywhere, so that none waits for the other."""
    return due[1], due[0]
