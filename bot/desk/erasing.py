"""Files that are to be gone for good: claimed by the clock, and the tombstone that stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, text
from sqlalchemy.orm import Session

from bot.contracts import AttachmentState, EventKind
from bot.db.claim import DueRows, release_dead
from bot.desk import files, vault
from bot.desk.pace import retry_delay
from bot.models import Attachment, InboundMessage

LEASE = timedelta(minutes=5)
LONGEST_DELAY = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Doomed:
    """A file this process is erasing. ``names``: its objects in the storage; ``url``: Twilio's copy, '' when it is
    gone."""

    id: int
    lease: str
    attempts: int
    url: str
    names: tuple[str, ...]


def claim_due(session: Session, now: datetime, most: int) -> list[Doomed]:
    """Take files whose ten minutes are over; from now on nobody can take the deletion back."""
    lease, ids = _DUE.claim(session, now=now, lease_for=LEASE, most=most)
    rows = session.connection().execute(_LOAD, {"ids": ids}).all() if ids else []
    return [Doomed(row.id, lease, row.attempts, row.url, tuple(vault.names_of(session, [row.id]))) for row in rows]


def inherit(session: Session, now: datetime) -> None:
    """Take over at once what a process of this machine was erasing when it died."""
    release_dead(session, Attachment, now)


def forget(session: Session, doomed: Doomed) -> None:
    """Our copies are gone from the storage: what opens them and what was known of their content goes too."""
    file = _still_held(session, doomed)
    if file is None:
        return
    vault.erase(session, [file.id])
    file.fingerprint = None
    file.advice, file.guesses, file.doubts, file.rejection_note = [], [], [], ""


def bury(session: Session, doomed: Doomed, now: datetime) -> None:
    """Every copy is gone, Twilio's too: who deleted it, when and why stays."""
    file = _still_held(session, doomed)
    if file is None:
        return
    message = session.get_one(InboundMessage, file.inbound_id, with_for_update=True)
    message.form = {**message.form, f"MediaUrl{file.place}": ""}
    file.url = ""
    files.move(file, AttachmentState.DELETED)
    file.deleted_at, file.due_at = now, None
    file.lease = file.leased_until = None
    files.tell(session, file, EventKind.FILE_DELETED, "clock", now, why=file.deleted_why)


def put_off(session: Session, doomed: Doomed, now: datetime) -> None:
    """A copy could not be deleted now: tried again later, each time a little later."""
    if (file := _still_held(session, doomed)) is not None:
        file.due_at = now + retry_delay(doomed.attempts, LONGEST_DELAY)
        file.lease = file.leased_until = None


def _still_held(session: Session, doomed: Doomed) -> Attachment | None:
    file = session.get_one(Attachment, doomed.id, with_for_update=True, populate_existing=True)
    return file if file.lease == doomed.lease and file.state is AttachmentState.DELETING else None


# Built once: building a statement costs several times what running it does, and the clock looks every few seconds.
_DUE = DueRows(
    Attachment,
    "due_at",
    [text("attachment.state = 'deleting'")],
    {"attempts": Attachment.__table__.c.attempts + 1},
)
_LOAD = select(Attachment.id, Attachment.attempts, Attachment.url).where(
    Attachment.id.in_(bindparam("ids", expanding=True))
)
