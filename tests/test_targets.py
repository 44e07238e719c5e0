"""A deadline that is stopped and goes on: whatever the pauses, the office has had its minutes, and not one fewer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.assistant import OfficeAssistant
from bot.calendar import OfficeCalendar
from bot.contracts import TargetState
from bot.db.engine import make_engine
from bot.db.session import Database
from bot.deadlines import add_office_minutes, office_minutes
from bot.desk import targets, tickets
from bot.desk.offices import ensure_first_office
from bot.errors import OfficeNeverOpens
from bot.models import Contact, Conversation, Office, Target, Ticket
from bot.rules import OfficeRules
from tests.calendars import calendars, instants

MINUTE = timedelta(minutes=1)
NOW = datetime(2026, 11, 16, 1, tzinfo=UTC)
# minutes until the office waits for the citizen, minutes until the citizen is back
pauses = st.lists(st.tuples(st.integers(0, 2_000), st.integers(0, 4_000)), max_size=5)


@pytest.fixture(scope="module")
def session(sqlite_template: Path) -> Iterator[Session]:
    """One conversation; what a try writes is rolled back by the next."""
    database = Database(make_engine(f"sqlite:///{sqlite_template}"))
    with database._make() as session:
        ensure_first_office(
            session, prefix="PKP", name="Uji", time_zone="Asia/Makassar", sender="whatsapp:+6281100000000", now=NOW
        )
        office = session.scalars(select(Office)).one()
        contact = Contact(office_id=office.id, address="whatsapp:+6281100000001", created_at=NOW)
        session.add(contact)
        session.flush()
        session.add(Conversation(office_id=office.id, contact_id=contact.id))
        session.flush()
        yield session
        session.rollback()
    database.engine.dispose()


@pytest.fixture(scope="module")
def ours() -> OfficeRules:
    return OfficeAssistant().rules("PKP")


@given(calendar=calendars(), start=instants, steps=pauses)
@settings(max_examples=60, deadline=None)
def test_what_was_spent_and_what_is_left_are_the_offices_minutes(
    session: Session, ours: OfficeRules, calendar: OfficeCalendar, start: datetime, steps: list[tuple[int, int]]
) -> None:
    rules = replace(ours, calendar=calendar)
    with session.begin_nested() as attempt:
        try:
            _live_through(session, rules, start, steps)
        except OfficeNeverOpens:
            assume(False)
        finally:
            attempt.rollback()


def _live_through(session: Session, rules: OfficeRules, start: datetime, steps: list[tuple[int, int]]) -> None:
    conversation = session.scalars(select(Conversation)).one()
    opened = tickets.open_ticket(
        session, conversation.office_id, conversation.id, kind="talk_to_human", service=None, now=start
    )
    ticket = session.get_one(Ticket, opened.id)
    targets.ensure(session, ticket, rules, start)
    now, worked, citizen = start, 0, 0
    for works, stays_away in steps:
        paused_at = now + works * MINUTE
        targets.pause(session, ticket, rules, paused_at)
        worked += office_minutes(rules.calendar, now, paused_at)
        now = paused_at + stays_away * MINUTE
        targets.resume(session, ticket, rules, now)
        citizen += stays_away
    for target in session.scalars(select(Target).where(Target.ticket_id == ticket.id)):
        assert target.state is TargetState.RUNNING
        assert (target.spent, target.citizen_minutes) == (worked, citizen)
        left = target.minutes - worked
        if steps and left >= 0:
            assert target.due_at == add_office_minutes(rules.calendar, now, left)
        elif steps:  # what was late before a pause stays late
            assert target.due_at <= now
        if worked <= target.minutes:
            assert worked + office_minutes(rules.calendar, now, target.due_at) == target.minutes
