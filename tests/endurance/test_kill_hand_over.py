"""The kill test of the hand-over: whoever waits for a person is told of, once a level, person and way, whenever web,
worker and either of two clocks are killed.

Real processes, real kills, stand-ins that make trouble, on both engines. The long form with ``make test-long``.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.contracts import AlertState, ConversationState, InboundState, Level, NoticeState, Role, Way
from bot.db.session import Database
from bot.desk import staff
from bot.desk.templates import store_template
from bot.gateways.fake_mail import FakeMail, FakeMailControl, running_mail
from bot.gateways.fake_twilio import FakeTwilioControl, create_fake_twilio, running
from bot.knowledge import load_templates
from bot.models import Alert, Conversation, InboundMessage, Notice, Office, Ticket
from bot.settings import KNOWLEDGE
from tests.desk import TEMPLATE
from tests.endurance.open_all_day import knowledge
from tests.endurance.test_kill import _deliver, _prepared
from tests.installation import ACCOUNT, OFFICE, TOKEN
from tests.processes import Process, free_port, wait_for

AT_ONCE = (Level.WAITING, Level.HALF, Level.MOST)  # as tests/endurance/open_all_day.py has them
WAYS = (Way.DESK, Way.MAIL, Way.WHATSAPP)
PHONES = ("+6281100000101", "+6281100000102")
COMMANDS = ("clock", "worker", "web", "clock")
SETTLES_WITHIN = 150.0  # seconds


@dataclass(frozen=True)
class Size:
    citizens: int
    kills: int


SHORT = Size(citizens=20, kills=8)
FULL = Size(citizens=300, kills=60)


@pytest.mark.parametrize("size", [SHORT, pytest.param(FULL, marks=[pytest.mark.long, pytest.mark.timeout(1200)])])
def test_every_hand_over_is_told_once_whatever_is_killed(
    size: Size, database_url: str, nlu_url: str, tmp_path: Path
) -> None:
    database = _prepared(database_url)
    _hire(database)
    with _outside() as (public_url, port, twilio, mail, smtp_url):
        environment = {
            "SAPA_DATABASE_URL": database_url,
            "SAPA_PUBLIC_URL": public_url,
            "SAPA_PORT": str(port),
            "SAPA_TWILIO_ACCOUNT_SID": ACCOUNT,
            "SAPA_TWILIO_AUTH_TOKEN": TOKEN,
            "SAPA_TWILIO_API_URL": twilio.base_url,
            "SAPA_SENDER": OFFICE,
            "SAPA_NLU_URL": nlu_url,
            "SAPA_SECRET_KEY": "k" * 32,
            "SAPA_VAULT_KEY": "A" * 43,
            "SAPA_STORAGE_URL": f"file://{tmp_path}/vault",
            "SAPA_QUIET_TEXT_SECONDS": "0",
            "SAPA_SMTP_URL": smtp_url,
        }
        open_all_day = (sys.executable, "-m", "tests.endurance.open_all_day", knowledge(tmp_path))
        processes = [
            Process(name, environment, tmp_path / f"{place}.log", open_all_day) for place, name in enumerate(COMMANDS)
        ]
        for process in processes:
            process.start()
        try:
            wait_for(f"{public_url}/healthz")
            _ask_while_killing(size, public_url, processes, twilio, mail)
            _wait_until_settled(size, database)
        finally:
            for process in processes:
                process.stop()
        _check(size, database, twilio, mail)
    database.engine.dispose()


@contextmanager
def _outside() -> Iterator[tuple[str, int, FakeTwilioControl, FakeMailControl, str]]:
    port = free_port()
    public_url = f"http://127.0.0.1:{port}"
    twilio, mail = create_fake_twilio(ACCOUNT, TOKEN, public_url, None), FakeMail()
    with running(twilio) as api_url, running_mail(mail) as mail_url:
        control = FakeTwilioControl(api_url)
        alert = load_templates(KNOWLEDGE)["alert"]
        control.template(
            TEMPLATE, alert.body, variables=alert.samples, buttons=[(one.title, one.payload) for one in alert.buttons]
        )
        control.callbacks(order="shuffled", twice=True)
        smtp_url = f"smtp://127.0.0.1:{mail.port}?from=sapa@contoh.go.id"
        yield public_url, port, control, FakeMailControl(mail_url), smtp_url
    twilio.close()


def _hire(database: Database) -> None:
    with database.transaction() as session:
        office = session.scalars(select(Office)).one()
        store_template(session, office.id, "alert", TEMPLATE)
        given: dict[str, Any] = {"role": Role.OFFICER, "by": "line", "now": datetime.now(UTC)}
        for place, phone in enumerate(PHONES):
            name = f"petugas{place}"
            staff.invite(session, office.id, email=f"{name}@contoh.example", name=name, whatsapp=phone, **given)


def _ask_while_killing(
    size: Size, public_url: str, processes: list[Process], twilio: FakeTwilioControl, mail: FakeMailControl
) -> None:
    """Citizens ask for an officer, some delivered twice, while one process after the other dies."""
    chance = random.Random(4)
    troubles = (
        lambda: twilio.fault("drop", stored=True, times=2),
        lambda: mail.fault("answer", at="content", code=451, times=3),
        lambda: twilio.fault("refuse", code=20429, times=3),
        lambda: mail.fault("drop", at="content", stored=True, times=2),
        lambda: twilio.fault("late", seconds=1.0, times=3),
    )
    per_kill = -(-size.citizens // size.kills)
    forms = list(_forms(size))
    with ThreadPoolExecutor(4) as pool:
        delivered = []
        for number in range(size.kills):
            some = forms[number * per_kill : (number + 1) * per_kill]
            delivered += [pool.submit(_deliver, public_url, form) for form in some]
            troubles[number % len(troubles)]()
            time.sleep(chance.uniform(0.3, 1.8))
            process = processes[number % len(processes)]
            process.kill()
            process.start()
        assert all(one.result() for one in delivered)
    assert sum(process.kills for process in processes) == size.kills


def _forms(size: Size) -> Iterator[dict[str, str]]:
    for number in range(size.citizens):
        yield {
            "MessageSid": f"SM{number:032d}",
            "AccountSid": ACCOUNT,
            "From": _citizen(number),
            "To": OFFICE,
            "Body": "minta petugas",
            "NumMedia": "0",
        }


def _citizen(number: int) -> str:
    return f"whatsapp:+628110000{1000 + number}"


def _wait_until_settled(size: Size, database: Database) -> None:
    """Until every ticket has climbed as far as it can by now, and nothing is on its way."""
    end = time.monotonic() + SETTLES_WITHIN
    while time.monotonic() < end:
        now = datetime.now(UTC)
        with database.reading() as session:
            unread = select(InboundMessage.id).where(InboundMessage.state == InboundState.RECEIVED)
            due = select(Alert.id).where(Alert.state == AlertState.DUE, Alert.due_at <= now)
            unsent = select(Notice.id).where(Notice.state.in_([NoticeState.DUE, NoticeState.SENDING]))
            raised = session.scalar(select(func.count()).select_from(Alert).where(Alert.state == AlertState.RAISED))
            waits = any(session.scalar(one.limit(1)) is not None for one in (unread, due, unsent))
        if not waits and (raised or 0) >= size.citizens * len(AT_ONCE):
            return
        time.sleep(0.5)
    raise AssertionError("the alerts did not come to rest")


def _check(size: Size, database: Database, twilio: FakeTwilioControl, mail: FakeMailControl) -> None:
    with database.reading() as session:
        tickets = session.scalars(select(Ticket)).all()
        states = session.scalars(select(Conversation.state)).all()
        alerts = session.scalars(select(Alert).where(Alert.state == AlertState.RAISED)).all()
        notices = session.scalars(select(Notice)).all()
    assert len({ticket.conversation_id for ticket in tickets}) == len(tickets) == size.citizens
    assert set(states) == {ConversationState.WAITING}
    told = Counter((alert.ticket_id, alert.level, alert.round) for alert in alerts)
    at_once = {(ticket.id, level, 0): 1 for ticket in tickets for level in AT_ONCE}
    assert {key: times for key, times in told.items() if key[1] in AT_ONCE} == at_once
    of_each = Counter((notice.alert_id, notice.way) for notice in notices)
    assert of_each == {(alert.id, way): len(PHONES) for alert in alerts for way in WAYS}
    assert {notice.state for notice in notices} <= {NoticeState.SENT, NoticeState.DELIVERED}
    _check_phones(notices, twilio)
    mails = {(seen.recipient, seen.message_id) for seen in mail.mails()}  # the same again is the same by its id
    assert len(mails) == len(alerts) * len(PHONES)


def _check_phones(notices: Any, twilio: FakeTwilioControl) -> None:
    by_phone = Counter(notice.sid for notice in notices if notice.way is Way.WHATSAPP)
    reached = Counter(message.sid for phone in PHONES for message in twilio.sent(f"whatsapp:{phone}"))
    assert by_phone == reached, "every alert reached its phone exactly once"
