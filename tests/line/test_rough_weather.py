"""Rough weather: odd rows, odd forms, lagging lists, wrong clocks, big backlogs. Found by review; kept by tests."""

from __future__ import annotations

import re
import threading
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import event, select, text, update

from bot.contracts import InboundForm, InboundState, OutboundState, OutgoingMessage, SentMessage
from bot.desk import backlog, inbox, outbox, turns
from bot.errors import TwilioBusy, TwilioOutcomeUnknown, TwilioRefused
from bot.flow import memory
from bot.flow.deliver import AT_ONCE
from bot.flow.receive import QuietWindows
from bot.flow.recover import recover_inbound
from bot.gateways.twilio import TwilioMessenger
from bot.models import Conversation, InboundMessage, OutboundMessage, StrayDelivery, Ticket
from tests.installation import ACCOUNT, CITIZEN, OFFICE, Installation
from tests.line.test_delivery import SETTLING, owe, owed, ready
from tests.line.test_webhook import form, kept

QUIET = QuietWindows(text=0)
GOOD = re.compile(r"INDEX ix_\w+_(due|unsent|received|failed)")  # the partial ones: rows that are due, no others


def test_a_backlog_is_taken_no_faster_than_it_is_sent(sapa: Installation) -> None:
    for number in range(3 * AT_ONCE):
        sapa.write("halo", citizen=f"whatsapp:+62811{number:08d}")
    sapa.control.fault("drop", stored=True, times=AT_ONCE)
    most = 0
    inner = sapa.delivery.step

    def step() -> object:
        nonlocal most
        done = inner()
        most = max(most, sapa.delivery.under_way)
        return done

    sapa.delivery.step = step  # type: ignore[method-assign, assignment]
    sapa.settle()
    sapa.clock.advance(seconds=SETTLING)
    sapa.settle()
    assert most <= AT_ONCE
    assert set(Counter(reply.citizen for reply in sapa.control.sent()).values()) == {1}


@pytest.mark.parametrize("odd", ['{"choices":["KTP"]}', "[]", '{"choices":[{"title":1}],"misunderstood":"x"}', "7"])
def test_an_odd_memory_stops_nobody(sapa: Installation, odd: str) -> None:
    sapa.ask("halo")
    with sapa.database.transaction() as session:
        session.execute(text("UPDATE conversation SET memory = :odd"), {"odd": odd})
    sapa.write("ktp hilang")
    sapa.write("kk hilang", citizen="whatsapp:+6281100000002")
    sapa.clock.advance(seconds=20)
    sapa.settle()
    assert len(sapa.replies()) == 2
    assert len(sapa.replies("whatsapp:+6281100000002")) == 1


def test_what_memory_does_not_understand_it_forgets() -> None:
    assert memory.from_json({"service": 3, "choices": [None, {"title": "a", "intent": "help"}]}).choices[0].title == "a"


ODD_FORMS = {
    "a MessageSid that is too long": {"MessageSid": "SM" + "1" * 70},
    "no MessageSid": {"MessageSid": ""},
    "no sender": {"From": ""},
    "a sender that is too long": {"From": "whatsapp:ID." + "x" * 200},
    "NUL in the sender": {"From": "whatsapp:+62\x00811"},
    "no recipient": {"To": ""},
}


@pytest.mark.parametrize("odd", ODD_FORMS.values(), ids=ODD_FORMS.keys())
def test_a_signed_form_out_of_shape_is_kept_and_answered_200(deaf_sapa: Installation, odd: dict[str, str]) -> None:
    for _ in range(2):
        assert deaf_sapa.post("/webhooks/twilio/messages", form(**odd)).status_code == 200
    with deaf_sapa.database.reading() as session:
        assert len(list(session.scalars(select(StrayDelivery)))) == 1


def test_nul_in_a_files_address_stops_nothing(deaf_sapa: Installation) -> None:
    media = {"NumMedia": "1", "MediaUrl0": "https://x/\x001", "MediaContentType0": "image/jp\x00eg"}
    assert deaf_sapa.post("/webhooks/twilio/messages", form(**media)).status_code == 200
    assert len(kept(deaf_sapa)) == 1


def sent_meanwhile(sapa: Installation) -> str:
    """A message that Twilio took although we do not know; its SID."""
    sapa.control.callbacks(told=False)
    sapa.control.fault("drop", stored=True, times=1)
    owe(sapa, "satu")
    sapa.settle()
    return sapa.replies()[-1].sid


def receipt(sapa: Installation, sid: str, reference: str, status: str, **more: str) -> None:
    answer = sapa.post(
        f"/webhooks/twilio/status?message={reference}", {"MessageSid": sid, "MessageStatus": status} | more
    )
    assert answer.status_code == 204


