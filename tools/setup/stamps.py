"""What was done already: a stamp holds the fingerprint of what a step was made from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from tools.setup.place import ROOT, STATE


def fingerprint(files: Iterable[Path], *words: str) -> str:
    """Of names, contents and ``words``; of the checkout's place too: environments hold absolute paths."""
    sha = hashlib.sha256("\0".join((str(ROOT), *words)).encode())
    for file in sorted(files):
        sha.update(f"\0{file.relative_to(ROOT)}\0".encode())
        sha.update(file.read_bytes())
    return sha.hexdigest()


def is_done(name: str, made_from: str) -> bool:
    stamp = STATE / f"{name}.stamp"
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == made_from


def mark_done(name: str, made_from: str) -> None:
    STATE.mkdir(parents=True, exist_ok=True)
    (STATE / f"{name}.stamp").write_text(made_from, encoding="utf-8")
