"""An officer who has read a complaint says of which class it is, and its end is due accordingly."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.contracts import EventKind, Role, TargetKind, TargetState
from bot.desk import queue
from bot.models import Event, Target
from tests.desk import local
from tests.installation import Installation
from tests.people import Browser
from tests.web.desk_people import act, later, on_tuesday, shown, tick, tickets, waits
from tests.web.test_desk_thread import signed_in


@pytest.fixture
def officer(sapa: Installation) -> Browser:
    on_tuesday(sapa)
    return signed_in(sapa.app, Role.OFFICER)


@pytest.fixture
def complaint(sapa: Installation, officer: Browser) -> int:
    """Tuesday 24 November, 09.00: it waits, and its deadlines run."""
    conversation = waits(sapa, kind="complaint")
    tick(sapa)
    return conversation


def ends(sapa: Installation) -> list[tuple[str, TargetState]]:
    """Every end that was promised, by the office's clock."""
    with sapa.database.reading() as session:
        found = select(Target).where(Target.kind == TargetKind.RESOLUTION).order_by(Target.id)
        return [(f"{local(one.due_at):%d.%m}", one.state) for one in session.scalars(found)]


def classify(sapa: Installation, officer: Browser, conversation: int, wanted: str) -> int:
    [ticket] = tickets(sapa, conversation)
    return act(officer, conversation, "classify", ticket_id=ticket.id, complaint_class=wanted)[0]


def levels(sapa: Installation) -> list[str]:
    with sapa.database.reading() as session:
        raised = select(Event).where(Event.kind == EventKind.ALERT).order_by(Event.id)
        return [one.data["level"] for one in session.scalars(raised) if "resolution" in one.data["target"]]


def test_its_end_is_counted_anew_from_the_same_start(sapa: Installation, officer: Browser, complaint: int) -> None:
    assert ends(sapa) == [("14.12", TargetState.RUNNING)]  # fourteen working days
    later(sapa, days=1)
    officer.sign_in_fully()
    assert classify(sapa, officer, complaint, "information") == 303
    assert ends(sapa) == [("14.12", TargetState.DROPPED), ("01.12", TargetState.RUNNING)]
    assert '<option value="information" selected>' in shown(officer, f"/desk/{complaint}")
    [fact] = [one for one in facts(sapa) if one.kind == EventKind.CLASSIFIED]
    assert (fact.data["before"], fact.data["complaint_class"]) == ("ordinary", "information")
    assert fact.actor == f"staff:{officer.person.post_id}"


def facts(sapa: Installation) -> list[Event]:
    with sapa.database.reading() as session:
        return list(session.scalars(select(Event).order_by(Event.id)))


def test_the_same_class_again_changes_nothing(sapa: Installation, officer: Browser, complaint: int) -> None:
    assert classify(sapa, officer, complaint, "ordinary") == 303
    assert len(ends(sapa)) == 1


def test_what_is_late_by_its_new_class_is_told_once_as_late(
    sapa: Installation, officer: Browser, complaint: int
) -> None:
    later(sapa, days=8)
    officer.sign_in_fully()
    tick(sapa)
    before = levels(sapa)
    assert classify(sapa, officer, complaint, "information") == 303
    tick(sapa)
    assert levels(sapa)[len(before) :] == ["supervisor"], "not every level at once"


def test_time_that_stood_still_is_not_counted(sapa: Installation, officer: Browser, complaint: int) -> None:
    act(officer, complaint, "claim")
    act(officer, complaint, "wait")
    later(sapa, days=1)
    officer.sign_in_fully()
    classify(sapa, officer, complaint, "information")
    with sapa.database.reading() as session:
        paused = session.scalars(select(Target).where(Target.state == TargetState.PAUSED)).all()
    end = next(one for one in paused if one.kind is TargetKind.RESOLUTION)
    assert end.spent == 0
    assert end.running_since - end.started_at < timedelta(seconds=5)


def test_a_new_cycle_keeps_the_class(sapa: Installation, officer: Browser, complaint: int) -> None:
    classify(sapa, officer, complaint, "inspection")
    act(officer, complaint, "resolve", outcome="answered")
    with sapa.database.transaction() as session:
        queue.reopen(session, complaint, since=sapa.clock(), now=sapa.clock())
    tick(sapa)
    [ticket] = tickets(sapa, complaint)
    assert (ticket.cycle, ticket.complaint_class) == (2, "inspection")
    with sapa.database.reading() as session:
        ends = session.scalars(select(Target).where(Target.kind == TargetKind.RESOLUTION, Target.cycle == 2)).all()
    assert [one.minutes > 60 * 300 for one in ends] == [True]


def test_only_complaints_have_one(sapa: Installation, officer: Browser) -> None:
    conversation = waits(sapa)
    tick(sapa)
    assert "complaint_class" not in shown(officer, f"/desk/{conversation}")
    [ticket] = tickets(sapa, conversation)
    token = {"ticket_id": ticket.id, "complaint_class": "inspection"}
    assert act(officer, conversation, "classify", **token)[0] == 409
    assert act(officer, conversation, "classify", ticket_id=ticket.id, complaint_class="whatever")[0] == 400
