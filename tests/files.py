"""The outside of files, for tests about rows: files that say on themselves what they are.

    photo("foto_kk", advice="blurred", nik="9910041708990001")

``persons``: ``NIK/date of birth/name``, several joined by ``; ``. A real inspector looks at pictures; this one reads
such labels, and the rest of the line is the real one.
"""

from __future__ import annotations

import json
import threading
from hashlib import sha256

import requests

from bot.contracts import Advice, Detail, FetchedFile, FileKind, Inspection, Refusal
from bot.contracts.files import Person
from bot.errors import FileRefused, MediaBusy

JPEG = "image/jpeg"


def photo(document: str = "", *, kind: str = "jpeg", look: str = "", **more: str) -> tuple[str, bytes]:
    """A file as `Installation.write` takes it in ``media``. ``look``: files that look alike have the same."""
    label = {"document": document, "kind": kind, "look": look or document, **more}
    return JPEG, json.dumps(label).encode()


class ReadsLabels:
    """An Inspector. ``seen``: how many files it looked into; while ``closed`` is set it does not come to an end."""

    def __init__(self) -> None:
        self.seen = 0
        self.free = threading.Event()
        self.free.set()

    def inspect(self, file: FetchedFile) -> Inspection:
        self.free.wait(10)
        self.seen += 1
        try:
            label = json.loads(file.body)
        except ValueError:
            raise FileRefused(Refusal.TYPE) from None
        if label.get("refusal"):
            raise FileRefused(Refusal(label["refusal"]))
        return Inspection(
            kind=FileKind(label["kind"]),
            clean=file.body,
            thumbnail=b"kecil " + file.body,
            width=800,
            height=600,
            pages=1,
            advice=frozenset(Advice(word) for word in label.get("advice", "").split()),
            documents=((label["document"], 0.9),) if label["document"] else (),
            fingerprint=sha256(label["look"].encode()).hexdigest()[:16],
            text=f"TEKS {label['document']} {label.get('nik', '')}",
            details={detail: tuple(label[detail].split()) for detail in (Detail.NIK, Detail.KK) if label.get(detail)},
            persons=tuple(Person(*one.split("/")) for one in label.get("persons", "").split("; ") if one),
        )

    def close(self) -> None:
        pass


class PlainMedia:
    """A MediaFetcher without the guards of the real one. ``fails``: how many fetches (or erasures) fail yet."""

    def __init__(self, account: str, token: str) -> None:
        self._auth = (account, token)
        self.fails = 0
        self.erase_fails = 0

    def fetch(self, url: str) -> FetchedFile:
        if self.fails:
            self.fails -= 1
            raise MediaBusy("away")
        answer = requests.get(url, auth=self._auth, timeout=5)
        if answer.status_code == 404:
            raise MediaBusy("gone")
        if answer.status_code != 200:
            raise MediaBusy(str(answer.status_code))
        return FetchedFile(answer.content, answer.headers.get("Content-Type", ""))

    def erase(self, url: str) -> None:
        if self.erase_fails:
            self.erase_fails -= 1
            raise MediaBusy("away")
        answer = requests.delete(url, auth=self._auth, timeout=5)
        if answer.status_code not in (204, 404):
            raise MediaBusy(str(answer.status_code))
