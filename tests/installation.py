"""A whole installation in one process, for tests that enter by the front door: the real web application behind a
real HTTP server, the real line, the real Rasa model, the official Twilio client against the stand-in."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from tempfile import TemporaryDirectory
from typing import Any

import requests
from flask import Flask
from twilio.request_validator import RequestValidator

from bot import clock as the_clock
from bot import line as joined
from bot import pieces
from bot.app import create_app
from bot.clock import Job
from bot.commands import stand_ins as demo_stand_ins
from bot.db.session import Database
from bot.db.wake import Alarm
from bot.desk.offices import ensure_first_office
from bot.flow.answer import Line, answer_due
from bot.flow.deliver import Delivery
from bot.flow.fetch import Fetching, fetch_due
from bot.gateways.fake_twilio import FakeTwilioControl, create_fake_twilio, running
from bot.gateways.fake_twilio.control import SeenMessage
from bot.settings import Settings
from tests.files import ReadsLabels
from tests.ways import VAPID_KEY, StandIns, stand_ins

ACCOUNT = "AC" + "0" * 32
TOKEN = "token-of-the-tests"
VAULT_KEY = "A" * 43  # 32 bytes of nothing
OFFICE = "whatsapp:+6281100000000"
CITIZEN = "whatsapp:+6281100000001"
SETTLES_WITHIN = 15.0  # seconds; far more than it takes, so that a busy machine fails nothing


@dataclass
class Clock:
    """The time, as the installation is told it. ``stands_at``: it stands still."""

    ahead: timedelta = timedelta()
    stands_at: datetime | None = None

    def __call__(self) -> datetime:
        return (self.stands_at or datetime.now(UTC)) + self.ahead

    def advance(self, **by: float) -> None:
        self.ahead += timedelta(**by)

    def set(self, at: datetime) -> None:
        """It is ``at`` now, and stays so until it is moved on."""
        self.ahead, self.stands_at = timedelta(), at


@dataclass
class Installation:
    settings: Settings
    database: Database
    control: FakeTwilioControl
    line: Line
    delivery: Delivery
    fetching: Fetching
    alarm: Alarm
    clock: Clock
    app: Flask
    ways: StandIns

    @cached_property
    def jobs(self) -> tuple[Job, ...]:
        """JOBS, as the clock process has them; alerts go to the stand-ins."""
        with self.ways.browsers_of_the_tests():
            messenger = joined.build_messenger(self.settings)
            return joined.build_jobs(self.settings, self.database, messenger, self.fetching.media)

    def tick(self) -> None:
        """The clock does what is due now; to a thread of its own it would come every few seconds."""
        for job in self.jobs:
            assert the_clock.run_once(self.database, job, self.clock), f"{job.name} is running elsewhere"

    def post(self, path: str, form: dict[str, str], *, token: str = TOKEN, **more: object) -> requests.Response:
        """Post a form as Twilio would, signed."""
        url = self.settings.public_url + path
        signature = RequestValidator(token).compute_signature(url, form)
        return requests.post(url, data=form, headers={"X-Twilio-Signature": signature}, timeout=10, **more)  # type: ignore[arg-type]

    def write(self, body: str = "", *, citizen: str = CITIZEN, **more: object) -> str:
        """A citizen writes; returns when the webhook has answered Twilio. The MessageSid."""
        return self.control.write(citizen, OFFICE, body, wait=True, **more)  # type: ignore[arg-type]

    @contextmanager
    def working(self) -> Iterator[None]:
        """The worker's loops in a thread, for tests that only look on."""
        stop = threading.Event()

        def work() -> None:
            while not stop.is_set():
                fetch_due(self.fetching)
                answer_due(self.line)
                self.delivery.step()
                stop.wait(0.02)

        worker = threading.Thread(target=work)
        worker.start()
        try:
            yield
        finally:
            stop.set()
            worker.join()

    def settle(self, seconds: float = SETTLES_WITHIN) -> None:
        """Let the line work until nothing is due now and nothing is on its way."""
        end = time.monotonic() + seconds
        quiet = 0
        while quiet < 2:
            assert time.monotonic() < end, "the line does not come to rest"
            dues = [fetch_due(self.fetching), answer_due(self.line), self.delivery.step()]
            busy = self.delivery.under_way or any(due is not None and due <= self.clock() for due in dues)
            quiet = 0 if busy else quiet + 1
            if busy:
                time.sleep(0.005)

    def ask(self, body: str = "", *, citizen: str = CITIZEN, **more: object) -> list[str]:
        """A citizen writes and waits: the bodies of the replies that reached the phone."""
        before = len(self.replies(citizen))
        self.write(body, citizen=citizen, **more)
        self.settle()
        return [reply.body for reply in self.replies(citizen)[before:]]

    def replies(self, citizen: str = CITIZEN) -> list[SeenMessage]:
        return self.control.sent(citizen)


@contextmanager
def installation(database_url: str, nlu_url: str, **settings: object) -> Iterator[Installation]:
    """An installation whose quiet windows are 0 unless told otherwise. The stand-in for Twilio answers for the inboxes
    of the one for mail too, as in the demo."""
    door = _Door()
    with ExitStack() as stack:
        public_url = stack.enter_context(running(door))
        twilio = create_fake_twilio(ACCOUNT, TOKEN, public_url, None)
        stack.callback(twilio.close)
        ways = stack.enter_context(stand_ins())
        api_url = stack.enter_context(running(demo_stand_ins.StandIns(twilio, ways.server)))
        values: dict[str, object] = {
            "database_url": database_url,
            "public_url": public_url,
            "twilio_account_sid": ACCOUNT,
            "twilio_auth_token": TOKEN,
            "twilio_api_url": api_url,
            "sender": OFFICE,
            "nlu_url": nlu_url,
            "secret_key": "s" * 32,
            "vault_key": VAULT_KEY,
            "storage_url": f"file://{stack.enter_context(TemporaryDirectory(prefix='sapa-vault-'))}",
            "quiet_text_seconds": 0,
            "quiet_media_seconds": 0,
            "smtp_url": ways.smtp_url,
            "vapid_key": VAPID_KEY,
        }
        configured = Settings(**values | settings)  # type: ignore[arg-type]
        clock = Clock()
        database = pieces.build_database(configured)
        stack.callback(database.engine.dispose)
        with database.transaction() as session:
            ensure_first_office(
                session,
                prefix="PKP",
                name="Kantor Uji",
                time_zone="Asia/Makassar",
                sender=OFFICE,
                now=clock(),
            )
        app = create_app(configured, now=clock)
        stack.callback(app.extensions["sapa_database"].engine.dispose)
        stack.callback(app.extensions["sapa_streams"].stop)
        door.app = app
        alarm = Alarm(database.engine)
        stack.callback(alarm.stop)
        delivery = Delivery(database, joined.build_messenger(configured), alarm, clock)
        stack.callback(delivery.close)
        line = joined.build_line(configured, database, clock)
        media = joined.build_media(configured)
        fetching = Fetching(database, media, ReadsLabels(), pieces.build_vault(configured), clock)
        control = FakeTwilioControl(api_url)
        yield Installation(configured, database, control, line, delivery, fetching, alarm, clock, app, ways)


class _Door:
    """Listens before the application behind it exists: its address is one of the application's settings."""

    app: Flask

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        return self.app(environ, start_response)
