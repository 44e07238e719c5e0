"""As an officer I wait for the citizen, and my clock waits with me; whoever comes back late is not forgotten."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from bot.contracts import ConversationState, Role, TargetState, TicketState
from bot.desk import board, overview
from bot.desk.board import Card, Tray, Wanted
from tests.desk import A_DAY, MINUTE, Colleague, Desk, local, local_time
from tests.installation import Installation
from tests.journeys.test_waiting_for_an_officer import asked, state


@pytest.fixture
def answered(sapa: Installation, desk: Desk) -> Desk:
    """Monday 09.00 a citizen asked for an officer, 09.10 the first of two answered with a question."""
    desk.it_is("2026-11-16 09:00")
    desk.first, desk.second = desk.hire(), desk.hire()  # type: ignore[attr-defined]
    asked(sapa)
    sapa.tick()
    desk.it_is("2026-11-16 09:10")
    desk.reply(desk.first, "Boleh kirim nama desanya?")  # type: ignore[attr-defined]
    sapa.settle()
    return desk


def resolution(desk: Desk) -> Any:
    return next(target for target in desk.targets() if target.kind == "resolution")


def test_waiting_for_the_citizen_stops_the_clock_and_both_times_are_kept(sapa: Installation, answered: Desk) -> None:
    answered.it_is("2026-11-16 09:30")
    answered.wait_for_citizen(answered.first)
    before = resolution(answered)
    assert (before.state, before.spent) == (TargetState.PAUSED, 30)
    answered.it_is("2026-11-16 10:30")
    sapa.ask("desa Bonto")
    after = resolution(answered)
    assert (after.state, after.spent, after.citizen_minutes) == (TargetState.RUNNING, 30, 60)
    assert answered.ticket().state is TicketState.IN_PROGRESS
    # a working day from Monday 09.00 ends Tuesday 16.00; the hour that the citizen took is added
    assert local(before.due_at).isoformat() == "2026-11-17T16:00:00"
    assert local(after.due_at).isoformat() == "2026-11-18T09:00:00"


def test_no_alert_is_raised_while_the_clock_stands_still(sapa: Installation, answered: Desk) -> None:
    answered.it_is("2026-11-16 09:30")
    answered.wait_for_citizen(answered.first)
    raised = len(answered.alerts())
    answered.until("2026-11-17 16:00", step=A_DAY / 24)
    assert len(answered.alerts()) == raised


def test_nothing_comes_and_the_assistant_is_back(sapa: Installation, answered: Desk) -> None:
    answered.until("2026-11-17 10:09", step=A_DAY / 24)
    assert state(answered) is ConversationState.WITH_OFFICER
    answered.until("2026-11-17 10:10", step=A_DAY / 24)  # 480 office minutes after the answer
    assert state(answered) is ConversationState.WITH_BOT
    assert [fact.kind for fact in answered.events("timed_out")] == ["timed_out"]
    assert "Kembali ke antrean" not in answered.mails(answered.first), "nobody fell silent"


def test_an_answer_alone_does_not_stop_the_clock(sapa: Installation, answered: Desk) -> None:
    """ "Kami cek dulu" leaves the office to act: the ticket stays with its officer, and its end is asked for."""
    first, second = answered.first, answered.second  # type: ignore[attr-defined]
    supervisor = answered.hire(Role.SUPERVISOR)
    answered.until("2026-11-17 10:15", step=A_DAY / 24)
    assert state(answered) is ConversationState.WITH_BOT
    assert "1. Lanjutkan" in asked(sapa, "jam berapa buka kantor"), "the assistant answers again"
    ticket = answered.ticket()
    assert (ticket.state, ticket.owner_id) == (TicketState.IN_PROGRESS, first.actor.post_id)
    assert resolution(answered).state is TargetState.RUNNING
    with answered.at_desk() as session:
        (mine,) = listed(session, Tray.MINE, first, answered)
        assert mine.is_kept
        assert [card.number for card in listed(session, Tray.OTHERS, second, answered)] == [mine.number]
        assert overview.look(session, local_time("2026-11-17 16:01")).tickets[overview.Standing.LATE] == 1
    answered.until("2026-11-18 08:45", step=5 * MINUTE)
    end = [(level, at.strftime("%d %H.%M")) for level, about, at in answered.alerts() if "resolution" in about]
    assert end[1:] == [
        ("most", "17 13.25"),
        ("breach", "17 16.00"),
        ("officers", "18 08.15"),
        ("supervisor", "18 08.30"),
    ]
    late, anybody = "Terlambat", "Terlambat, siapa saja boleh mengambil"
    assert late in answered.mails(first)
    assert late not in answered.mails(second), "it is the owner's"
    assert anybody in answered.mails(second)
    assert answered.mails(supervisor)


def test_of_an_owner_who_is_not_there_everybody_hears(sapa: Installation, answered: Desk) -> None:
    answered.until("2026-11-17 10:15", step=A_DAY / 24)
    answered.absent(answered.first, date(2026, 11, 17), date(2026, 11, 17))  # type: ignore[attr-defined]
    answered.until("2026-11-17 16:05", step=5 * MINUTE)
    assert "Terlambat" in answered.mails(answered.second)  # type: ignore[attr-defined]


def test_who_said_that_they_wait_keeps_the_ticket_with_its_clock_standing(sapa: Installation, answered: Desk) -> None:
    first = answered.first  # type: ignore[attr-defined]
    answered.wait_for_citizen(first)
    answered.until("2026-11-17 10:15", step=A_DAY / 24)
    assert state(answered) is ConversationState.WITH_BOT
    assert resolution(answered).state is TargetState.PAUSED
    with answered.at_desk() as session:
        (mine,) = listed(session, Tray.MINE, first, answered)
    assert (mine.state, mine.paused, mine.is_kept) == (TicketState.WAITING_FOR_CITIZEN, True, True)


def test_it_can_still_be_said_after_the_time_out(sapa: Installation, timed_out: Desk) -> None:
    timed_out.wait_for_citizen(timed_out.first)  # type: ignore[attr-defined]
    assert resolution(timed_out).state is TargetState.PAUSED
    assert state(timed_out) is ConversationState.WITH_BOT, "the assistant goes on answering"


def test_who_kept_it_may_go_on_by_answering(sapa: Installation, timed_out: Desk) -> None:
    sapa.ask("jam berapa buka kantor")  # WhatsApp's day begins anew
    timed_out.reply(timed_out.first, "Sudah kami cek.")  # type: ignore[attr-defined]
    assert state(timed_out) is ConversationState.WITH_OFFICER


@pytest.fixture
def timed_out(answered: Desk) -> Desk:
    answered.until("2026-11-17 10:15", step=A_DAY / 24)
    assert state(answered) is ConversationState.WITH_BOT
    return answered


def test_who_comes_back_may_go_on_where_they_were(sapa: Installation, timed_out: Desk) -> None:
    number = timed_out.ticket().number
    assert f"1. Lanjutkan {number}" in asked(sapa, "desa Bonto")
    assert number in asked(sapa, "1")
    assert timed_out.queue() == [number]
    assert timed_out.ticket().cycle == 1
    before = len(timed_out.mails(timed_out.second))
    sapa.tick()
    assert timed_out.mails(timed_out.second)[before:] == ["Tiket baru menunggu"]


@pytest.fixture
def waited(answered: Desk) -> Desk:
    """The officer said that they wait for the citizen, who did not come."""
    answered.wait_for_citizen(answered.first)  # type: ignore[attr-defined]
    answered.until("2026-11-17 10:15", step=A_DAY / 24)
    return answered


def test_who_comes_back_to_a_running_clock_is_owed_an_answer_too(sapa: Installation, timed_out: Desk) -> None:
    asked(sapa, "desa Bonto")
    asked(sapa, "1")
    sapa.tick()
    owed = [(one.kind, one.state) for one in timed_out.targets() if one.state is TargetState.RUNNING]
    assert ("next_response", TargetState.RUNNING) in owed
    assert timed_out.ticket().owner_id is None, "whoever is free takes it"


def test_who_comes_back_days_later_and_asks_for_an_officer_waits_for_one(sapa: Installation, waited: Desk) -> None:
    timed_out = waited
    timed_out.it_is("2026-11-23 09:00")
    number = timed_out.ticket().number
    answer = asked(sapa, "minta petugas")
    assert number in answer
    assert "berikutnya" in answer
    assert timed_out.queue() == [number]
    assert state(timed_out) is ConversationState.WAITING
    before = len(timed_out.mails(timed_out.second))
    sapa.tick()
    assert timed_out.mails(timed_out.second)[before:] == ["Tiket baru menunggu"]
    timed_out.until("2026-11-23 11:00", step=12 * MINUTE)
    heard = [(level, at.strftime("%d %H.%M")) for level, target, at in timed_out.alerts() if "resolution" not in target]
    assert [one for one in heard if one[1].startswith("23")] == [
        ("waiting", "23 09.00"),
        ("half", "23 10.00"),
        ("most", "23 10.36"),
        ("breach", "23 11.00"),
    ]


def test_what_timed_out_waits_for_nobody(sapa: Installation, timed_out: Desk) -> None:
    assert "Tidak ada yang menunggu" in asked(sapa, "ANTREAN", citizen=timed_out.second.phone)


def test_an_officer_may_take_up_again_what_timed_out_and_end_it(sapa: Installation, timed_out: Desk) -> None:
    timed_out.claim(timed_out.second)
    assert state(timed_out) is ConversationState.WITH_OFFICER
    assert timed_out.ticket().owner_id == timed_out.second.actor.post_id
    timed_out.resolve(timed_out.second)
    assert timed_out.ticket().state is TicketState.RESOLVED


def listed(session: Session, tray: Tray, whose: Colleague, office: Desk) -> list[Card]:
    """A tray of the desk, as this colleague sees it."""
    return board.page(session, Wanted(tray), whose.actor.post_id, office.now()).cards
