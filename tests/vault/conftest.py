"""A vault over each engine and a folder; a file of a citizen, and people at the desk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.contracts import Actor, AttachmentState, EventKind, MessageKind, Role
from bot.contracts.files import OpenReason, VaultPart
from bot.db.engine import make_engine
from bot.db.session import Database
from bot.desk.vault import Vault, keep
from bot.gateways.storage import open_storage
from bot.models import Attachment, Contact, Conversation, Event, InboundMessage, Office, Post, Staff, Submission
from bot.sealing import MasterKeys
from bot.settings import Settings

NOW = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)
BODY = b"\xff\xd8\xff SITI CONTOH, NIK 9901010101010000" * 50
TEXT = b"NAMA SITI CONTOH NIK 9901010101010000"
PARTS = {VaultPart.FILE: BODY, VaultPart.THUMBNAIL: b"\xff\xd8\xff kecil, SITI CONTOH", VaultPart.TEXT: TEXT}


@dataclass
class Room:
    """``folder`` is the storage's."""

    database: Database
    folder: Path
    vault: Vault

    def __post_init__(self) -> None:
        self._numbers = count(1)

    def with_keys(self, current: bytes, previous: bytes | None = None) -> Vault:
        return Vault(open_storage(f"file://{self.folder}", Path("/")), MasterKeys(current, previous))

    def office(self, prefix: str) -> int:
        with self.database.transaction() as session:
            sender = f"whatsapp:+62811000003{next(self._numbers):02}"
            office = Office(
                prefix=prefix, name=f"Kantor {prefix}", sender=sender, time_zone="Asia/Makassar", created_at=NOW
            )
            session.add(office)
            session.flush()
            return office.id

    def hire(self, office_id: int, role: Role = Role.OFFICER, *, active: bool = True) -> Actor:
        number = next(self._numbers)
        with self.database.transaction() as session:
            staff = Staff(
                email=f"{number}@contoh.example", name="Orang Uji", fs_uniquifier=f"u{number}", created_at=NOW
            )
            session.add(staff)
            session.flush()
            post = Post(office_id=office_id, staff_id=staff.id, role=role, active=active)
            session.add(post)
            session.flush()
            return Actor(post.id, office_id, role)

    def attachment(self, office_id: int, state: AttachmentState = AttachmentState.STORED) -> int:
        number = next(self._numbers)
        with self.database.transaction(office_id) as session:
            contact = Contact(address=f"whatsapp:ID.{number}", created_at=NOW)
            session.add(contact)
            session.flush()
            conversation = Conversation(contact_id=contact.id, last_seq=1)
            session.add(conversation)
            session.flush()
            message = InboundMessage(
                conversation_id=conversation.id,
                seq=1,
                sid=f"MM{number}",
                kind=MessageKind.IMAGE,
                body="",
                form={},
                received_at=NOW,
            )
            session.add(message)
            session.flush()
            file = Attachment(
                conversation_id=conversation.id,
                inbound_id=message.id,
                place=0,
                url="",
                content_type="image/jpeg",
                state=state,
            )
            session.add(file)
            session.flush()
            return file.id

    def submission(self, attachment_id: int) -> int:
        """One of the citizen who sent this file."""
        with self.database.transaction() as session:
            file = session.get_one(Attachment, attachment_id)
            made = Submission(
                office_id=file.office_id,
                conversation_id=file.conversation_id,
                service="akta_lahir",
                opened_at=NOW,
                touched_at=NOW,
            )
            session.add(made)
            session.flush()
            return made.id

    def conversation_of(self, attachment_id: int) -> int:
        with self.database.reading() as session:
            found = session.scalar(
                select(InboundMessage.conversation_id)
                .join(Attachment, Attachment.inbound_id == InboundMessage.id)
                .where(Attachment.id == attachment_id)
            )
            assert found
            return found

    def stored(self, office_id: int) -> int:
        """A file whose parts are in the vault."""
        attachment_id = self.attachment(office_id)
        self.put_away(office_id, attachment_id)
        return attachment_id

    def put_away(self, office_id: int, attachment_id: int) -> None:
        parts = self.vault.seal_parts(office_id, attachment_id, PARTS)
        self.vault.store(parts)
        with self.database.transaction(office_id) as session:
            keep(session, parts, NOW)

    def open(
        self, actor: Actor, attachment_id: int, part: VaultPart = VaultPart.FILE, vault: Vault | None = None
    ) -> bytes:
        return (vault or self.vault).open_file(self.database, actor, attachment_id, part, OpenReason.REVIEW, NOW)

    def facts(self, *kinds: EventKind) -> list[Event]:
        with self.database.reading() as session:
            return list(session.scalars(select(Event).where(Event.kind.in_(kinds)).order_by(Event.id)))

    def objects(self) -> list[Path]:
        return sorted(path for path in self.folder.rglob("*") if path.is_file())


@pytest.fixture
def room(database_url: str, tmp_path: Path) -> Iterator[Room]:
    database = Database(make_engine(Settings(database_url=database_url).sqlalchemy_url))
    folder = tmp_path / "vault"
    storage = open_storage(f"file://{folder}", Path("/"))
    yield Room(database, folder, Vault(storage, MasterKeys(b"k" * 32)))
    database.engine.dispose()


@pytest.fixture
def office(room: Room) -> int:
    return room.office("UJI")


@pytest.fixture
def officer(room: Room, office: int) -> Actor:
    return room.hire(office)
