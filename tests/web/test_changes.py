"""What open pages are told is read from rows; none is missed, in whatever order they appear."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from bot.contracts import EventKind
from bot.db.engine import make_engine
from bot.db.session import Database
from bot.desk import changes as changes_module
from bot.desk.changes import LATE, Change, Changes, Topic
from bot.desk.events import fact, record
from bot.desk.offices import ensure_first_office
from bot.models import Contact, Conversation, Event

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    engine = make_engine(database_url.replace("postgresql://", "postgresql+psycopg://"))
    database = Database(engine)
    with database.transaction() as session:
        office = ensure_first_office(
            session,
            prefix="PKP",
            name="Kantor Uji",
            time_zone="Asia/Makassar",
            sender="whatsapp:+6281100000000",
            now=NOW,
        )
        contact = Contact(office_id=office.id, address="whatsapp:+6281100000001", created_at=NOW)
        session.add(contact)
        session.flush()
        session.add(Conversation(office_id=office.id, contact_id=contact.id))
    yield database
    engine.dispose()


def claimed(session: Session) -> None:
    record(session, fact(EventKind.CLAIMED, office_id=1, conversation_id=1, at=NOW, actor="staff:1"))


def look(database: Database, changes: Changes, now: datetime = NOW) -> set[Change]:
    with database.reading() as session:
        return changes.look(session, {1}, now)


def test_the_first_look_tells_nothing_and_the_next_what_came_since(database: Database) -> None:
    with database.transaction() as session:
        claimed(session)
    changes = Changes()
    assert look(database, changes) == set()
    with database.transaction() as session:
        claimed(session)
    assert look(database, changes) == {Change(Topic.QUEUE, 1), Change(Topic.CONVERSATION, 1)}
    assert look(database, changes) == set()


def test_a_fact_whose_number_appears_after_a_higher_one_is_told(database: Database) -> None:
    """On PostgreSQL numbers are given before the commit: here the lower one commits last."""
    changes = Changes()
    look(database, changes)
    with database.transaction() as session:
        session.add(Event(id=2, office_id=1, kind=EventKind.STAFF, actor="staff:1", at=NOW))
    assert look(database, changes) == {Change(Topic.QUEUE, 1)}
    with database.transaction() as session:
        session.add(Event(id=1, office_id=1, conversation_id=1, kind=EventKind.CLAIMED, actor="staff:1", at=NOW))
    assert Change(Topic.CONVERSATION, 1) in look(database, changes)
    assert look(database, changes) == set()


def test_a_number_that_was_rolled_back_is_not_asked_for_for_ever(database: Database) -> None:
    changes = Changes()
    look(database, changes)
    with database.transaction() as session:
        session.add(Event(id=2, office_id=1, kind=EventKind.STAFF, actor="staff:1", at=NOW))
    look(database, changes)
    look(database, changes, NOW + LATE + timedelta(seconds=1))
    with database.transaction() as session:
        session.add(Event(id=1, office_id=1, conversation_id=1, kind=EventKind.CLAIMED, actor="staff:1", at=NOW))
    assert look(database, changes) == set()


def test_what_a_look_that_failed_had_read_is_told_by_the_next(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes = Changes()
    look(database, changes)
    with database.transaction() as session:
        claimed(session)
    with monkeypatch.context() as broken:
        broken.setattr(changes_module, "_ticks", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            look(database, changes)
    assert look(database, changes) == {Change(Topic.QUEUE, 1), Change(Topic.CONVERSATION, 1)}
