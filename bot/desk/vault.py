"""The vault: the only way to a citizen's file. What it keeps is sealed; what it gives out is written down first.

To keep a file: (1) `Vault.seal_parts`, (2) `Vault.store`, (3) `keep` in the transaction that says it is stored. Whoever
dies before (3) leaves objects without a row, which nobody can open, and `sweep` removes them.
To delete one: (1) `names_of`, (2) `remove`, (3) `erase` in the transaction that says it is deleted. Whoever dies
before (3) does it all again; nothing is forgotten that still lies somewhere.
Nothing here calls the storage inside a transaction.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import structlog
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from bot.contracts import Actor, AttachmentState, EventKind
from bot.contracts.files import OpenReason, VaultPart
from bot.db.session import Database
from bot.desk.events import fact, record
from bot.desk.rights import may_open
from bot.errors import MayNotOpen, NotFound, ObjectMissing, UnknownVaultKey, VaultSealed
from bot.gateways.base import Storage
from bot.models import Attachment, IdentityMark, InboundMessage, PersonMark, VaultObject
from bot.sealing import MasterKeys, WrappedKey, open_object, seal_object

log = structlog.get_logger()

OPENABLE = (AttachmentState.STORED, AttachmentState.ACCEPTED, AttachmentState.REJECTED)
"""What the citizen deletes is out of sight at once, though it can be undone for ten minutes."""


@dataclass(frozen=True, slots=True)
class SealedPart:
    """A part of a file, ready for the storage under ``name`` (32 random hex digits), and what its row will say."""

    office_id: int
    attachment_id: int
    part: VaultPart
    name: str
    sealed: bytes
    key: WrappedKey


class Vault:
    """Seals, stores and opens. ``storage`` never sees a key; the database never sees a file."""

    def __init__(self, storage: Storage, keys: MasterKeys) -> None:
        self.keys = keys
        self._storage = storage

    def seal_parts(self, office_id: int, attachment_id: int, parts: Mapping[VaultPart, bytes]) -> list[SealedPart]:
        """Seal the parts of a file, each under a key of its own. Touches nothing outside."""
        return [self._seal_part(office_id, attachment_id, part, body) for part, body in parts.items()]

    def store(self, parts: Iterable[SealedPart]) -> None:
        """Put sealed parts to the storage. Raises StorageBusy; the parts that are there already are swept."""
        for part in parts:
            self._storage.put(part.name, part.sealed)

    def open_file(
        self, database: Database, actor: Actor, attachment_id: int, part: VaultPart, why: OpenReason, now: datetime
    ) -> bytes:
        """A part of a file, for a person of the office whose it is. That it was opened is written, and committed,
        before anything is read.

        Raises MayNotOpen, NotFound (no such file in this office, deleted, or without this part), StorageBusy,
        ObjectMissing, VaultSealed (changed, or sealed under a key that we do not have); the last two are facts too.
        """
        with database.transaction(actor.office_id) as session:
            kept, conversation_id = _kept(session, attachment_id, part)
            if not may_open(session, actor, conversation_id):
                raise MayNotOpen(f"attachment {attachment_id}")
            _tell(session, EventKind.FILE_OPENED, kept, conversation_id, actor, now, why=why)
        try:
            return self._open(kept)
        except (ObjectMissing, VaultSealed) as error:
            what = _damage(error)
            log.error("vault_damaged", vault_object=kept.id, attachment=attachment_id, what=what)
            with database.transaction(actor.office_id) as session:
                _tell(session, EventKind.FILE_DAMAGED, kept, conversation_id, actor, now, what=what)
            raise

    def remove(self, names: Iterable[str]) -> None:
        """Delete from the storage; what is gone already is no error. Raises StorageBusy."""
        remove(self._storage, names)

    def _seal_part(self, office_id: int, attachment_id: int, part: VaultPart, body: bytes) -> SealedPart:
        sealed, key = seal_object(self.keys, body, belongs_to(office_id, attachment_id, part))
        return SealedPart(office_id, attachment_id, part, secrets.token_hex(16), sealed, key)

    def _open(self, kept: VaultObject) -> bytes:
        sealed = self._storage.get(kept.name)
        if sha256(sealed).hexdigest() != kept.sealed_hash:
            raise VaultSealed("hash")
        key = WrappedKey(kept.wrapped_key, kept.key_id)
        return open_object(self.keys, sealed, key, belongs_to(kept.office_id, kept.attachment_id, kept.part))


def keep(session: Session, parts: Iterable[SealedPart], now: datetime) -> None:
    """Write the rows of stored parts, in the caller's transaction."""
    rows = [
        {
            "office_id": part.office_id,
            "attachment_id": part.attachment_id,
            "part": part.part,
            "name": part.name,
            "wrapped_key": part.key.sealed,
            "key_id": part.key.key_id,
            "sealed_hash": sha256(part.sealed).hexdigest(),
            "size": len(part.sealed),
            "created_at": now,
        }
        for part in parts
    ]
    if rows:
        session.execute(insert(VaultObject), rows)


def names_of(session: Session, attachment_ids: Sequence[int]) -> list[str]:
    """The storage names of all parts of these files."""
    return list(session.scalars(select(VaultObject.name).where(VaultObject.attachment_id.in_(attachment_ids))))


def remove(storage: Storage, names: Iterable[str]) -> None:
    """As `Vault.remove`, for who has no keys: the clock deletes and cannot read."""
    for name in names:
        storage.delete(name)


def erase(session: Session, attachment_ids: Sequence[int]) -> list[str]:
    """Forget these files: the keys that open them, and the hashes of what they said. Returns the names that were
    forgotten; whoever did not `remove` them before does it after the commit. Erasing again is no error."""
    for marks in (IdentityMark, PersonMark):
        session.execute(delete(marks).where(marks.attachment_id.in_(attachment_ids)))
    names = names_of(session, attachment_ids)
    session.execute(delete(VaultObject).where(VaultObject.attachment_id.in_(attachment_ids)))
    return names


def belongs_to(office_id: int, attachment_id: int, part: VaultPart) -> str:
    """What a seal is bound to."""
    return f"office {office_id} attachment {attachment_id} {part}"


def _kept(session: Session, attachment_id: int, part: VaultPart) -> tuple[VaultObject, int]:
    """The part's row and its conversation. Raises NotFound."""
    found = session.execute(
        select(VaultObject, InboundMessage.conversation_id)
        .join(Attachment, Attachment.id == VaultObject.attachment_id)
        .join(InboundMessage, InboundMessage.id == Attachment.inbound_id)
        .where(VaultObject.attachment_id == attachment_id, VaultObject.part == part, Attachment.state.in_(OPENABLE))
    ).one_or_none()
    if found is None:
        raise NotFound(f"attachment {attachment_id}")
    return found[0], found[1]


def _tell(
    session: Session,
    kind: EventKind,
    kept: VaultObject,
    conversation_id: int,
    actor: Actor,
    now: datetime,
    **data: str,
) -> None:
    record(
        session,
        fact(
            kind,
            office_id=kept.office_id,
            conversation_id=conversation_id,
            at=now,
            actor=actor.name,
            subject=f"attachment:{kept.attachment_id}",
            part=kept.part,
            **data,
        ),
    )


def _damage(error: ObjectMissing | VaultSealed) -> str:
    """A wrong key is a setting to put right, not somebody's hand on a file."""
    if isinstance(error, UnknownVaultKey):
        return "locked"
    return "missing" if isinstance(error, ObjectMissing) else "changed"
