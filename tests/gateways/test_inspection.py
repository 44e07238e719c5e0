"""The process that looks into files: what it could not do for want of memory is no fault of the file at hand."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.contracts.files import FetchedFile, Refusal
from bot.errors import FileRefused
from bot.gateways.inspection import InspectionProcess

FILE = FetchedFile(b"any", "image/jpeg")
# with its second file, a process has its memory in pieces
WORN_BY_THE_FIRST = """
import sys
from bot.inspection import wire
for count in range(9):
    wire.receive(sys.stdin.buffer)
    worn = {"refused": "costly", "memory": True}
    wire.send(sys.stdout.buffer, worn if count >= HEALTHY else {"refused": "type"}, [])
"""


@pytest.fixture
def inspector(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[InspectionProcess]:
    found = InspectionProcess(Path())
    script = WORN_BY_THE_FIRST.replace("HEALTHY", str(request.param))
    monkeypatch.setattr(found, "_command", [sys.executable, "-c", script])
    yield found
    found.close()


@pytest.mark.parametrize("inspector", [1], indirect=True)
def test_a_file_that_finds_no_memory_after_others_is_looked_at_by_a_fresh_process(inspector: InspectionProcess) -> None:
    for _ in range(3):
        with pytest.raises(FileRefused) as refused:
            inspector.inspect(FILE)
        assert refused.value.reason == Refusal.TYPE


@pytest.mark.parametrize("inspector", [0], indirect=True)
def test_a_file_that_asks_for_too_much_of_a_fresh_process_is_refused(inspector: InspectionProcess) -> None:
    with pytest.raises(FileRefused) as refused:
        inspector.inspect(FILE)
    assert refused.value.reason == Refusal.COSTLY