def test_a_late_receipt_takes_back_a_second_try(sapa: Installation) -> None:
    ready(sapa)
    sid = sent_meanwhile(sapa)
    message = owed(sapa)[-1]
    with sapa.database.transaction() as session:  # Twilio's list lagged: put back
        session.execute(
            update(OutboundMessage)
            .where(OutboundMessage.id == message.id)
            .values(state=OutboundState.QUEUED, lease=None, leased_until=None, due_at=sapa.clock() + timedelta(1))
        )
    receipt(sapa, sid, f"{message.id}.1", "delivered")
    sapa.clock.advance(days=1, seconds=5)
    sapa.settle()
    assert [reply.body for reply in sapa.replies()][1:] == ["satu"]


def test_a_repeated_receipt_of_an_old_try_settles_nothing(sapa: Installation) -> None:
    ready(sapa)
    sapa.control.callbacks(told=False)
    owe(sapa, "satu")
    sapa.settle()
    message = owed(sapa)[-1]
    undelivered = {"ErrorCode": "63018"}
    receipt(sapa, str(message.sid), f"{message.id}.1", "undelivered", **undelivered)
    sapa.control.fault("drop", stored=True, times=1)
    sapa.clock.advance(seconds=5)
    sapa.settle()
    assert owed(sapa)[-1].state is OutboundState.SENDING
    receipt(sapa, str(message.sid), f"{message.id}.1", "undelivered", **undelivered)
    assert owed(sapa)[-1].state is OutboundState.SENDING


def test_an_undelivered_message_is_not_taken_for_the_second_try(sapa: Installation) -> None:
    ready(sapa)
    sapa.control.fault("undelivered", code=63018, times=1)
    owe(sapa, "satu")
    sapa.settle()
    assert sapa.control.wait_until(lambda: owed(sapa)[-1].state is OutboundState.QUEUED)
    sapa.control.fault("drop", stored=False, times=1)
    sapa.clock.advance(seconds=5)
    sapa.settle()
    sapa.clock.advance(seconds=SETTLING)
    sapa.settle()
    sapa.clock.advance(seconds=30)
    sapa.settle()
    assert [reply.body for reply in sapa.replies()][1:] == ["satu", "satu"], "the first was never delivered"


def test_a_clock_that_is_wrong_sends_nothing_twice(sapa: Installation) -> None:
    ready(sapa)
    sapa.clock.advance(minutes=30)
    sent_meanwhile(sapa)
    sapa.clock.advance(seconds=SETTLING)
    sapa.settle()
    assert [reply.body for reply in sapa.replies()][1:] == ["satu"]


def test_a_message_nobody_can_tell_of_ends_with_a_person_and_holds_nobody_up(sapa: Installation) -> None:
    ready(sapa)
    sent_meanwhile(sapa)
    owe(sapa, "dua")
    sapa.control.fault("refuse", on="read", code=20500, times=None)
    for _ in range(14):
        sapa.settle()
        sapa.clock.advance(hours=2)
    sapa.settle()
    assert owed(sapa)[-2].reason == "undecided"
    assert sapa.replies()[-1].body == "dua"


def test_a_backlog_leaves_at_whatsapps_pace(sapa: Installation) -> None:
    ready(sapa)
    sapa.control.fault("refuse", code=20429, times=1)
    owe(sapa, *"1234567")
    sapa.settle()
    sapa.clock.advance(minutes=5)
    sapa.settle()
    assert len(sapa.replies()) - 1 <= 4


def test_a_worker_that_stood_still_does_not_send_on_an_old_claim(sapa: Installation) -> None:
    ready(sapa)
    owe(sapa, "satu")
    with sapa.database.transaction() as session:
        [held] = outbox.claim_due(session, sapa.clock(), 1)
    sapa.clock.advance(seconds=outbox.LEASE.total_seconds() / 2)
    assert isinstance(sapa.delivery._send(held), TwilioBusy)
    assert len(sapa.replies()) == 1


@pytest.mark.parametrize(
    ("code", "meaning"),
    [(20500, TwilioOutcomeUnknown), (20429, TwilioBusy), (20003, TwilioBusy), (63014, TwilioRefused)],
)
def test_an_error_means_what_it_proves(deaf_sapa: Installation, code: int, meaning: type[Exception]) -> None:
    deaf_sapa.control.fault("refuse", code=code, times=1)
    with pytest.raises(meaning):
        deaf_sapa.delivery._messenger.send(OutgoingMessage(OFFICE, CITIZEN, "satu"))


def test_a_wrong_token_is_put_right_by_trying_again(sapa: Installation) -> None:
    ready(sapa)
    wrong = TwilioMessenger(ACCOUNT, "not-the-token", sapa.settings.twilio_api_url, sapa.settings.public_url)
    with pytest.raises(TwilioBusy):
        wrong.send(OutgoingMessage(OFFICE, CITIZEN, "satu"))


class ListOf:
    """A messenger whose list holds these forms."""

    def __init__(self, *forms: InboundForm) -> None:
        self._forms = forms

    def send(self, message: OutgoingMessage) -> SentMessage:
        raise NotImplementedError

    def list_sent(self, recipient: str, since: object) -> list[SentMessage]:
        raise NotImplementedError

    def list_received(self, recipient: str, since: object) -> list[InboundForm]:
        return list(self._forms)

    def with_files(self, form: InboundForm) -> InboundForm:
        return form


