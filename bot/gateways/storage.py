"""Where sealed objects lie: a folder or an S3 bucket, both through obstore.

A put is atomic: obstore writes beside and renames, and S3 shows whole objects only. On a folder the bytes are on the
disk before `put` returns, since the row that is written next says so. Deleting leaves the empty folder of a name's
first two digits; there are 256 of them at most.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, from_url

from bot.errors import ObjectMissing, SapaError, SettingsError, StorageBusy

NAME = re.compile(r"[0-9a-f]{32}")
LEFTOVER = re.compile(r"[0-9a-f]{32}#\d+")  # what obstore was writing when the machine stopped
NO_BUCKET = "NoSuchBucket"  # S3's own word; the library makes it the same error as for an object
REQUEST_TIMEOUT = timedelta(seconds=30)
CONNECT_TIMEOUT = timedelta(seconds=5)
RETRY_FOR = timedelta(seconds=10)  # the row waits with a delay of its own


class ObjectStorage:
    """`bot.gateways.base.Storage` in an obstore store. ``folder``: of a store on this machine's own disk."""

    def __init__(self, store: ObjectStore, folder: Path | None = None) -> None:
        self._store = store
        self._folder = folder

    def put(self, name: str, sealed: bytes) -> None:
        """Raises StorageBusy."""
        path = _path(name)
        with _translated(gone=StorageBusy):
            # one request: S3 keeps, and bills, the parts of an upload in parts that never ended
            obstore.put(self._store, path, sealed, use_multipart=False)
            if self._folder:
                _settle(self._folder / path)

    def get(self, name: str) -> bytes:
        """Raises ObjectMissing or StorageBusy."""
        with _translated():
            return bytes(obstore.get(self._store, _path(name)).bytes())

    def delete(self, name: str) -> None:
        """One that is not there is no error. Raises StorageBusy."""
        try:
            # S3 says of a bucket only, never of an object, that it is not there to be deleted from
            with _translated(gone=ObjectMissing if self._folder else StorageBusy):
                obstore.delete(self._store, _path(name))
        except ObjectMissing:
            pass

    def names(self, older_than: datetime) -> Iterator[str]:
        """Names of objects last written before then, in no order; whatever else lies there is passed over.
        Raises StorageBusy."""
        with _translated():
            for some in obstore.list(self._store):
                for found in some:
                    name = found["path"].rpartition("/")[2]
                    if NAME.fullmatch(name) and found["path"] == _path(name) and found["last_modified"] < older_than:
                        yield name

    def clear_leftovers(self, older_than: datetime) -> int:
        """Remove what a stopped machine left half written in a folder (S3 has none). Returns how many."""
        removed = 0
        for path in self._folder.glob("??/*#*") if self._folder else ():
            if LEFTOVER.fullmatch(path.name) and path.stat().st_mtime < older_than.timestamp():
                path.unlink(missing_ok=True)
                removed += 1
        return removed


def open_storage(url: str, project: Path) -> ObjectStorage:
    """The storage of SAPA_STORAGE_URL; a folder is taken from ``project`` where it is relative, and made where it is
    missing. S3's region, endpoint and credentials are AWS's own environment variables. Raises SettingsError."""
    if not url.startswith("file://"):
        return ObjectStorage(_bucket(url))
    folder = project / url.removeprefix("file://")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return ObjectStorage(LocalStore(folder), folder)
    except OSError:
        raise SettingsError("SAPA_STORAGE_URL names a folder that cannot be made or opened.") from None


def _bucket(url: str) -> ObjectStore:
    parts = urlsplit(url)
    try:
        return from_url(
            f"s3://{parts.netloc}{parts.path.rstrip('/')}",
            # http only where AWS_ENDPOINT_URL says so: a store on one's own network; what goes there is sealed
            client_options={"timeout": REQUEST_TIMEOUT, "connect_timeout": CONNECT_TIMEOUT, "allow_http": True},
            retry_config={"max_retries": 2, "retry_timeout": RETRY_FOR},
        )
    except (BaseError, ValueError):
        raise SettingsError("SAPA_STORAGE_URL or AWS's own variables beside it do not make an S3 bucket.") from None


def _path(name: str) -> str:
    """Spread over 256 folders. Only names of our own making, so that none leads out of the storage."""
    if not NAME.fullmatch(name):
        raise ValueError("not the name of a sealed object")
    return f"{name[:2]}/{name}"


def _settle(path: Path) -> None:
    """Have the disk keep a file and its folder's entry."""
    for each in (path, path.parent):
        opened = os.open(each, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


@contextmanager
def _translated(gone: type[SapaError] = ObjectMissing) -> Iterator[None]:
    """Errors as ours; their texts are left behind, since they quote addresses. ``gone``: what "not found" means."""
    try:
        yield
    except FileNotFoundError as error:
        # a bucket that is away, by a wrong setting or for good, says nothing of an object
        raise (StorageBusy("no bucket") if NO_BUCKET in str(error) else gone("not found")) from None
    except (BaseError, OSError) as error:
        raise StorageBusy(type(error).__name__) from None
