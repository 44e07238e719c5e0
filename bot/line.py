"""The line, joined: what the worker and the clock are made of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from bot import pieces, ways
from bot.assistant import OfficeAssistant
from bot.clock import Job
from bot.db.session import Database
from bot.db.statistics import refresh_statistics
from bot.db.wake import Alarm
from bot.desk.marks import has_nik_tail, search_key
from bot.desk.sweeping import OLD, holds_any, sweep
from bot.flow.answer import Line
from bot.flow.deliver import Delivery
from bot.flow.erase import erase_files
from bot.flow.fetch import Fetching
from bot.flow.notify import Ways, send_notices
from bot.flow.recover import recover_inbound
from bot.flow.tend import expire_submissions, remind_submissions
from bot.flow.watch import end_silent_claims, raise_alerts
from bot.gateways.base import Inspector, MediaFetcher, Messenger
from bot.gateways.inspection import InspectionProcess
from bot.gateways.media import TwilioMedia
from bot.gateways.twilio import TwilioMessenger
from bot.knowledge.alerts import load_alert_words
from bot.knowledge.templates import load_templates
from bot.settings import KNOWLEDGE, Settings
from bot.wording import OfficeWording
from bot.worker import Worker

if TYPE_CHECKING:
    from bot.gateways.storage import ObjectStorage

RECOVER_EVERY = timedelta(minutes=3)
ALERT_EVERY = timedelta(seconds=5)
END_CLAIMS_EVERY = timedelta(seconds=15)
NOTIFY_EVERY = timedelta(seconds=2)
ERASE_EVERY = timedelta(seconds=30)
REMIND_EVERY = timedelta(minutes=5)
EXPIRE_EVERY = timedelta(minutes=10)
SWEEP_EVERY = timedelta(hours=6)
STATISTICS_EVERY = timedelta(hours=1)


def build_messenger(settings: Settings) -> TwilioMessenger:
    return TwilioMessenger(
        settings.twilio_account_sid, settings.twilio_auth_token, settings.twilio_api_url, settings.public_url
    )


def build_media(settings: Settings) -> MediaFetcher:
    return TwilioMedia(settings.twilio_account_sid, settings.twilio_auth_token, settings.twilio_api_url)


def build_inspector() -> Inspector:
    return InspectionProcess(KNOWLEDGE)


def build_line(settings: Settings, database: Database, now: Callable[[], datetime] = pieces.utc_now) -> Line:
    keys = pieces.vault_keys(settings)

    def fits_tail(session: Session, submission_id: int, tail: str) -> bool:
        return has_nik_tail(session, search_key(session, keys), submission_id, tail)

    return Line(database, pieces.build_reader(settings), OfficeAssistant(), now, fits_tail)


def build_fetching(settings: Settings, database: Database, now: Callable[[], datetime] = pieces.utc_now) -> Fetching:
    return Fetching(database, build_media(settings), build_inspector(), pieces.build_vault(settings), now)


def build_worker(settings: Settings) -> Worker:
    database = pieces.build_database(settings)
    alarm = Alarm(database.engine)
    delivery = Delivery(database, build_messenger(settings), alarm, pieces.utc_now)
    return Worker(build_line(settings, database), delivery, build_fetching(settings, database), alarm)


def build_ways(settings: Settings, messenger: Messenger, assistant: OfficeAssistant) -> Ways:
    words, template = load_alert_words(KNOWLEDGE), load_templates(KNOWLEDGE)[ways.ALERT]
    wording = OfficeWording(assistant, words, template, settings.public_url)
    return Ways(messenger, ways.build_mailer(settings), ways.build_pusher(settings), wording, assistant.rules)


def build_jobs(
    settings: Settings, database: Database, messenger: Messenger, media: MediaFetcher | None = None
) -> tuple[Job, ...]:
    """JOBS: what runs by itself, and how often."""
    media = media or build_media(settings)
    quiet = pieces.build_quiet(settings)
    assistant = OfficeAssistant()
    by = build_ways(settings, messenger, assistant)
    storage = pieces.build_storage(settings)
    return (
        Job("raise_alerts", ALERT_EVERY, lambda now, _: raise_alerts(database, assistant.rules, by.open, now)),
        Job("end_claims", END_CLAIMS_EVERY, lambda now, _: end_silent_claims(database, assistant.rules, now)),
        Job("send_notices", NOTIFY_EVERY, lambda now, _: send_notices(database, by, now)),
        Job(
            "recover_inbound",
            RECOVER_EVERY,
            lambda now, done_until: recover_inbound(database, messenger, quiet, now, done_until),
        ),
        Job("erase_files", ERASE_EVERY, lambda now, _: erase_files(database, storage, media, now)),
        Job("remind_submissions", REMIND_EVERY, lambda now, _: remind_submissions(database, assistant.rules, now)),
        Job("expire_submissions", EXPIRE_EVERY, lambda now, _: expire_submissions(database, now)),
        Job("sweep_vault", SWEEP_EVERY, lambda now, _: _sweep(storage, database, now)),
        Job("refresh_statistics", STATISTICS_EVERY, lambda _now, _: refresh_statistics(database)),
    )


def _sweep(storage: ObjectStorage, database: Database, now: datetime) -> None:
    if holds_any(database):  # an office without documents need not open its storage
        storage.clear_leftovers(now - OLD)
        sweep(storage, database, now)
