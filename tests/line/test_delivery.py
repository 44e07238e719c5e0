"""Delivery: in order, once, tried again when that can help, and never twice."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update

from bot.contracts import OutboundState
from bot.desk import outbox, pace, tickets
from bot.flow.receive import QuietWindows
from bot.flow.recover import recover_inbound
from bot.models import Conversation, InboundMessage, OutboundMessage, Ticket
from tests.installation import CITIZEN, OFFICE, Installation

SETTLING = outbox.SETTLING.total_seconds() + 1
RETRY = 1.5 * pace.FIRST_DELAY * 8


def owe(sapa: Installation, *bodies: str) -> None:
    """Owe messages to a citizen who wrote before."""
    with sapa.database.transaction() as session:
        conversation = session.scalars(select(Conversation)).one()
        outbox.queue(session, [outbox.Owed(conversation, bodies, turn_id=None)], sapa.clock())


def owed(sapa: Installation) -> list[OutboundMessage]:
    with sapa.database.reading() as session:
        return list(session.scalars(select(OutboundMessage).order_by(OutboundMessage.seq)))


def ready(sapa: Installation) -> Installation:
    """A citizen has written and was answered; nothing is owed."""
    sapa.ask("halo")
    with sapa.database.transaction() as session:
        session.execute(update(Conversation).values(paced_until=None))  # the pace's budget is full again
    return sapa


def test_replies_leave_in_order_at_whatsapps_pace(sapa: Installation) -> None:
    ready(sapa)
    owe(sapa, "satu", "dua", "tiga", "empat", "lima")
    sapa.settle()
    assert [m.body for m in sapa.replies()][1:] == ["satu", "dua", "tiga"]
    sapa.clock.advance(seconds=6)
    sapa.settle()
    sapa.clock.advance(seconds=6)
    sapa.settle()
    assert [m.body for m in sapa.replies()][1:] == ["satu", "dua", "tiga", "empat", "lima"]


def test_a_busy_twilio_is_asked_again_and_order_is_kept(sapa: Installation) -> None:
    ready(sapa)
    sapa.control.fault("refuse", code=20429, times=2)
    owe(sapa, "satu", "dua")
    for _ in range(3):
        sapa.settle()
        sapa.clock.advance(seconds=RETRY)
    assert [m.body for m in sapa.replies()][1:] == ["satu", "dua"]
    assert owed(sapa)[-2].attempts == 3


def test_a_refused_message_fails_with_its_reason_and_a_person_sees_it(sapa: Installation) -> None:
    ready(sapa)
    sapa.control.fault("refuse", code=63014, times=1)
    owe(sapa, "satu", "dua")
    sapa.settle()
    failed, after = owed(sapa)[-2:]
    assert (failed.state, failed.reason, failed.error_code) == (OutboundState.FAILED, "refused", 63014)
    assert after.state is not OutboundState.QUEUED, "the next message is not held up"
    with sapa.database.reading() as session:
        assert [ticket.kind for ticket in session.scalars(select(Ticket))] == [tickets.UNDELIVERED]


def test_a_message_twilio_took_before_the_line_broke_is_not_sent_again(sapa: Installation) -> None:
    ready(sapa)
    sapa.control.callbacks(told=False)
    sapa.control.fault("drop", stored=True, times=1)
    owe(sapa, "satu")
    sapa.settle()
    assert owed(sapa)[-1].state is OutboundState.SENDING
    sapa.clock.advance(seconds=SETTLING)
    sapa.settle()
    assert [m.body for m in sapa.replies()][1:] == ["satu"]
    assert owed(sapa)[-1].state is OutboundState.SENT


def test_a_message_twilio_never_took_is_sent_after_asking(sapa: Installation) -> None:
    ready(sapa)
    sapa.control.fault("drop", stored=False, times=1)
    owe(sapa, "satu")
    sapa.settle()
    sapa.clock.advance(seconds=SETTLING)
    sapa.settle()
    sapa.clock.advance(seconds=RETRY)
    sapa.settle()
    assert [m.body for m in sapa.replies()][1:] == ["satu"]


def test_where_nobody_can_tell_a_person_decides_and_nothing_is_sent_twice(sapa: Installation) -> None:
    ready(sapa)
    sapa.control.callbacks(told=False)
    sapa.control.fault("drop", stored=True, times=1)
    owe(sapa, "satu")
    sapa.settle()
    # the same words went to the same citizen from somewhere else meanwhile
    sapa.delivery._messenger.send(outbox.OutgoingMessage(OFFICE, CITIZEN, "satu"))
    sapa.clock.advance(seconds=SETTLING)
    sapa.settle()
    failed = owed(sapa)[-1]
    assert (failed.state, failed.reason) == (OutboundState.FAILED, "undecided")
    assert [m.body for m in sapa.replies()][1:] == ["satu", "satu"]
    with sapa.database.reading() as session:
        assert [ticket.kind for ticket in session.scalars(select(Ticket))] == [tickets.UNDELIVERED]


def test_receipts_only_move_forward(sapa: Installation) -> None:
    sapa.control.callbacks(told=False)
    ready(sapa)
    [message] = owed(sapa)
    for status in ("read", "sent", "delivered", "read", "queued"):
        sapa.control.tell(str(message.sid), status)
    [message] = owed(sapa)
    assert message.state is OutboundState.READ
    assert message.delivered_at is None


def test_a_receipt_that_overtakes_our_own_record_settles_the_message(sapa: Installation) -> None:
    ready(sapa)
    sapa.control.callbacks(told=False)
    sapa.control.fault("drop", stored=True, times=1)
    owe(sapa, "satu")
    sapa.settle()
    [*_, seen] = sapa.replies()
    sapa.control.tell(seen.sid, "delivered")
    message = owed(sapa)[-1]
    assert (message.state, message.sid) == (OutboundState.DELIVERED, seen.sid)


def test_a_receipt_of_a_passing_error_leads_to_another_try(sapa: Installation) -> None:
    ready(sapa)
    sapa.control.fault("undelivered", code=63018, times=1)
    owe(sapa, "satu")
    sapa.settle()
    assert sapa.control.wait_until(lambda: owed(sapa)[-1].state is OutboundState.QUEUED)
    sapa.clock.advance(seconds=RETRY)
    sapa.settle()
    assert [m.body for m in sapa.replies()][-2:] == ["satu", "satu"]  # the first never arrived


def test_messages_that_came_while_the_webhook_was_down_are_found_once(sapa: Installation) -> None:
    for _ in range(2):
        sapa.control.write(CITIZEN, OFFICE, "ktp hilang", deliveries=0)
    sapa.write("halo")
    messenger = sapa.delivery._messenger
    found = [recover_inbound(sapa.database, messenger, QuietWindows(text=0), sapa.clock(), None) for _ in range(2)]
    assert found == [2, 0]
    with sapa.database.reading() as session:
        assert len(list(session.scalars(select(InboundMessage)))) == 3


def test_retries_grow_and_spread() -> None:
    delays = [pace.retry_delay(attempt) for attempt in range(1, 20)]
    assert all(timedelta(seconds=1) <= delay <= timedelta(seconds=900) for delay in delays)
    assert pace.retry_delay(12) > pace.retry_delay(1) * 10
