"""A real browser: Debian's Chromium, found on the path."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.installation import Installation
from tests.people import Browser as Officer

PHONE = ViewportSize(width=360, height=740)
DESK = ViewportSize(width=1440, height=900)
FRONTEND = Path(__file__).parents[2] / "bot" / "web" / "frontend"
CHROMIUM = next((found for name in ("chromium", "chromium-browser") if (found := shutil.which(name))), "")
# More than it takes, so that a busy machine fails nothing (how fast it is, the benches tell); less than the 15 s
# between two heartbeats, when a page that has a stream asks by itself.
PATIENCE = 10_000  # ms
expect.set_options(timeout=PATIENCE)
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


@pytest.fixture
def open_page(sapa: Installation, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page as this officer, who is signed in already."""
    contexts: list[BrowserContext] = []

    def open_it(officer: Officer, path: str, size: ViewportSize = DESK) -> Page:
        context = browser.new_context(viewport=size, reduced_motion="reduce")
        contexts.append(context)
        cookie = officer.client.get_cookie("session")
        assert cookie is not None
        context.add_cookies([{"name": "session", "value": cookie.value, "url": sapa.settings.public_url}])
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(sapa.settings.public_url + path)
        return page

    yield open_it
    for context in contexts:
        context.close()
