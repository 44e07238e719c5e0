"""How the worker and the inspection process talk: a JSON head and blobs, each with its length before it.

No pickle: either side may have been taken over by what it looked into, and neither may run what the other sends.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from typing import IO, Any

from bot.contracts.files import Advice, Detail, FileKind, Inspection, Person

HEAD = struct.Struct(">II")  # length of the JSON, number of blobs
SIZE = struct.Struct(">I")
LARGEST_HEAD = 4 * 1024 * 1024
LARGEST_BLOB = 64 * 1024 * 1024
MOST_BLOBS = 4


class WireBroken(Exception):
    """The other side ended or speaks another language."""


def send(stream: IO[bytes], head: dict[str, Any], blobs: Sequence[bytes] = ()) -> None:
    """Raises OSError when the other side is gone."""
    text = json.dumps(head).encode()
    stream.write(HEAD.pack(len(text), len(blobs)) + text)
    for blob in blobs:
        stream.write(SIZE.pack(len(blob)))
        stream.write(blob)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    """Raises WireBroken."""
    length, count = HEAD.unpack(_exactly(stream, HEAD.size))
    if length > LARGEST_HEAD or count > MOST_BLOBS:
        raise WireBroken
    try:
        head = json.loads(_exactly(stream, length))
    except ValueError:
        raise WireBroken from None
    if not isinstance(head, dict):
        raise WireBroken
    return head, [_blob(stream) for _ in range(count)]


def _blob(stream: IO[bytes]) -> bytes:
    (size,) = SIZE.unpack(_exactly(stream, SIZE.size))
    if size > LARGEST_BLOB:
        raise WireBroken
    return _exactly(stream, size)


def _exactly(stream: IO[bytes], size: int) -> bytes:
    found = stream.read(size)
    if found is None or len(found) != size:
        raise WireBroken
    return found


def packed(found: Inspection) -> tuple[dict[str, Any], list[bytes]]:
    head = {
        "kind": found.kind,
        "width": found.width,
        "height": found.height,
        "pages": found.pages,
        "advice": sorted(found.advice),
        "documents": found.documents,
        "fingerprint": found.fingerprint,
        "text": found.text,
        "details": {kind: list(values) for kind, values in found.details.items()},
        "doubts": found.doubts,
        "persons": [[one.nik, one.birth, one.name] for one in found.persons],
    }
    return head, [found.clean, found.thumbnail]


def unpacked(head: dict[str, Any], blobs: Sequence[bytes]) -> Inspection:
    """Raises WireBroken for what is no Inspection."""
    try:
        clean, thumbnail = blobs
        return Inspection(
            kind=FileKind(head["kind"]),
            clean=clean,
            thumbnail=thumbnail,
            width=int(head["width"]),
            height=int(head["height"]),
            pages=int(head["pages"]),
            advice=frozenset(Advice(one) for one in head["advice"]),
            documents=tuple((str(name), float(sure)) for name, sure in head["documents"]),
            fingerprint=f"{int(head['fingerprint'], 16):016x}",
            text=str(head["text"]),
            details={Detail(kind): tuple(map(str, values)) for kind, values in head["details"].items()},
            doubts=tuple(map(str, head["doubts"])),
            persons=tuple(Person(str(nik), str(birth), str(name)) for nik, birth, name in head["persons"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise WireBroken from None
