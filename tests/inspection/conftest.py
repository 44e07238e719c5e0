"""The inspection as the worker has it: in its process, confined."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.gateways.inspection import InspectionProcess
from bot.settings import KNOWLEDGE


@pytest.fixture(scope="session")
def inspector() -> Iterator[InspectionProcess]:
    """One for all tests: its models take seconds to load."""
    process = InspectionProcess(KNOWLEDGE)
    yield process
    process.close()
