"""As an officer I am reached by one way when another is shut, and Sapa knows whether I was."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.contracts import Level, NoticeState, Way
from bot.desk import notices
from bot.models import Notice, PushSubscription
from tests.desk import MINUTE, Colleague, Desk
from tests.installation import Installation
from tests.journeys.test_waiting_for_an_officer import asked

SOON = timedelta(seconds=30)


@pytest.fixture
def officer(desk: Desk) -> Colleague:
    """Monday, 09.00: one officer, with a mailbox, a phone and a browser. Twilio tells nothing by itself."""
    desk.it_is("2026-11-16 09:00")
    desk.sapa.control.callbacks(steps=[])
    return desk.hire(browser=True)


def states(desk: Desk, colleague: Colleague) -> dict[Way, NoticeState]:
    return {notice.way: notice.state for notice in desk.notices(colleague)}


def by(way: Way, desk: Desk, colleague: Colleague) -> Notice:
    return next(notice for notice in desk.notices(colleague) if notice.way is way)


def test_an_alert_goes_by_every_way_once(sapa: Installation, desk: Desk, officer: Colleague) -> None:
    asked(sapa)
    for _ in range(3):
        sapa.tick()
    assert states(desk, officer) == dict.fromkeys(Way, NoticeState.SENT)
    assert (len(desk.mails(officer)), len(desk.texts(officer)), desk.pushes(officer)) == (1, 1, 1)


def test_nothing_of_the_citizen_is_in_it(sapa: Installation, desk: Desk, officer: Colleague) -> None:
    asked(sapa)
    sapa.tick()
    [mail] = sapa.ways.mail.mails(officer.email)
    for told in (mail.subject, mail.text, *desk.texts(officer), *sapa.ways.push.opened().values()):
        assert "811000" not in told
        assert "sy mau" not in told


def test_a_mailbox_that_refuses_stops_no_other_way(sapa: Installation, desk: Desk, officer: Colleague) -> None:
    sapa.ways.mail.fault("answer", at="recipient", code=550)
    asked(sapa)
    sapa.tick()
    assert states(desk, officer) | {Way.MAIL: None} == dict.fromkeys(Way, NoticeState.SENT) | {Way.MAIL: None}
    assert by(Way.MAIL, desk, officer).state is NoticeState.FAILED
    assert [event.data["way"] for event in desk.events("alert_failed")] == ["mail"]


@pytest.mark.parametrize("code", [63014, 21211, 21610])
def test_a_phone_that_refuses_stops_no_other_way(sapa: Installation, desk: Desk, officer: Colleague, code: int) -> None:
    sapa.control.fault("refuse", code=code, recipient=officer.phone)
    asked(sapa)
    sapa.tick()
    assert by(Way.WHATSAPP, desk, officer).state is NoticeState.FAILED
    assert (len(desk.mails(officer)), desk.pushes(officer)) == (1, 1)


def test_a_browser_that_is_gone_is_forgotten_and_stops_no_other_way(
    sapa: Installation, desk: Desk, officer: Colleague
) -> None:
    sapa.ways.push.status = 410
    asked(sapa)
    sapa.tick()
    assert by(Way.PUSH, desk, officer).state is NoticeState.FAILED
    assert (len(desk.mails(officer)), len(desk.texts(officer))) == (1, 1)
    with sapa.database.reading() as session:
        assert session.scalars(select(PushSubscription)).all() == []


def test_what_fails_for_a_while_is_tried_again_by_each_way(sapa: Installation, desk: Desk, officer: Colleague) -> None:
    sapa.ways.mail.fault("answer", at="content", code=451, times=2)
    sapa.control.fault("refuse", code=20429, times=2, recipient=officer.phone)
    sapa.ways.push.status = 503
    asked(sapa)
    sapa.tick()
    assert set(states(desk, officer).values()) == {NoticeState.SENT, NoticeState.DUE}
    sapa.ways.push.status = 201
    desk.until("2026-11-16 09:02", step=SOON / 3)
    assert states(desk, officer) == dict.fromkeys(Way, NoticeState.SENT)
    assert (len(desk.mails(officer)), len(desk.texts(officer))) == (1, 1)


def test_a_template_whose_answer_was_lost_is_not_sent_twice(sapa: Installation, desk: Desk, officer: Colleague) -> None:
    sapa.control.fault("drop", stored=True, recipient=officer.phone)
    asked(sapa)
    sapa.tick()
    assert by(Way.WHATSAPP, desk, officer).state is NoticeState.DUE
    desk.until("2026-11-16 09:01", step=SOON / 3)
    [sent] = sapa.control.sent(officer.phone)
    assert by(Way.WHATSAPP, desk, officer).sid == sent.sid


def test_a_receipt_proves_that_the_phone_got_it(sapa: Installation, desk: Desk, officer: Colleague) -> None:
    asked(sapa)
    sapa.tick()
    assert by(Way.WHATSAPP, desk, officer).delivered_at is None
    [sent] = sapa.control.sent(officer.phone)
    assert sapa.control.tell(sent.sid, "delivered") == 204
    proved = by(Way.WHATSAPP, desk, officer)
    assert (proved.state, proved.delivered_at) == (NoticeState.DELIVERED, desk.now())
    for late in ("sent", "undelivered", "delivered"):
        sapa.control.tell(sent.sid, late, 30008 if late == "undelivered" else None)
    assert by(Way.WHATSAPP, desk, officer).state is NoticeState.DELIVERED


@pytest.mark.parametrize("code", [63014, 63024])
def test_a_receipt_of_a_refusal_is_seen_and_stops_no_other_way(
    sapa: Installation, desk: Desk, officer: Colleague, code: int
) -> None:
    asked(sapa)
    sapa.tick()
    [sent] = sapa.control.sent(officer.phone)
    sapa.control.tell(sent.sid, "undelivered", code)
    refused = by(Way.WHATSAPP, desk, officer)
    assert (refused.state, refused.reason) == (NoticeState.FAILED, "receipt")
    [fact] = desk.events("alert_failed")
    assert (fact.data["way"], fact.data["level"], fact.data["code"]) == ("whatsapp", "waiting", code)
    desk.until("2026-11-16 10:00", step=10 * MINUTE)
    assert desk.mails(officer) == ["Tiket baru menunggu", "Separuh waktu sudah lewat"]
    assert len(desk.texts(officer)) == 2, "the next level is tried by this way too"


def test_a_receipt_of_a_passing_trouble_sends_it_again_once(sapa: Installation, desk: Desk, officer: Colleague) -> None:
    asked(sapa)
    sapa.tick()
    [first] = sapa.control.sent(officer.phone)
    for _ in range(2):  # receipts come twice
        sapa.control.tell(first.sid, "undelivered", 63010)
    desk.until("2026-11-16 09:01", step=SOON / 3)
    _, second = sapa.control.sent(officer.phone)
    sapa.control.tell(first.sid, "undelivered", 63010)  # and late
    assert by(Way.WHATSAPP, desk, officer).state is NoticeState.SENT
    sapa.control.tell(second.sid, "delivered")
    assert by(Way.WHATSAPP, desk, officer).state is NoticeState.DELIVERED
    desk.until("2026-11-16 09:05", step=SOON)
    assert len(desk.texts(officer)) == 2


def test_a_receipt_that_overtakes_our_own_record_settles_it(
    sapa: Installation, desk: Desk, officer: Colleague, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clock died after Twilio took the template and before that was written down."""
    asked(sapa)
    with monkeypatch.context() as dying:
        dying.setattr(notices, "mark_sent", lambda *_, **__: None)
        sapa.tick()
    [sent] = sapa.control.sent(officer.phone)
    sapa.control.tell(sent.sid, "delivered")
    settled = by(Way.WHATSAPP, desk, officer)
    assert (settled.state, settled.sid) == (NoticeState.DELIVERED, sent.sid)
    desk.until("2026-11-16 09:03", step=SOON)
    assert len(desk.texts(officer)) == 1
    assert {event.data["way"] for event in desk.events("alert_delivered")} == {"mail", "whatsapp", "push"}


