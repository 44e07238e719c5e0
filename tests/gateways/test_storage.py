"""The storage: a folder, or a bucket of a real S3 server on this machine; obstore's memory store has the same shape."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
from moto.server import ThreadedMotoServer
from obstore.store import MemoryStore

from bot.errors import ObjectMissing, SettingsError, StorageBusy
from bot.gateways.storage import ObjectStorage, open_storage
from bot.settings import read_settings

NAME, OTHER = "ab" + "0" * 30, "cd" + "0" * 30
SOON = timedelta(hours=1)


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    yield "http://{}:{}".format(*server.get_host_and_port())
    server.stop()


@pytest.fixture
def bucket(s3_server: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Empty, with AWS's own variables set for it: its address."""
    given = {"ENDPOINT_URL": s3_server, "ACCESS_KEY_ID": "a", "SECRET_ACCESS_KEY": "b", "REGION": "ap-southeast-3"}
    for name, value in given.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    address = f"{s3_server}/berkas"
    requests.put(address, timeout=10).raise_for_status()
    yield address
    requests.post(f"{s3_server}/moto-api/reset", timeout=10).raise_for_status()


@pytest.fixture(params=["folder", "memory", "s3"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> ObjectStorage:
    if request.param == "s3":
        request.getfixturevalue("bucket")
        return open_storage("s3://berkas/sapa", tmp_path)
    return ObjectStorage(MemoryStore()) if request.param == "memory" else open_storage("file://vault", tmp_path)


def test_what_is_put_is_got_and_the_newest_holds(storage: ObjectStorage) -> None:
    storage.put(NAME, b"one")
    storage.put(NAME, b"two" * 3_000_000)
    storage.put(OTHER, b"")
    assert storage.get(NAME) == b"two" * 3_000_000
    assert storage.get(OTHER) == b""


def test_what_is_deleted_is_missing(storage: ObjectStorage) -> None:
    storage.put(NAME, b"one")
    storage.delete(NAME)
    with pytest.raises(ObjectMissing):
        storage.get(NAME)


def test_deleting_again_is_no_error(storage: ObjectStorage) -> None:
    storage.put(NAME, b"one")
    for _ in range(2):
        storage.delete(NAME)
    assert list(storage.names(datetime.now(UTC) + SOON)) == []


def test_what_is_deleted_is_on_the_disk_no_more(tmp_path: Path) -> None:
    storage = open_storage("file://vault", tmp_path)
    storage.put(NAME, b"one")
    storage.delete(NAME)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_names_are_listed_by_age(storage: ObjectStorage) -> None:
    for name in (NAME, OTHER):
        storage.put(name, b"x")
    now = datetime.now(UTC)
    assert sorted(storage.names(now + SOON)) == [NAME, OTHER]
    assert list(storage.names(now - SOON)) == []


def test_a_bucket_holds_what_others_put_there_and_only_ours_is_listed(bucket: str) -> None:
    storage = open_storage("s3://berkas/sapa", Path("/"))
    storage.put(NAME, b"x")
    for path in (f"sapa/{NAME}", f"sapa/zz/{NAME}", "sapa/catatan.txt", f"lain/cd/{OTHER}"):
        requests.put(f"{bucket}/{path}", data=b"x", timeout=10).raise_for_status()
    assert list(storage.names(datetime.now(UTC) + SOON)) == [NAME]
    neighbour = open_storage("s3://berkas/lain", Path("/"))
    assert list(neighbour.names(datetime.now(UTC) + SOON)) == [OTHER]


def test_more_objects_than_a_bucket_lists_at_once_are_all_listed(storage: ObjectStorage) -> None:
    names = [f"{number:032x}" for number in range(1_005)]
    for name in names:
        storage.put(name, b"")
    assert sorted(storage.names(datetime.now(UTC) + SOON)) == names


def test_a_bucket_that_is_gone_is_busy_and_nothing_is_taken_for_deleted(bucket: str) -> None:
    storage = open_storage("s3://berkas/sapa", Path("/"))
    storage.put(NAME, b"x")
    storage.delete(NAME)
    requests.delete(bucket, timeout=10).raise_for_status()
    for call in (lambda: storage.put(NAME, b"x"), lambda: storage.delete(NAME), lambda: storage.get(NAME)):
        with pytest.raises(StorageBusy):
            call()
    with pytest.raises(StorageBusy):
        list(storage.names(datetime.now(UTC) + SOON))


@pytest.mark.parametrize("name", ["../" + NAME, "/etc/passwd", "", "..", NAME.upper(), NAME + "/x", NAME + "\n", "x"])
def test_no_name_leads_out_of_the_storage(storage: ObjectStorage, name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not the name"):
        storage.put(name, b"x")
    with pytest.raises(ValueError, match="not the name"):
        storage.get(name)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_missing_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    open_storage("file://var/vault", tmp_path).put(NAME, b"x")
    assert (tmp_path / "var" / "vault").stat().st_mode & 0o777 == 0o700


def test_an_absolute_folder_is_taken_as_it_is(tmp_path: Path) -> None:
    open_storage(f"file://{tmp_path}/elsewhere", Path("/nowhere")).put(NAME, b"x")
    assert (tmp_path / "elsewhere" / "ab" / NAME).read_bytes() == b"x"


def test_a_folder_that_cannot_be_made_stops_the_start_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="SAPA_STORAGE_URL names a folder"):
        open_storage("file://file/vault", tmp_path)


def test_a_disk_that_takes_nothing_is_busy(tmp_path: Path) -> None:
    storage = open_storage("file://vault", tmp_path)
    (tmp_path / "vault" / "ab").write_text("a file where a folder must be")
    with pytest.raises(StorageBusy):
        storage.put(NAME, b"x")


def test_a_bucket_out_of_reach_is_busy_and_its_address_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"ENDPOINT_URL": "http://127.0.0.1:9", "ACCESS_KEY_ID": "a", "SECRET_ACCESS_KEY": "b"}.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    storage = open_storage("s3://berkas/sapa", Path("/"))
    for call in (lambda: storage.get(NAME), lambda: storage.put(NAME, b"x"), lambda: storage.delete(NAME)):
        with pytest.raises(StorageBusy) as caught:
            call()
        assert "127.0.0.1" not in str(caught.value)
        assert caught.value.__suppress_context__


@pytest.mark.parametrize(
    "url", ["var/vault", "file://", "http://host/vault", "s3://", "s3://B/x", "s3://key:word@bucket", "s3://b k"]
)
def test_a_storage_url_that_is_none_stops_the_start_with_a_sentence(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAPA_STORAGE_URL", url)
    with pytest.raises(SettingsError, match="SAPA_STORAGE_URL must look like file://var/vault"):
        read_settings()


@pytest.mark.parametrize("url", ["file://var/vault", "file:///srv/vault", "s3://berkas", "s3://berkas.sapa/pkp/a-b/"])
def test_a_storage_url_is_taken(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAPA_STORAGE_URL", url)
    assert read_settings().storage_url == url
