"""Watch: what the clock does so that nobody is left waiting. Each row is a transaction of its own, so a run that is
killed anywhere is taken up by the next one, and two clocks at once do nothing twice."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

import structlog

from bot.contracts import Way
from bot.db.session import Database
from bot.desk import alerts, claims, climb, offices
from bot.errors import where
from bot.rules import OfficeRules

log = structlog.get_logger()

MOST = 200  # rows a run; what is beyond is due at the next one, seconds later
RulesOf = Callable[[str], OfficeRules]


def raise_alerts(database: Database, rules_of: RulesOf, ways: Collection[Way], now: datetime) -> int:
    """Raise the alerts that are due. Returns how many were looked at."""
    with database.reading() as session:
        due = alerts.next_due(session, now, MOST)
        prefixes = offices.prefixes(session) if due else {}
    for alert_id, conversation_id, office_id in due:
        try:
            with database.transaction() as session:
                climb.raise_alert(session, alert_id, conversation_id, rules_of(prefixes[office_id]), ways, now)
        except Exception as error:  # one that cannot be raised must not silence the others
            log.error("alert_not_raised", alert=alert_id, error=type(error).__name__, where=where(error))
    return len(due)


def end_silent_claims(database: Database, rules_of: RulesOf, now: datetime) -> int:
    """Give back to the queue what an officer claimed and left without a word. Returns how many were looked at."""
    with database.reading() as session:
        due = claims.due_to_end(session, now, MOST)
        prefixes = offices.prefixes(session) if due else {}
    for conversation_id, office_id in due:
        try:
            with database.transaction() as session:
                claims.end_silent(session, conversation_id, rules_of(prefixes[office_id]), now)
        except Exception as error:
            log.error("claim_not_ended", conversation=conversation_id, error=type(error).__name__, where=where(error))
    return len(due)
