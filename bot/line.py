"""The line, joined: what the worker and the clock are made of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from bot import pieces
from bot.assistant import OfficeAssistant
from bot.clock import Job
from bot.db.session import Database
from bot.db.wake import Alarm
from bot.flow.answer import Line
from bot.flow.deliver import Delivery
from bot.flow.recover import recover_inbound
from bot.gateways.base import Messenger
from bot.gateways.twilio import TwilioMessenger
from bot.settings import Settings
from bot.worker import Worker

RECOVER_EVERY = timedelta(minutes=3)


def build_messenger(settings: Settings) -> TwilioMessenger:
    return TwilioMessenger(
        settings.twilio_account_sid, settings.twilio_auth_token, settings.twilio_api_url, settings.public_url
    )


def build_line(settings: Settings, database: Database, now: Callable[[], datetime] = pieces.utc_now) -> Line:
    return Line(database, pieces.build_reader(settings), OfficeAssistant(), now)


def build_worker(settings: Settings) -> Worker:
    database = pieces.build_database(settings)
    alarm = Alarm(database.engine)
    delivery = Delivery(database, build_messenger(settings), alarm, pieces.utc_now)
    return Worker(build_line(settings, database), delivery, alarm)


def build_jobs(settings: Settings, database: Database, messenger: Messenger) -> tuple[Job, ...]:
    """JOBS: what runs by itself, and how often."""
    quiet = pieces.build_quiet(settings)
    return (
        Job(
            "recover_inbound",
            RECOVER_EVERY,
            lambda now, done_until: recover_inbound(database, messenger, quiet, now, done_until),
        ),
    )
