"""What goes into the vault comes out as it was, and only there."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from bot.contracts import Actor, EventKind
from bot.contracts.files import VaultPart
from bot.desk.vault import erase, keep, names_of
from bot.errors import NotFound
from bot.models import Base
from tests.vault.conftest import BODY, NOW, PARTS, Room

SECRETS = (b"SITI", b"CONTOH", b"9901010101010000", b"\xff\xd8\xff")


@pytest.mark.parametrize("part", list(VaultPart))
def test_each_part_comes_out_as_it_went_in(room: Room, office: int, officer: Actor, part: VaultPart) -> None:
    file = room.stored(office)
    assert room.open(officer, file, part) == PARTS[part]


def test_neither_storage_nor_database_holds_a_word_of_a_file(room: Room, office: int, database_url: str) -> None:
    room.stored(office)
    assert len(room.objects()) == len(PARTS)
    everything = [path.read_bytes() + str(path).encode() for path in room.objects()]
    everything += _database(room, database_url)
    for secret in SECRETS:
        assert not any(secret in kept for kept in everything)


def test_two_files_alike_cannot_be_told_to_be_alike(room: Room, office: int) -> None:
    room.stored(office)
    room.stored(office)
    assert len({path.read_bytes() for path in room.objects()}) == 2 * len(PARTS)


def test_a_deleted_file_is_gone_with_its_thumbnail_and_its_text(room: Room, office: int, officer: Actor) -> None:
    file, other = room.stored(office), room.stored(office)
    with room.database.reading(office) as session:
        names = names_of(session, [file])
    for _ in range(2):  # as after a stop halfway
        room.vault.remove(names)
        with room.database.transaction(office) as session:
            erase(session, [file])
    assert len(names) == len(PARTS)
    assert not any(name in str(path) for name in names for path in room.objects())
    with pytest.raises(NotFound):
        room.open(officer, file)
    assert room.open(officer, other) == BODY


def test_parts_stored_by_who_died_before_the_row_are_no_hindrance(room: Room, office: int, officer: Actor) -> None:
    file = room.attachment(office)
    room.vault.store(room.vault.seal_parts(office, file, PARTS))  # and there it died
    room.put_away(office, file)
    assert room.open(officer, file) == BODY


def test_what_a_rolled_back_transaction_kept_is_not_there(room: Room, office: int, officer: Actor) -> None:
    file = room.attachment(office)
    parts = room.vault.seal_parts(office, file, PARTS)
    room.vault.store(parts)
    with room.database.transaction(office) as session:
        keep(session, parts, NOW)
        session.rollback()
    with pytest.raises(NotFound):
        room.open(officer, file)


def test_who_opened_what_and_why_is_written_before_the_file_is_read(
    room: Room, office: int, officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = room.stored(office)
    seen = []
    read = room.vault._storage.get
    monkeypatch.setattr(
        room.vault._storage, "get", lambda name: seen.append(len(room.facts(EventKind.FILE_OPENED))) or read(name)
    )
    room.open(officer, file, VaultPart.THUMBNAIL)
    assert seen == [1]
    [fact] = room.facts(EventKind.FILE_OPENED)
    assert (fact.actor, fact.subject, fact.at) == (officer.name, f"attachment:{file}", NOW)
    assert fact.data == {"part": "thumbnail", "why": "review"}
    assert fact.conversation_id == room.conversation_of(file)


def _database(room: Room, url: str) -> list[bytes]:
    """All rows as text and, of SQLite, its files as they lie on the disk."""
    with room.database.reading() as session:
        rows = [
            repr(tuple(bytes(v) if isinstance(v, memoryview) else v for v in row)).encode()
            for table in Base.metadata.sorted_tables
            for row in session.execute(text(f"SELECT * FROM {table.name}"))
        ]
    files = Path(url.removeprefix("sqlite:///")).parent.glob("sapa.db*") if url.startswith("sqlite") else ()
    return rows + [path.read_bytes() for path in files]
