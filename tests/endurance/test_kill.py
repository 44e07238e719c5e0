"""The kill test: nothing is lost, nothing is said twice, whenever web and worker are killed.

Real processes, real kills, the official client against the stand-in, on both engines. The short form runs by
default; the full one (2,000 deliveries, 20 kills) with ``make test-long``.
"""

from __future__ import annotations

import random
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests
from sqlalchemy import select
from twilio.request_validator import RequestValidator

from bot.contracts import InboundState, OutboundState
from bot.db.engine import make_engine
from bot.db.session import Database
from bot.desk.offices import ensure_first_office
from bot.gateways.fake_twilio import FakeTwilioControl, create_fake_twilio, running
from bot.models import Conversation, InboundMessage, OutboundMessage
from tests.installation import ACCOUNT, OFFICE, TOKEN
from tests.processes import Process, free_port, wait_for

TEXTS = ("kk sy hilang bgmn urusnya", "brp biayanya", "jam brp buka", "akta lahir syaratnya apa", "ktp rusak", "halo")


TROUBLES: tuple[dict[str, dict[str, Any]], ...] = (
    {"late": {"seconds": 1.5, "times": 4}},
    {"drop": {"stored": True, "times": 2}},
    {"refuse": {"code": 20429, "times": 3}},
    {"drop": {"stored": False, "times": 2}, "late": {"seconds": 0.5, "times": 2}},
)


@dataclass(frozen=True)
class Size:
    deliveries: int
    conversations: int
    kills: int
    senders: int = 6


SHORT = Size(deliveries=240, conversations=24, kills=4)
FULL = Size(deliveries=2_000, conversations=80, kills=24)


@pytest.mark.parametrize("size", [SHORT, pytest.param(FULL, marks=[pytest.mark.long, pytest.mark.timeout(1200)])])
def test_killed_processes_lose_nothing_and_repeat_nothing(
    size: Size, database_url: str, nlu_url: str, tmp_path: Path
) -> None:
    port = free_port()
    public_url = f"http://127.0.0.1:{port}"
    database = _prepared(database_url)
    twilio = create_fake_twilio(ACCOUNT, TOKEN, public_url, None)
    with running(twilio) as api_url:
        control = FakeTwilioControl(api_url)
        environment = {
            "SAPA_DATABASE_URL": database_url,
            "SAPA_PUBLIC_URL": public_url,
            "SAPA_PORT": str(port),
            "SAPA_TWILIO_ACCOUNT_SID": ACCOUNT,
            "SAPA_TWILIO_AUTH_TOKEN": TOKEN,
            "SAPA_TWILIO_API_URL": api_url,
            "SAPA_SENDER": OFFICE,
            "SAPA_NLU_URL": nlu_url,
            "SAPA_SECRET_KEY": "k" * 32,
            "SAPA_VAULT_KEY": "A" * 43,
            "SAPA_STORAGE_URL": f"file://{tmp_path}/vault",
            "SAPA_QUIET_TEXT_SECONDS": "0",
        }
        control.callbacks(order="shuffled", twice=True)
        commands = ("web", "worker", "worker")
        processes = [Process(name, environment, tmp_path / f"{place}.log") for place, name in enumerate(commands)]
        for process in processes:
            process.start()
        try:
            wait_for(f"{public_url}/healthz")
            _deliver_while_killing(size, public_url, processes, control)
            _wait_until_settled(database)
        finally:
            for process in processes:
                process.stop()
        assert sum(process.kills for process in processes) >= size.kills
        _check(size, database, control)
    twilio.close()
    database.engine.dispose()


def _prepared(database_url: str) -> Database:
    database = Database(make_engine(database_url.replace("postgresql://", "postgresql+psycopg://")))
    with database.transaction() as session:
        ensure_first_office(
            session, prefix="PKP", name="Kantor Uji", time_zone="Asia/Makassar", sender=OFFICE, now=datetime.now(UTC)
        )
    return database