def test_one_odd_message_in_the_list_does_not_hide_the_others(deaf_sapa: Installation) -> None:
    odd = InboundForm(form(MessageSid="SM" + "9" * 70))
    healthy = InboundForm(form(MessageSid="SM1"))
    assert recover_inbound(deaf_sapa.database, ListOf(odd, healthy), QUIET, deaf_sapa.clock(), None) == 1


def test_a_weekend_switched_off_loses_nothing(deaf_sapa: Installation) -> None:
    now = deaf_sapa.clock()
    old = InboundForm(form(MessageSid="SM1"), written_at=now - timedelta(hours=60))
    new = InboundForm(form(MessageSid="SM2"), written_at=now - timedelta(hours=1))
    assert recover_inbound(deaf_sapa.database, ListOf(old, new), QUIET, now, now - timedelta(hours=62)) == 2
    with deaf_sapa.database.reading() as session:
        states = dict(session.execute(select(InboundMessage.sid, InboundMessage.state)).all())
        assert [ticket.kind for ticket in session.scalars(select(Ticket))] == ["unanswered"]
    assert states == {"SM1": InboundState.LEFT_TO_OFFICER, "SM2": InboundState.RECEIVED}


def test_an_office_with_a_small_backlog_is_not_kept_waiting_by_a_large_one(deaf_sapa: Installation) -> None:
    from tests.line.test_offices import OTHER, with_second_office

    with_second_office(deaf_sapa)
    for number in range(60):
        deaf_sapa.write("halo", citizen=f"whatsapp:+62811{number:08d}")
    deaf_sapa.control.write("whatsapp:+6281155555555", OTHER, "halo", wait=True)
    with deaf_sapa.database.transaction() as session:
        taken = turns.claim_due(session, deaf_sapa.clock(), 4)
    assert len({held.office_id for held in taken}) == 2


def test_a_dead_workers_conversation_that_is_due_later_makes_nobody_spin(deaf_sapa: Installation) -> None:
    deaf_sapa.write("halo")
    now = deaf_sapa.clock()
    with deaf_sapa.database.transaction() as session:
        later = now + timedelta(seconds=9)
        session.execute(update(Conversation).values(answer_due_at=later, lease="x.1.1.y", leased_until=now))
    with deaf_sapa.database.reading() as session:
        assert turns.next_due_at(session) == later


def test_words_after_a_picture_do_not_shorten_its_quiet_window(database_url: str) -> None:
    from tests.installation import installation

    windows = {"quiet_text_seconds": 1, "quiet_media_seconds": 4}
    with installation(database_url, "http://127.0.0.1:9", **windows) as sapa:
        sapa.write(media=[("image/jpeg", b"\xff\xd8")])
        sapa.write("ini kk saya")
        with sapa.database.reading() as session:
            due, since = session.execute(select(Conversation.answer_due_at, Conversation.unanswered_since)).one()
        assert (due - since).total_seconds() > 3


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_no_poll_reads_a_whole_table(deaf_sapa: Installation) -> None:
    """SQLite uses a partial index only where the statement spells its condition out."""
    statements: list[tuple[str, object]] = []

    @event.listens_for(deaf_sapa.database.engine, "before_cursor_execute")
    def note(_connection: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        if statement.startswith(("SELECT", "UPDATE")):
            statements.append((statement, parameters))

    now = deaf_sapa.clock()
    with deaf_sapa.database.transaction() as session:
        outbox.next_due_at(session)
        turns.next_due_at(session)
        outbox.claim_due(session, now, 4)
        outbox.claim_cut_short(session, now, 4)
        turns.claim_due(session, now, 4)
        backlog.sizes(session)
    assert len(statements) > 5
    with deaf_sapa.database.engine.connect() as connection:
        for statement, parameters in statements:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
            for table in ("inbound_message", "outbound_message", "conversation"):
                bad = [row[3] for row in plan if row[3].startswith(f"SCAN {table}") and not GOOD.search(row[3])]
                assert not bad, f"{bad} in {statement}"


def test_no_personal_data_in_the_log_of_a_failing_webhook(
    deaf_sapa: Installation, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError("NIK RAHASIA 123")

    monkeypatch.setattr(inbox, "keep", fail)
    assert deaf_sapa.post("/webhooks/twilio/messages", form(Body="NIK RAHASIA 123")).status_code == 500
    captured = capfd.readouterr()
    assert "RAHASIA" not in captured.err + captured.out


def test_a_worker_with_a_stuck_loop_does_not_look_alive(deaf_sapa: Installation) -> None:
    from bot.worker import LOOPS, Worker

    worker = Worker(deaf_sapa.line, deaf_sapa.delivery, deaf_sapa.fetching, deaf_sapa.alarm)
    assert not worker._goes_round()
    for name in LOOPS:
        assert not worker._goes_round()
        thread = threading.Thread(target=worker._loop, args=(name, lambda: None))
        thread.start()
        while not worker._last_round.get(name):
            pass
        worker._stop.set()
        deaf_sapa.alarm.ring()
        thread.join()
        worker._stop.clear()
    assert worker._goes_round()
