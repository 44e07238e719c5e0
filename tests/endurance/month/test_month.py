"""A month of an office: nobody who was handed over is left without a person, and every alert is raised at its minute.

The short form runs from a Friday over a holiday to Tuesday; the whole month with ``make test-long``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import timedelta

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.contracts import NoticeState, Way
from bot.models import Event, Notice
from tests.endurance.month.citizens import Citizens
from tests.endurance.month.office_clock import OfficeClock
from tests.endurance.month.officers import Officer
from tests.endurance.month.oracle import Fact, Oracle
from tests.endurance.month.plan import DAY, MONTH, OFFICERS, SHORT, Plan
from tests.endurance.month.promises import Promises
from tests.endurance.month.world import World

LONGEST_PROMISE = timedelta(days=130)  # sixty working days and the holidays between


@pytest.mark.parametrize(
    "plan",
    [
        pytest.param(SHORT, id="short"),
        pytest.param(MONTH, id="month", marks=[pytest.mark.long, pytest.mark.timeout(1800)]),
    ],
)
def test_nobody_is_left_without_a_person_and_every_alert_is_in_time(
    plan: Plan,
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    world = World(plan, database_url, monkeypatch)
    try:
        citizens = Citizens(world)
        world.officers = {world.posts[name].post_id: Officer(world, citizens, name) for name in OFFICERS}
        citizens.come()
        with capture_logs():  # they tell of every mail that was held up
            world.run()
        wrong, counts = replayed(world)
        record_property("counts", dict(counts))
        assert not wrong, "\n".join([f"{len(wrong)} promises broken", *wrong[:40]])
        check_what_happened(counts)
        check_notices(world)
    finally:
        world.database.engine.dispose()


def replayed(world: World) -> tuple[list[str], Counter[str]]:
    """What the oracle finds wrong, and what it counted."""
    plan = world.plan
    clock = OfficeClock(world.rules.calendar, plan.first, plan.last + LONGEST_PROMISE)
    posts = {name: actor.post_id for name, actor in world.posts.items()}
    oracle = Oracle(plan, clock, Promises(clock), posts, world.looks)
    columns = (Event.id, Event.conversation_id, Event.kind, Event.actor, Event.at, Event.subject, Event.data)
    with world.database.reading() as session:
        rows = session.execute(select(*columns).order_by(Event.id)).all()
    facts = [Fact(row[0], row[1], str(row[2]), *row[3:]) for row in rows]
    return oracle.replay(facts, world.time.now), oracle.counts


def check_what_happened(counts: Mapping[str, int]) -> None:
    """The month had of everything, or it proves nothing."""
    wanted = (
        "handed_over",
        "claim_lost",
        "released",
        "timed_out",
        "reopened",
        "waiting_for_citizen",
        "late",
        "in time",
        "thanks to an officer",
        "priority_raised",
        "kept tickets taken again",
        "kept tickets gone on with",
    )
    levels = ("waiting", "urgent", "half", "most", "breach", "officers", "supervisor", "claim_lost")
    missing = [name for name in (*wanted, *(f"alert {level}" for level in levels)) if not counts[name]]
    assert missing == []


def check_notices(world: World) -> None:
    """Each reached its person or tells why not; what was mailed while nothing took mail came afterwards, once."""
    with world.database.reading() as session:
        notices = session.execute(
            select(Notice.id, Notice.way, Notice.state, Notice.reason, Notice.sent_at, Notice.first_tried_at)
        ).all()
    states = Counter((str(row.way), str(row.state)) for row in notices)
    assert {row.state for row in notices} <= {NoticeState.SENT, NoticeState.FAILED, NoticeState.DROPPED}, states
    assert not [row.id for row in notices if row.state is NoticeState.FAILED and not row.reason]
    mailed = [row for row in notices if row.way is Way.MAIL and row.state is NoticeState.SENT]
    assert {f"notice.{row.id}" for row in mailed} == set(world.mail.taken)
    held_up = [row for row in mailed if row.first_tried_at in world.plan.mail_down]
    assert held_up
    assert all(world.plan.mail_down.end <= row.sent_at < world.plan.mail_down.end + DAY / 96 for row in held_up)
    assert all(row.sent_at < row.first_tried_at + DAY / 8 for row in mailed)
    assert world.phones.rung
    assert world.browsers.shown