def _deliver_while_killing(size: Size, public_url: str, processes: list[Process], control: FakeTwilioControl) -> None:
    """Deliveries from several senders, one in ten repeated, until Twilio has its 200; meanwhile the kills, and a
    Twilio that now and then is busy, answers late, or drops the connection before or after taking a message."""
    done = threading.Event()

    def kill_again_and_again() -> None:
        chance = random.Random(7)
        for number in range(size.kills):
            time.sleep(chance.uniform(0.4, 1.6))
            process = processes[number % len(processes)]
            for kind, trouble in TROUBLES[number % len(TROUBLES)].items():
                control.fault(kind, **trouble)
            process.kill()
            process.start()
        done.set()

    killer = threading.Thread(target=kill_again_and_again)
    killer.start()
    forms = list(_forms(size))
    per_kill = size.deliveries / max(size.kills, 1)
    with ThreadPoolExecutor(size.senders) as pool:
        for place, outcome in enumerate(pool.map(lambda form: _deliver(public_url, form), forms), start=1):
            assert outcome
            # stretched over the kills, so that the last one still meets traffic
            if place % max(int(per_kill // 4), 1) == 0 and not done.is_set():
                time.sleep(0.2)
    killer.join()


def _forms(size: Size) -> Iterator[dict[str, str]]:
    chance = random.Random(11)
    for number in range(size.deliveries):
        citizen = f"whatsapp:+62811{number % size.conversations:07d}"
        form = {
            "MessageSid": f"SM{number:032d}",
            "AccountSid": ACCOUNT,
            "From": citizen,
            "To": OFFICE,
            "Body": chance.choice(TEXTS),
            "NumMedia": "0",
        }
        yield form
        if number % 10 == 0:
            yield form


def _deliver(public_url: str, form: dict[str, str]) -> bool:
    url = f"{public_url}/webhooks/twilio/messages"
    headers = {"X-Twilio-Signature": RequestValidator(TOKEN).compute_signature(url, form)}
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            if requests.post(url, data=form, headers=headers, timeout=15).status_code == 200:
                return True
        except requests.RequestException:
            pass
        time.sleep(0.1)
    return False


def _wait_until_settled(database: Database) -> None:
    """Until no message waits for its answer and no reply for its sending."""
    end = time.monotonic() + 240
    while time.monotonic() < end:
        with database.reading() as session:
            waiting = session.scalar(
                select(InboundMessage.id).where(InboundMessage.state == InboundState.RECEIVED).limit(1)
            ) or session.scalar(
                select(OutboundMessage.id)
                .where(OutboundMessage.state.in_([OutboundState.QUEUED, OutboundState.SENDING]))
                .limit(1)
            )
        if waiting is None:
            return
        time.sleep(0.3)
    raise AssertionError("the line did not come to rest")


def _check(size: Size, database: Database, control: FakeTwilioControl) -> None:
    with database.reading() as session:
        inbound = list(session.scalars(select(InboundMessage)))
        outbound = list(session.scalars(select(OutboundMessage).order_by(OutboundMessage.seq)))
        held = list(session.scalars(select(Conversation).where(Conversation.answer_due_at.is_not(None))))
    assert len(inbound) == size.deliveries, "every delivery is kept once"
    assert all(message.turn_id for message in inbound), "every message belongs to a turn"
    assert {message.state for message in inbound} == {InboundState.ANSWERED}
    assert not held, "no conversation is still owed an answer"
    assert {message.turn_id for message in outbound} == {message.turn_id for message in inbound}
    assert {message.state for message in outbound} <= {OutboundState.SENT, OutboundState.DELIVERED, OutboundState.READ}
    reached = control.sent()
    assert Counter(message.sid for message in outbound) == Counter(message.sid for message in reached), (
        "every reply reached Twilio exactly once"
    )
    expected: dict[str | None, list[str | None]] = defaultdict(list)
    addressee = {message.sid: message.citizen for message in reached}
    for message in outbound:
        expected[addressee[str(message.sid)]].append(message.sid)
    arrived: dict[str | None, list[str | None]] = defaultdict(list)
    for seen in reached:
        arrived[seen.citizen].append(seen.sid)
    assert arrived == expected, "replies arrive in the order of the conversation"
