"""The pieces that every process shares, made from the settings. `bot.app` joins the web's, `bot.line` the line's: what
one process does not need, it does not load."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.db.engine import make_engine
from bot.db.session import Database
from bot.flow.receive import QuietWindows
from bot.gateways.rasa import RasaReader
from bot.settings import Settings


def utc_now() -> datetime:
    return datetime.now(UTC)


def build_database(settings: Settings) -> Database:
    return Database(make_engine(settings.sqlalchemy_url))


def build_reader(settings: Settings) -> RasaReader:
    return RasaReader(settings.nlu_url)


def build_quiet(settings: Settings) -> QuietWindows:
    return QuietWindows(
        text=settings.quiet_text_seconds,
        media=settings.quiet_media_seconds,
        longest=settings.quiet_max_seconds,
    )
