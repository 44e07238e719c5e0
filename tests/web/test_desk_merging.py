"""Tickets that are one matter: whoever waits is put off by nothing, and loses nobody who holds them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.contracts import ConversationState, EventKind, Role, TargetKind, TargetState, TicketState
from bot.desk import tickets as the_tickets
from bot.flow.watch import end_silent_claims
from bot.models import Conversation, Event, Target, Ticket
from tests.installation import Installation
from tests.people import Browser, signed_in
from tests.web.desk_people import act, later, on_tuesday, reply, shown, tick, tickets, waits
from tests.web.test_supervisor_figures import rows


@pytest.fixture
def sapa(deaf_sapa: Installation) -> Installation:
    on_tuesday(deaf_sapa)
    return deaf_sapa


@pytest.fixture
def officer(sapa: Installation) -> Browser:
    return signed_in(sapa.app, Role.OFFICER, name="Hasnah")


@pytest.fixture
def chief(sapa: Installation) -> Browser:
    return signed_in(sapa.app, Role.SUPERVISOR)


def notes(sapa: Installation, conversation_id: int) -> None:
    """Something for officers to act on, for which nobody waits in the chat."""
    with sapa.database.transaction() as session:
        office_id = session.get_one(Conversation, conversation_id).office_id
        given = {"kind": "suggestion", "service": None, "now": sapa.clock()}
        the_tickets.open_ticket(session, office_id, conversation_id, **given)  # type: ignore[arg-type]


def merge(officer: Browser, ticket: Ticket, into: Ticket) -> None:
    status, page = act(officer, ticket.conversation_id, f"tickets/{ticket.id}/merge", into=into.id)
    assert status == 303, page


def live(sapa: Installation, ticket: Ticket) -> dict[TargetKind, Target]:
    mine = (Target.ticket_id == ticket.id, Target.state.in_((TargetState.RUNNING, TargetState.PAUSED)))
    with sapa.database.reading() as session:
        return {target.kind: target for target in session.scalars(select(Target).where(*mine))}


def about(at: datetime) -> datetime:
    """The clock of these tests runs on by seconds."""
    return (at + timedelta(seconds=30)).replace(second=0, microsecond=0)


@pytest.mark.parametrize("is_noted", [False, True], ids=["waits too", "noted only"])
def test_merged_into_a_younger_one_nothing_is_put_off_and_figures_count_from_the_first(
    sapa: Installation, officer: Browser, chief: Browser, is_noted: bool
) -> None:
    talk = waits(sapa)
    tick(sapa)
    [old] = tickets(sapa, talk)
    promised = live(sapa, old)
    later(sapa, minutes=50)
    if is_noted:
        notes(sapa, talk)
    else:
        waits(sapa, kind="start_submission")
    tick(sapa)
    merge(officer, *tickets(sapa, talk))
    old, new = tickets(sapa, talk)
    held = live(sapa, new)
    assert live(sapa, old) == {}
    for kind in (TargetKind.FIRST_RESPONSE, TargetKind.RESOLUTION):
        assert about(held[kind].due_at) <= about(promised[kind].due_at)
    assert new.queued_at == old.queued_at
    later(sapa, minutes=5)
    reply(officer, talk, "Baik, Bu.")
    whole = rows(shown(chief, "/supervisor"))["Pekan ini"]
    assert whole[0][1] == "55 m · 55 m · 1"
    later(sapa, minutes=5)
    act(officer, talk, "resolve", outcome="done")
    whole = rows(shown(chief, "/supervisor"))["Pekan ini"]
    assert whole[1][1] == "1 j · 1 j · 1"


def test_what_was_missed_before_the_merge_counts_once(sapa: Installation, officer: Browser, chief: Browser) -> None:
    talk = waits(sapa)
    for _ in range(14):
        later(sapa, minutes=10)
        tick(sapa)
    waits(sapa, kind="start_submission")
    tick(sapa)
    merge(officer, *tickets(sapa, talk))
    for _ in range(3):
        tick(sapa)
    reply(officer, talk, "Maaf lama, Bu.")
    assert rows(shown(chief, "/supervisor"))["Pekan ini"][-1][1] == "0 % · 0/1"


def test_the_more_urgent_reason_goes_along(sapa: Installation, officer: Browser) -> None:
    talk = waits(sapa)
    waits(sapa, kind="start_submission")
    tick(sapa)
    with sapa.database.transaction() as session:
        session.get_one(Ticket, tickets(sapa, talk)[0].id).priority = "urgent"
    merge(officer, *tickets(sapa, talk))
    assert tickets(sapa, talk)[1].priority == "urgent"


def test_who_holds_the_one_holds_the_other_afterwards(sapa: Installation, officer: Browser) -> None:
    talk = waits(sapa)
    act(officer, talk, "claim")
    waits(sapa, kind="start_submission")
    merge(officer, *tickets(sapa, talk))
    _, new = tickets(sapa, talk)
    assert (new.state, new.owner_id) == (TicketState.IN_PROGRESS, officer.person.post_id)
    assert new.claimed_until is not None
    assert state(sapa, talk) is ConversationState.WITH_OFFICER
    assert "Anda memegang percakapan ini." in shown(officer, f"/desk/{talk}")


def test_who_waits_in_the_queue_waits_on_where_the_other_was_kept_by_somebody(
    sapa: Installation, officer: Browser
) -> None:
    talk = waits(sapa)
    reply(officer, talk, "Tolong kirim nama lengkapnya.")
    act(officer, talk, "wait")
    later(sapa, days=6)
    end_silent_claims(sapa.database, sapa.line.assistant.rules, sapa.clock())
    waits(sapa, kind="start_submission")
    officer.sign_in_fully()
    kept, new = tickets(sapa, talk)
    merge(officer, new, kept)
    kept, _ = tickets(sapa, talk)
    assert (kept.state, kept.owner_id) == (TicketState.OPEN, None)
    assert state(sapa, talk) is ConversationState.WAITING
    assert {target.state for target in live(sapa, kept).values()} == {TargetState.RUNNING}
    assert TargetKind.NEXT_RESPONSE in live(sapa, kept), "an answer is owed"
    with sapa.database.reading() as session:
        facts = list(session.scalars(select(Event.kind).where(Event.subject == f"ticket:{kept.id}")))
    assert EventKind.GOES_ON in facts


def state(sapa: Installation, conversation_id: int) -> ConversationState:
    with sapa.database.reading() as session:
        return session.get_one(Conversation, conversation_id).state
