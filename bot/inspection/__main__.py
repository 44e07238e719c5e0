"""``python -m bot.inspection <folder of the knowledge>``: looks into the files that come by its standard input.

Ends when nobody sends one for five minutes, and with whoever started it: its memory then belongs to others.
"""

from __future__ import annotations

import os
import select
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from bot.contracts.files import FetchedFile, Refusal
from bot.errors import FileRefused, where
from bot.inspection import wire
from bot.inspection.confinement import allow_cpu, confine
from bot.inspection.inspector import FileInspector
from bot.inspection.reading import Reader
from bot.knowledge.documents import load_documents
from bot.knowledge.regions import load_districts

IDLE_SECONDS = 300.0


def main() -> int:
    folder, idle = Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else IDLE_SECONDS
    for ends in (signal.SIGTERM, signal.SIGINT):
        # sent to all of a group or a service when it stops: the worker finishes its file first, and then ends this
        signal.signal(ends, signal.SIG_IGN)
    # buffered, and still fit for select: a file is asked only when the one before it was answered
    asked, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not stand between the answers
    inspector = FileInspector(load_documents(folder), frozenset(load_districts(folder)), Reader())
    confine()
    while select.select([asked], [], [], idle)[0]:
        if not serve(inspector, asked, answers):
            break
    return 0


def serve(inspector: FileInspector, asked: BinaryIO, answers: BinaryIO) -> bool:
    """One file; whether another may come."""
    try:
        head, blobs = wire.receive(asked)
        file = FetchedFile(blobs[0], str(head.get("content_type", "")))
    except (wire.WireBroken, IndexError):
        return False
    allow_cpu()
    answer, found, fit = look(inspector, file)
    wire.send(answers, answer, found)
    return fit


def look(inspector: FileInspector, file: FetchedFile) -> tuple[dict[str, Any], list[bytes], bool]:
    try:
        head, blobs = wire.packed(inspector.inspect(file, datetime.now(UTC).date()))
        return head | {"stages": inspector.stages}, blobs, True
    except FileRefused as refused:
        return {"refused": refused.reason}, [], True
    except MemoryError:
        # what it took may lie about in pieces: the next file gets a process of its own
        return {"refused": Refusal.COSTLY, "memory": True}, [], False
    except Exception as error:
        # ours or a library's slip: what it says may quote the file, so only the place is told
        out_of_memory = "alloc" in str(error).lower() or "memory" in str(error).lower()
        if out_of_memory:
            return {"refused": Refusal.COSTLY, "memory": True}, [], False
        return {"refused": Refusal.BROKEN, "at": f"{type(error).__name__} {where(error)}"}, [], True


if __name__ == "__main__":
    sys.exit(main())
