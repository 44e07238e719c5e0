"""As an officer I wait for the citizen, and my clock waits with me; whoever comes back late is not forgotten."""

from __future__ import annotations

import pytest

from bot.contracts import ConversationState, TargetState, TicketState
from tests.desk import A_DAY, MINUTE, Desk, local
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


def resolution(desk: Desk) -> object:
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


def test_who_comes_back_days_later_and_asks_for_an_officer_waits_for_one(sapa: Installation, timed_out: Desk) -> None:
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
