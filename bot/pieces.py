"""Joining the pieces: the one place where it is chosen who does what. `bot.app` adds the doors of the web."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from actions.replies import Replies
from actions.turn import answer, is_choice, read_keyword

import actions
from bot.clock import Job
from bot.contracts import Decision, Memory, Reply, Talk, Turn
from bot.db.engine import make_engine
from bot.db.session import Database
from bot.flow.receive import QuietWindows
from bot.flow.recover import recover_inbound
from bot.gateways.base import Messenger
from bot.gateways.rasa import RasaReader
from bot.gateways.twilio import TwilioMessenger
from bot.knowledge import Knowledge, load_knowledge
from bot.settings import PROJECT, Settings

KNOWLEDGE = PROJECT / "data" / "knowledge"
REPLIES = Path(actions.__file__).parent / "replies.yml"
RECOVER_EVERY = timedelta(minutes=3)


def utc_now() -> datetime:
    return datetime.now(UTC)


class OfficeAssistant:
    """`actions/` with each office's own knowledge, loaded at its first question."""

    def __init__(self, knowledge_folder: Path = KNOWLEDGE) -> None:
        self._replies = Replies.load(REPLIES)
        self._knowledge = cache(lambda office: load_knowledge(knowledge_folder, office))

    def knowledge(self, office: str) -> Knowledge:
        return self._knowledge(office)

    def is_choice(self, text: str, memory: Memory) -> bool:
        return is_choice(text, memory)

    def is_keyword(self, text: str, office: str) -> bool:
        return read_keyword(text, self.knowledge(office)) is not None

    def answer(self, turn: Turn, talk: Talk, office: str) -> Decision:
        return answer(turn, talk, self.knowledge(office))

    def render(self, reply: Reply, slots: Mapping[str, str]) -> str:
        return self._replies.render(reply, slots)


def build_database(settings: Settings) -> Database:
    return Database(make_engine(settings.sqlalchemy_url))


def build_reader(settings: Settings) -> RasaReader:
    return RasaReader(settings.nlu_url)


def build_messenger(settings: Settings) -> TwilioMessenger:
    return TwilioMessenger(
        settings.twilio_account_sid, settings.twilio_auth_token, settings.twilio_api_url, settings.public_url
    )


def build_quiet(settings: Settings) -> QuietWindows:
    return QuietWindows(
        text=settings.quiet_text_seconds,
        media=settings.quiet_media_seconds,
        longest=settings.quiet_max_seconds,
    )


def build_jobs(database: Database, messenger: Messenger, quiet: QuietWindows) -> tuple[Job, ...]:
    """JOBS: what runs by itself, and how often."""
    return (
        Job(
            "recover_inbound",
            RECOVER_EVERY,
            lambda now, done_until: recover_inbound(database, messenger, quiet, now, done_until),
        ),
    )
