"""A real browser: Debian's Chromium, found on the path."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

FRONTEND = Path(__file__).parents[2] / "bot" / "web" / "frontend"
CHROMIUM = next((found for name in ("chromium", "chromium-browser") if (found := shutil.which(name))), "")
# As root there is no sandbox; without the rest, it looks for hosts that a test machine does not reach.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def missing(what: str) -> None:
    """Skips plainly on a developer's machine; where nothing may be skipped, fails."""
    sentence = f"{what} (set-up brings it: make setup)"
    if os.environ.get("CI") == "true":
        pytest.fail(sentence, pytrace=False)
    pytest.skip(sentence)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    if not CHROMIUM:
        missing("no Chromium on this machine: the browser tests did not run")
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": FLAGS}


@pytest.fixture(scope="session")
def axe() -> str:
    """The accessibility checker's script."""
    source = FRONTEND / "node_modules" / "axe-core" / "axe.min.js"
    if not source.exists():
        missing("axe-core is not installed: accessibility was not checked")
    return source.read_text(encoding="utf-8")
