"""How claims end, where a month would show it but rarely."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.contracts import EventKind, Outcome, TicketState
from bot.desk import answers, claims
from bot.models import Event, Ticket
from tests.endurance.month.citizens import MORE, NOTED, THANKS, WISH
from tests.endurance.month.plan import MINUTE, SHORT, at
from tests.endurance.month.world import World

MONDAY = date(2026, 8, 10)
NINE = at(MONDAY, 9)
CITIZEN = "whatsapp:+6281100000009"


@pytest.fixture
def world(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """An office whose officers do only what a test has them do."""
    world = World(replace(SHORT, first=MONDAY), database_url, monkeypatch)
    idle: Any = SimpleNamespace(hear=lambda _: None, act=lambda: False)
    world.officers = {actor.post_id: idle for actor in world.posts.values()}
    yield world
    world.database.engine.dispose()


def says(world: World, text: str, moment: datetime) -> None:
    world.later(moment, lambda: world.write(CITIZEN, text))
    world.step(moment)


def does(world: World, verb: Callable[[Session], object], moment: datetime) -> None:
    world.time.now = moment
    with world.database.transaction(world.office_id) as session:
        verb(session)
    world.step(moment)


def answers_as(world: World, name: str, moment: datetime) -> None:
    actor, how = world.posts[name], {"rules": world.rules, "now": moment}
    does(world, lambda session: answers.reply(session, actor, 1, "jawaban", send_key=str(moment), **how), moment)


def alerts(world: World) -> list[tuple[str, str, datetime]]:
    with world.database.reading() as session:
        rows = session.scalars(select(Event).where(Event.kind == EventKind.ALERT).order_by(Event.id)).all()
    return [(row.data["target"], row.data["level"], row.at) for row in rows]


def states(world: World) -> list[TicketState]:
    with world.database.reading() as session:
        return list(session.scalars(select(Ticket.state).order_by(Ticket.id)))


def test_late_alerts_go_on_when_the_ticket_is_given_back(world: World) -> None:
    """The end is due on Tuesday at closing; answered in its morning, the claim could hold for a working day more."""
    says(world, WISH, NINE)
    answers_as(world, "andi", NINE + 30 * MINUTE)
    tuesday, wednesday = date(2026, 8, 11), date(2026, 8, 12)
    says(world, THANKS, at(MONDAY, 16, 30))
    answers_as(world, "andi", at(tuesday, 9))
    world.step(at(tuesday, 16))
    world.step(at(wednesday, 9))
    assert [level for _, level, _ in alerts(world)][-1] == "breach"
    back = at(wednesday, 9, 10)
    does(world, lambda session: claims.release(session, world.posts["andi"], 1, world.rules, back), back)
    assert ("1.queue", "waiting", back) in alerts(world), "it waits again, though it was answered once"
    late = [alert for alert in alerts(world) if alert[0] == "1.resolution.0"]
    assert late[-2:] == [("1.resolution.0", level, back) for level in ("officers", "supervisor")]
    world.step(back + 59 * MINUTE)
    of_end = [level for target, level, _ in alerts(world) if target == "1.resolution.0"]
    assert len(of_end) == len(set(of_end))
    world.step(back + 60 * MINUTE)
    assert ("1.resolution.0", "supervisor", back + 60 * MINUTE) in alerts(world)
    assert ("1.next_response.0", "half", back + 60 * MINUTE) in alerts(world), "an answer is owed again"


def test_a_silent_officer_loses_every_ticket_of_a_conversation(world: World) -> None:
    says(world, NOTED, NINE)
    says(world, WISH, NINE + 5 * MINUTE)
    answers_as(world, "andi", NINE + 10 * MINUTE)
    says(world, MORE, NINE + 20 * MINUTE)
    world.step(NINE + 50 * MINUTE)
    assert states(world) == [TicketState.OPEN, TicketState.OPEN]
    answers_as(world, "besse", NINE + 55 * MINUTE)


def test_who_takes_what_was_given_back_and_is_silent_loses_it(world: World) -> None:
    says(world, WISH, NINE)
    answers_as(world, "andi", NINE + 10 * MINUTE)
    back, taken = NINE + 15 * MINUTE, NINE + 20 * MINUTE
    does(world, lambda session: claims.release(session, world.posts["andi"], 1, world.rules, back), back)
    does(world, lambda session: claims.claim(session, world.posts["besse"], 1, world.rules, taken), taken)
    world.step(taken + 30 * MINUTE)
    assert states(world) == [TicketState.OPEN]
    assert ("1.claim", "claim_lost", taken + 30 * MINUTE) in alerts(world)


def test_who_asks_again_long_after_a_wait_is_in_the_queue_again(world: World) -> None:
    says(world, WISH, NINE)
    answers_as(world, "andi", NINE + 10 * MINUTE)
    asked = NINE + 15 * MINUTE
    does(world, lambda session: answers.wait_for_citizen(session, world.posts["andi"], 1, world.rules, asked), asked)
    world.step(at(date(2026, 8, 11), 15))
    assert states(world) == [TicketState.WAITING_FOR_CITIZEN]
    again = at(date(2026, 8, 13), 9)
    says(world, WISH, again)
    assert states(world) == [TicketState.OPEN]
    assert alerts(world)[-1] == ("1.queue", "waiting", again)
    world.step(again + 60 * MINUTE)
    assert alerts(world)[-1] == ("1.next_response.0", "half", again + 60 * MINUTE)


def test_a_deadline_that_passes_while_the_citizen_is_asked_was_kept(world: World) -> None:
    """The end is due on Tuesday at closing; from Tuesday morning on the office waits for the citizen."""
    says(world, WISH, NINE)
    asked, closed = at(date(2026, 8, 11), 8, 30), at(date(2026, 8, 12), 9)
    answers_as(world, "andi", asked)
    does(world, lambda session: answers.wait_for_citizen(session, world.posts["andi"], 1, world.rules, asked), asked)
    how: Any = {"farewell": "", "rules": world.rules, "now": closed}
    does(world, lambda session: answers.resolve(session, world.posts["andi"], 1, Outcome.NO_REPLY, **how), closed)
    with world.database.reading() as session:
        met = session.scalars(select(Event).where(Event.kind == EventKind.TARGET_MET).order_by(Event.id)).all()
    assert [(event.data["target"], event.data["late"]) for event in met] == [
        ("1.first_response.0", True),
        ("1.resolution.0", False),
    ]