def test_the_phone_tells_how_far_it_has_come(sapa: Installation, desk: Desk, officer: Colleague) -> None:
    asked(sapa)
    desk.until("2026-11-16 11:31", step=10 * MINUTE)
    told = [text.split(", ", 1)[1].split(". Perihal")[0] for text in desk.texts(officer)]
    assert told == [
        "menunggu petugas",
        "separuh waktu sudah lewat",
        "waktunya hampir habis",
        "terlambat",
        "terlambat, siapa saja boleh mengambil",
        "terlambat, belum ada yang bertindak",
    ]


def test_of_two_that_were_cut_short_the_one_that_went_out_is_not_taken_for_both(
    sapa: Installation, desk: Desk, officer: Colleague, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clock died twice: after the first was sent, before the second was. Twilio's list has one of them."""
    asked(sapa)
    with monkeypatch.context() as dying:
        dying.setattr(notices, "mark_sent", lambda *_, **__: None)
        sapa.tick()
    desk.it_is("2026-11-16 10:00")
    next(job for job in sapa.jobs if job.name == "raise_alerts").run(desk.now(), None)
    with sapa.database.transaction() as session:
        notices.claim_due(session, desk.now(), 10)
    desk.until("2026-11-16 10:03", step=SOON)
    assert len(desk.texts(officer)) == 2
    assert len({notice.sid for notice in desk.notices(officer) if notice.way is Way.WHATSAPP}) == 2


def test_what_a_dying_clock_left_half_sent_is_dropped_where_a_person_acted(
    sapa: Installation, desk: Desk, officer: Colleague
) -> None:
    asked(sapa)
    raise_alerts = next(job for job in sapa.jobs if job.name == "raise_alerts")
    raise_alerts.run(desk.now(), None)
    with sapa.database.transaction() as session:
        assert len(notices.claim_due(session, desk.now(), 10)) == 3
    desk.reply(officer, "Selamat pagi.")
    desk.until("2026-11-16 09:03", step=SOON)
    assert (desk.mails(officer), desk.texts(officer), desk.pushes(officer)) == ([], [], 0)
    assert Level.WAITING in {level for level, *_ in desk.alerts()}


def test_who_has_no_phone_and_no_browser_is_reached_by_mail(sapa: Installation, desk: Desk) -> None:
    desk.it_is("2026-11-16 09:00")
    plain = desk.hire(phone=False)
    asked(sapa)
    sapa.tick()
    assert states(desk, plain) == {Way.DESK: NoticeState.SENT, Way.MAIL: NoticeState.SENT}
    assert desk.mails(plain) == ["Tiket baru menunggu"]
