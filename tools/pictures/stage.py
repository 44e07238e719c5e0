"""The running demo that pictures are taken of, and people who sign in there."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from passlib.totp import TOTP
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from bot.db.engine import make_engine
from bot.db.schema import migrate
from bot.gateways.inspection import InspectionProcess
from bot.settings import KNOWLEDGE
from bot.web.demo_staff import PASSWORD, PEOPLE
from tests.demo import demo_installation
from tests.fixtures_nlu import running_nlu
from tests.installation import Installation

DESK = ViewportSize(width=1440, height=900)
PHONE = ViewportSize(width=360, height=740)
ZOOMED = ViewportSize(width=720, height=450)
"""A desk screen at 200 %."""
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@dataclass
class Stage:
    """A demo with nobody in it yet. Before `Installation.working` its line works when it is told to settle."""

    sapa: Installation
    browser: Browser
    _signed_in: dict[tuple[str, str], BrowserContext] = field(default_factory=dict)

    @property
    def home(self) -> str:
        return self.sapa.settings.public_url

    def open(self, path: str, size: ViewportSize = DESK, **more: object) -> Page:
        """A page nobody is signed in to."""
        page = self.browser.new_page(viewport=size, reduced_motion="reduce", **more)  # type: ignore[arg-type]
        page.goto(self.home + path)
        return page

    def open_as(
        self, first_name: str, path: str, size: ViewportSize = DESK, *, dark: bool = False, language: str = "id"
    ) -> Page:
        """A page that one of the demo's staff is signed in to."""
        # a browser each: pages of one share their language
        context = self._signed_in.get((first_name, language)) or self._sign_in(first_name, language)
        page = context.new_page()
        page.set_viewport_size(size)
        page.emulate_media(color_scheme="dark" if dark else "light", reduced_motion="reduce")
        page.goto(f"{self.home}{path}{'&' if '?' in path else '?'}lang={language}")
        return page

    def _sign_in(self, first_name: str, language: str) -> BrowserContext:
        person = next(one for one in PEOPLE if one.name.startswith(first_name))
        context = self._signed_in[first_name, language] = self.browser.new_context()
        page = context.new_page()
        page.goto(f"{self.home}/desk")
        page.locator("#email").fill(person.email)
        page.locator("#password").fill(PASSWORD)
        page.get_by_role("button", name="Masuk").click()
        if person.key:
            page.locator("#code").fill(str(TOTP(key=person.key, format="base32").generate().token))
            page.locator("main button[type=submit]").first.click()
        page.wait_for_url("**/desk")
        page.close()
        return context


@contextmanager
def stage() -> Iterator[Stage]:
    """A demo of its own for every part: what one does there does not show in another's pictures."""
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="sapa-pictures-"))
        stack.callback(shutil.rmtree, folder)
        url = f"sqlite:///{folder / 'pictures.db'}"
        migrate(make_engine(url))
        _, nlu_url = stack.enter_context(running_nlu())
        sapa = stack.enter_context(demo_installation(url, nlu_url))
        inspector = InspectionProcess(KNOWLEDGE)
        stack.callback(inspector.close)
        sapa.fetching = replace(sapa.fetching, inspector=inspector)
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        stack.callback(browser.close)
        yield Stage(sapa, browser)
