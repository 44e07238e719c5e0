"""A hand on the storage or on the rows is noticed, and nothing is shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.contracts import Actor, EventKind
from bot.contracts.files import VaultPart
from bot.errors import ObjectMissing, VaultSealed
from bot.models import VaultObject
from tests.vault.conftest import Room

Tamper = Callable[[Room, int, int], None]


def flip_a_byte(room: Room, file: int, _other: int) -> None:
    path = _path(room, file)
    sealed = bytearray(path.read_bytes())
    sealed[len(sealed) // 2] ^= 1
    path.write_bytes(sealed)


def cut_it_short(room: Room, file: int, _other: int) -> None:
    path = _path(room, file)
    path.write_bytes(path.read_bytes()[:-1])


def empty_it(room: Room, file: int, _other: int) -> None:
    _path(room, file).write_bytes(b"")


def swap_two_objects(room: Room, file: int, other: int) -> None:
    one, two = _path(room, file), _path(room, other)
    first, second = one.read_bytes(), two.read_bytes()
    one.write_bytes(second)
    two.write_bytes(first)


def point_the_row_at_another_file(room: Room, file: int, other: int) -> None:
    """Name, key and hash are of the other file, so that everything fits but the place it stands in."""
    with room.database.transaction() as session:
        mine, theirs = _row(session, file), _row(session, other)
        values = theirs.name, theirs.wrapped_key, theirs.key_id, theirs.sealed_hash
        theirs.name = "0" * 32  # one name, one row
        session.flush()
        mine.name, mine.wrapped_key, mine.key_id, mine.sealed_hash = values


def move_the_row_to_another_part(room: Room, file: int, _other: int) -> None:
    with room.database.transaction() as session:
        rows = session.scalars(select(VaultObject).where(VaultObject.attachment_id == file)).all()
        by_part = {row.part: row for row in rows}
        session.delete(by_part[VaultPart.FILE])
        session.flush()
        by_part[VaultPart.TEXT].part = VaultPart.FILE


@pytest.mark.parametrize(
    "tamper",
    [
        flip_a_byte,
        cut_it_short,
        empty_it,
        swap_two_objects,
        point_the_row_at_another_file,
        move_the_row_to_another_part,
    ],
)
def test_what_was_changed_is_not_shown_and_is_a_fact(room: Room, office: int, officer: Actor, tamper: Tamper) -> None:
    file, other = room.stored(office), room.stored(office)
    tamper(room, file, other)
    with pytest.raises(VaultSealed):
        room.open(officer, file)
    [fact] = room.facts(EventKind.FILE_DAMAGED)
    assert fact.subject == f"attachment:{file}"
    assert fact.data == {"what": "changed", "part": "file"}


def test_an_object_that_is_gone_is_a_fact(room: Room, office: int, officer: Actor) -> None:
    file = room.stored(office)
    _path(room, file).unlink()
    with pytest.raises(ObjectMissing):
        room.open(officer, file)
    assert [fact.data["what"] for fact in room.facts(EventKind.FILE_DAMAGED)] == ["missing"]


def test_another_key_opens_nothing_and_is_told_from_a_hand_on_the_file(room: Room, office: int, officer: Actor) -> None:
    file = room.stored(office)
    with pytest.raises(VaultSealed):
        room.open(officer, file, vault=room.with_keys(b"x" * 32))
    assert [fact.data["what"] for fact in room.facts(EventKind.FILE_DAMAGED)] == ["locked"]


def test_a_row_that_claims_another_key_opens_nothing(room: Room, office: int, officer: Actor) -> None:
    file = room.stored(office)
    other = room.with_keys(b"x" * 32)
    with room.database.transaction() as session:
        _row(session, file).key_id = other.keys.current_id
    with pytest.raises(VaultSealed):
        room.open(officer, file, vault=other)


def _row(session: Session, file: int) -> VaultObject:
    return session.scalars(
        select(VaultObject).where(VaultObject.attachment_id == file, VaultObject.part == VaultPart.FILE)
    ).one()


def _path(room: Room, file: int) -> Path:
    with room.database.reading() as session:
        name = _row(session, file).name
    return room.folder / name[:2] / name
