"""The master key is changed while people work; a stop at any moment costs nothing."""

from __future__ import annotations

import base64

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from bot.cli import main
from bot.contracts import Actor
from bot.contracts.files import Detail
from bot.desk import marks, rotation
from bot.errors import VaultSealed
from bot.models import VaultObject
from bot.settings import read_settings
from tests.vault.conftest import BODY, PARTS, Room

OLD, NEW = b"k" * 32, b"n" * 32
NIK = "9901010101010000"


@pytest.fixture
def environment(room: Room, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAPA_DATABASE_URL", database_url)
    monkeypatch.setenv("SAPA_STORAGE_URL", f"file://{room.folder}")
    monkeypatch.setenv("SAPA_VAULT_KEY", base64.b64encode(NEW).decode())
    monkeypatch.setenv("SAPA_VAULT_KEY_PREVIOUS", base64.b64encode(OLD).decode())


def rotate() -> Result:
    return CliRunner().invoke(main, ["rotate-vault-key"])


@pytest.mark.usefixtures("environment")
def test_after_the_change_the_new_key_alone_opens_everything(
    room: Room, office: int, officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "AT_ONCE", 2)
    files = [room.stored(office) for _ in range(3)]
    with room.database.transaction() as session:
        search = marks.search_key(session, room.vault.keys)
    before = {path: path.read_bytes() for path in room.objects()}
    result = rotate()
    assert result.exit_code == 0, result.output
    assert f"{3 * len(PARTS)} data keys and 1 secrets" in result.output
    new = room.with_keys(NEW)
    assert [room.open(officer, file, vault=new) for file in files] == [BODY] * 3
    with room.database.transaction() as session:
        assert marks.search_key(session, new.keys) == search
    assert before == {path: path.read_bytes() for path in room.objects()}
    with pytest.raises(VaultSealed):
        room.open(officer, files[0], vault=room.with_keys(OLD))
    assert "Sealed anew: 0 data keys and 0 secrets" in rotate().output


@pytest.mark.usefixtures("environment")
def test_a_change_that_was_killed_halfway_goes_on_where_it_was(
    room: Room, office: int, officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "AT_ONCE", 4)
    files = [room.stored(office) for _ in range(4)]
    again, calls = rotation._again, []

    def killed_at_the_seventh(*given: object, **row: object) -> object:
        calls.append(row)
        if len(calls) == 7:
            raise KeyboardInterrupt
        return again(*given, **row)  # type: ignore[arg-type]

    monkeypatch.setattr(rotation, "_again", killed_at_the_seventh)
    assert rotate().exit_code != 0
    monkeypatch.setattr(rotation, "_again", again)
    both = room.with_keys(NEW, OLD)
    assert _under(room, both.keys.current_id) == 4  # the batch before; the one that died is as it was
    assert [room.open(officer, file, vault=both) for file in files] == [BODY] * 4
    assert "Sealed anew: 8 data keys" in rotate().output
    assert [room.open(officer, file, vault=room.with_keys(NEW)) for file in files] == [BODY] * 4


@pytest.mark.usefixtures("environment")
def test_a_key_that_neither_opens_is_told_and_the_others_are_changed(room: Room, office: int) -> None:
    file = room.stored(office)
    with room.database.transaction() as session:
        session.scalars(select(VaultObject).where(VaultObject.attachment_id == file).limit(1)).one().key_id = "0" * 16
    result = rotate()
    assert result.exit_code == 2
    assert "Sealed anew: 2 data keys" in result.output
    assert "1 are still not under SAPA_VAULT_KEY" in result.output


@pytest.mark.usefixtures("environment")
def test_hashes_made_before_the_change_are_found_after_it(room: Room, office: int) -> None:
    file = room.stored(office)
    with room.database.transaction(office) as session:
        key = marks.search_key(session, room.vault.keys)
        given = {"office_id": office, "attachment_id": file, "submission_id": None, "details": {Detail.NIK: (NIK,)}}
        marks.keep_marks(session, key, **given)  # type: ignore[arg-type]
    assert rotate().exit_code == 0
    with room.database.transaction(office) as session:
        key = marks.search_key(session, room.with_keys(NEW).keys)
        assert marks.find_by_number(session, key, office, Detail.NIK, NIK) == [file]


def test_a_new_key_is_one_the_settings_take(monkeypatch: pytest.MonkeyPatch) -> None:
    made = [CliRunner().invoke(main, ["new-vault-key"]).output.strip().partition("=") for _ in range(2)]
    assert made[0] != made[1]
    monkeypatch.setenv(made[0][0], made[0][2])
    assert len(read_settings(("vault_key",)).vault_keys[0]) == 32


@pytest.mark.parametrize("command", ["web", "worker", "up"])
def test_who_opens_or_seals_files_does_not_start_without_the_key(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PUBLIC_URL", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"):
        monkeypatch.setenv(f"SAPA_{name}", "http://sapa.example")
    monkeypatch.setenv("SAPA_SECRET_KEY", "s" * 32)
    monkeypatch.setenv("SAPA_SENDER", "whatsapp:+6281100000000")
    monkeypatch.delenv("SAPA_VAULT_KEY", raising=False)
    result = CliRunner().invoke(main, [command])
    assert result.exit_code == 2
    assert "SAPA_VAULT_KEY is not set" in result.output


def _under(room: Room, key_id: str) -> int:
    with room.database.reading() as session:
        return session.scalar(select(func.count()).where(VaultObject.key_id == key_id)) or 0
