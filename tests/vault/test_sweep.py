"""What was stored and never became a row is removed; nothing else is."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.contracts import Actor
from bot.desk import sweeping
from bot.desk.sweeping import sweep
from bot.gateways.storage import open_storage
from tests.vault.conftest import BODY, PARTS, Room

IN_A_WHILE = datetime.now(UTC) + timedelta(hours=23)
NEXT_DAY = datetime.now(UTC) + timedelta(hours=25)


def run(room: Room, now: datetime) -> int:
    return sweep(open_storage(f"file://{room.folder}", Path("/")), room.database, now)


def lose(room: Room, office: int) -> None:
    room.vault.store(room.vault.seal_parts(office, room.attachment(office), PARTS))


def test_what_has_no_row_goes_after_a_day(
    room: Room, office: int, officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "AT_ONCE", 2)
    files = [room.stored(office) for _ in range(2)]
    lose(room, office)
    assert run(room, IN_A_WHILE) == 0
    assert run(room, NEXT_DAY) == len(PARTS)
    assert [room.open(officer, file) for file in files] == [BODY] * 2
    assert run(room, NEXT_DAY) == 0


def test_another_installations_storage_is_left_alone(room: Room, office: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "FEW", 2)
    lose(room, office)
    assert run(room, NEXT_DAY) == 0
    assert len(room.objects()) == len(PARTS)


def test_what_is_not_ours_is_not_touched_and_half_written_objects_go(room: Room) -> None:
    shelf = room.folder / "aa"
    shelf.mkdir()
    half, notes = shelf / f"{'a' * 32}#1", room.folder / "catatan.txt"
    for path in (half, notes, shelf / "b#2", shelf / ("b" * 32)):
        path.write_bytes(b"x")
    storage = open_storage(f"file://{room.folder}", Path("/"))
    assert storage.clear_leftovers(datetime.now(UTC) - timedelta(days=1)) == 0
    assert storage.clear_leftovers(NEXT_DAY) == 1
    assert run(room, NEXT_DAY) == 0  # bb… lies on the wrong shelf: not ours
    assert sorted(os.listdir(shelf)) == ["b#2", "b" * 32]
    assert notes.exists()
