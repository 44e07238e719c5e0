"""Files nobody should send: told, within bounds, and the process that looks at them lives on."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from bot.contracts.files import FetchedFile, FileKind, Refusal
from bot.errors import FileRefused
from bot.gateways.inspection import InspectionProcess
from tests.inspection.hostile import HOSTILE
from tests.inspection.making import jpeg

LARGEST_PEAK = 450_000  # kB: with a worker's 150 MB it is 600


def test_there_are_many_kinds() -> None:
    assert len(HOSTILE) >= 40


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_answered_within_bounds(inspector: InspectionProcess, name: str) -> None:
    hostile = HOSTILE[name]
    body = hostile.make()
    inspector.inspect(FetchedFile(jpeg((40, 30))))  # the process is there
    before, start = inspector.pid, time.monotonic()
    answer = answered(inspector, body)
    assert answer in hostile.answers
    assert time.monotonic() - start < 60
    if inspector.pid == before:
        assert peak(before) < LARGEST_PEAK
    else:
        assert answer is Refusal.COSTLY  # it was ended, which is what a process of its own is for


def answered(inspector: InspectionProcess, body: bytes) -> Refusal | None:
    """None when it was kept: then what is kept is a picture or PDF of ours, not what came."""
    try:
        found = inspector.inspect(FetchedFile(body, "image/jpeg"))
    except FileRefused as refused:
        return Refusal(refused.reason)
    assert found.clean.startswith(b"%PDF-" if found.kind is FileKind.PDF else b"\xff\xd8\xff")
    assert found.clean != body
    assert len(found.clean) < 16 * 1024 * 1024
    return None


def peak(pid: int | None) -> int:
    """kB that were resident at most."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0])
