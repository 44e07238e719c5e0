"""Nothing jumps while a page loads: on a slow line scripts come long after the first paint, and a slow phone reads a
page in pieces."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Page, Route, ViewportSize

from bot.contracts import Role
from tests.browser.conftest import DESK, PHONE
from tests.browser.test_review_journey import Draws
from tests.files import photo
from tests.installation import Installation, installation
from tests.journeys.citizen import Citizen
from tests.people import signed_in
from tests.web.papers_sent import PAPERS, on_a_working_day

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]
LATE = 1.5  # seconds that a script takes
TIMES_SLOWER = 6  # a cheap phone beside this machine
NOTES_SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => list.getEntries().forEach((shift) => window.shifts.push(
  [shift.value, ...shift.sources.map(({ node }) => node && (node.outerHTML || node.textContent).slice(0, 120))]
))).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture
def sapa(database_url: str, nlu_server: tuple[object, str]) -> Iterator[Installation]:
    with installation(database_url, nlu_server[1], demo=True) as running:
        running.fetching = replace(running.fetching, inspector=Draws())
        on_a_working_day(running)
        yield running


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_late_scripts_move_nothing(sapa: Installation, open_page: Callable[..., Page], size: ViewportSize) -> None:
    citizen = Citizen(sapa)
    citizen.begins("mau kirim berkas akta lahir bayi", "1", "1", "1")
    citizen.sends(*map(photo, PAPERS))
    citizen.says("kirim")
    submission, file = citizen.submissions()[0], citizen.files()[0]
    page = open_page(signed_in(sapa.app, Role.SUPERVISOR), "/account", size)
    page.add_init_script(NOTES_SHIFTS)
    page.route("**/*.js", late)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": TIMES_SLOWER})
    paths = ("/desk?tray=all", "/desk/1", f"/desk/submissions/{submission.id}", f"/desk/files/{file.id}", "/supervisor")
    jumped = {}
    for path in paths:
        page.goto(sapa.settings.public_url + path)
        page.wait_for_timeout(1000)
        if shifts := page.evaluate("window.shifts"):
            jumped[path] = shifts
    assert jumped == {}


def late(route: Route) -> None:
    time.sleep(LATE / 5)  # one after the other, of about five a page
    route.continue_()
