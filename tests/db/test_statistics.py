"""A long history does not slow the desk down: the database knows which of its indexes leads to few rows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert
from time_machine import travel

from bot.contracts import InboundState, MessageKind
from bot.db.session import Database
from bot.db.statistics import refresh_statistics
from bot.models import Contact, Conversation, InboundMessage
from tests.installation import Installation

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
WAY = (
    "EXPLAIN QUERY PLAN SELECT body FROM inbound_message"
    " WHERE conversation_id IN (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12) AND office_id = 1"
)


def test_the_messages_of_a_few_conversations_are_not_sought_among_all_of_the_office(deaf_sapa: Installation) -> None:
    _a_history(deaf_sapa, conversations=300, messages=5)
    pages = deaf_sapa.app.extensions["sapa_database"]  # whose connections are open before the statistics are there
    assert "(office_id=?)" in _way(pages)
    refresh_statistics(deaf_sapa.database)
    with travel(datetime.now(UTC) + timedelta(hours=1, seconds=1)):
        assert "(conversation_id=?)" in _way(pages)


def _way(database: Database) -> str:
    with database.reading(1) as session:
        return " ".join(row[3] for row in session.connection().exec_driver_sql(WAY))


def _a_history(sapa: Installation, *, conversations: int, messages: int) -> None:
    now, ids, of = sapa.clock(), range(1, conversations + 1), {"office_id": 1}
    said = {"kind": MessageKind.TEXT, "body": "", "form": {}, "received_at": now, "state": InboundState.ANSWERED}
    with sapa.database.transaction() as session:
        contacts = [of | {"address": f"whatsapp:+6281100{i:06}", "profile_name": "", "created_at": now} for i in ids]
        session.execute(insert(Contact), contacts)
        session.execute(insert(Conversation), [of | {"contact_id": i, "last_seq": messages} for i in ids])
        rows = [
            of | said | {"conversation_id": i, "seq": n, "sid": f"{i}x{n}"} for i in ids for n in range(1, messages + 1)
        ]
        session.execute(insert(InboundMessage), rows)
