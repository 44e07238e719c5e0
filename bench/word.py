"""From the signed webhook of a picture to word of it at the stand-in Twilio, through the real processes.

Each citizen is a fresh one, and the quiet window is the usual one: a wait says what a person with a phone sees.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy import ColumnElement, func, select

from bench.installation import Running, fresh_folder, nlu, sapa
from bench.usage import family, peak_mb
from bot.contracts import AttachmentState, OutboundState
from bot.db.engine import make_engine
from bot.db.session import Database
from bot.models import Attachment, OutboundMessage
from bot.settings import Settings
from tests.installation import OFFICE

QUIET = Settings.model_fields["quiet_media_seconds"].default
PATIENCE = 120.0  # seconds until a wait counts as one without end
JPEG = "image/jpeg"


@dataclass(frozen=True)
class Words:
    """Seconds from a picture's webhook to word of it: ``first``, for which the inspection starts, ``singles``, and of
    a burst until each was told of. ``load``: of the machine, before and after. ``peaks``: MB by process."""

    first: float
    singles: Sequence[float]
    burst: Sequence[float]
    stored: int
    load: tuple[float, float]
    peaks: dict[str, float]


def measure_words(first: bytes, singles: Sequence[bytes], burst: Sequence[bytes]) -> Words:
    folder = fresh_folder("word")
    url = f"sqlite:///{folder / 'sapa.db'}"
    before = os.getloadavg()[0]
    with (
        nlu() as (nlu_url, _),
        sapa(url, folder, "worker", "clock", nlu_url=nlu_url, quiet_media=QUIET) as running,
    ):
        phones = Phones(running, Database(make_engine(Settings(database_url=url).sqlalchemy_url)))
        cold = phones.send([first])[-1]
        waits = [phones.send([one])[-1] for one in singles]
        at_once = phones.send(burst)
        peaks = _peaks(running)
        stored = phones.count(Attachment.state == AttachmentState.STORED)
        phones.database.engine.dispose()
    return Words(cold, waits, at_once, stored, (before, os.getloadavg()[0]), peaks)


@dataclass
class Phones:
    """Citizens, each of whom sends once."""

    running: Running
    database: Database
    used: int = 0

    def send(self, pictures: Sequence[bytes]) -> list[float]:
        """Seconds from the last of them to each message that came, as the stand-in has both; the last tells of what
        was found, one before it that it is still looked at."""
        control = self.running.control
        assert control is not None
        self.used += 1
        citizen = f"whatsapp:+62811000{self.used:05}"
        told = self.count(Attachment.told_at.is_not(None))
        for picture in pictures:
            control.write(citizen, OFFICE, media=[(JPEG, picture)], wait=True)
        assert control.wait_until(partial(self._has_told, told + len(pictures)), seconds=PATIENCE), "no word came"
        thread = control.thread([citizen]).messages
        written = max(message.created for message in thread if message.inbound)
        return [message.created - written for message in thread if not message.inbound]

    def _has_told(self, files: int) -> bool:
        is_owed = OutboundMessage.state.in_((OutboundState.QUEUED, OutboundState.SENDING))
        return self.count(Attachment.told_at.is_not(None)) >= files and not self.count(is_owed)

    def count(self, which: ColumnElement[bool]) -> int:
        with self.database.reading() as session:
            return session.scalar(select(func.count()).where(which)) or 0


def _peaks(running: Running) -> dict[str, float]:
    worker, *inspection = family(running.processes["worker"])
    return {"worker": peak_mb(worker), "inspection": sum(map(peak_mb, inspection))}
