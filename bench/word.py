"""From the signed webhook of a picture to word of it at the stand-in Twilio, through the real processes.

Each citizen is a fresh one, and the quiet window is the usual one: a wait says what a person with a phone sees.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy import func, select

from bench.installation import Running, fresh_folder, nlu, sapa
from bench.usage import family, peak_mb
from bot.contracts import AttachmentState
from bot.db.engine import make_engine
from bot.db.session import Database
from bot.gateways.fake_twilio import FakeTwilioControl
from bot.models import Attachment
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
        control = running.control
        assert control is not None
        cold = _word(control, 1, [first])[0]
        waits = [_word(control, number, [one])[0] for number, one in enumerate(singles, start=2)]
        at_once = _word(control, len(singles) + 2, burst)
        peaks = _peaks(running)
    return Words(cold, waits, at_once, _stored(url), (before, os.getloadavg()[0]), peaks)


def _word(control: FakeTwilioControl, number: int, pictures: Sequence[bytes]) -> list[float]:
    """Seconds from the last of them to each message that told of some, as the stand-in has both."""
    citizen = f"whatsapp:+62811000{number:05}"
    for picture in pictures:
        control.write(citizen, OFFICE, media=[(JPEG, picture)], wait=True)
    written = max(message.created for message in control.thread([citizen]).messages if message.inbound)
    assert control.wait_until(lambda: bool(control.sent(citizen)), seconds=PATIENCE), "no word came"
    if len(pictures) > 1:
        _settled(control, citizen)
    return [message.created - written for message in control.sent(citizen)]


def _settled(control: FakeTwilioControl, citizen: str, silent: float = 20.0) -> None:
    """Until nothing new was said of a burst for so long."""
    told = 0
    while control.wait_until(partial(_is_more, control, citizen, told), seconds=silent):
        told = len(control.sent(citizen))


def _is_more(control: FakeTwilioControl, citizen: str, told: int) -> bool:
    return len(control.sent(citizen)) > told


def _peaks(running: Running) -> dict[str, float]:
    worker, *inspection = family(running.processes["worker"])
    return {"worker": peak_mb(worker), "inspection": sum(map(peak_mb, inspection))}


def _stored(url: str) -> int:
    database = Database(make_engine(Settings(database_url=url).sqlalchemy_url))
    with database.reading() as session:
        stored = select(func.count()).where(Attachment.state == AttachmentState.STORED)
        found = session.scalar(stored) or 0
    database.engine.dispose()
    return found
