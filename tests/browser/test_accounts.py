"""The staff's pages in a real browser: they fit a cheap phone, everyone can use them, and no script is needed."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from bot.contracts import Role
from tests.installation import Installation
from tests.people import PASSWORD, add_office, invite, link_of, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]
PHONE = ViewportSize(width=360, height=740)
DESK = ViewportSize(width=1440, height=900)
SMALL = """() => {
  const touched = "button, summary, select, textarea, a.btn, label.form-check, input.form-control, .aside a";
  const words = (text) => text.replace(/[^\\p{L}\\p{N}]/gu, "");
  const rest = (link) => [...link.parentElement.querySelectorAll("a")]
    .reduce((text, one) => text.replace(words(one.textContent), ""), words(link.parentElement.textContent));
  // a link within a sentence is as high as its line; one that stands alone must be touched as a button is
  const alone = [...document.querySelectorAll("main a")].filter((link) => words(link.textContent) && !rest(link));
  return [...document.querySelectorAll(touched), ...alone]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }))
    .map((one) => [one.outerHTML.slice(0, 120), one.getBoundingClientRect()])
    .filter(([, box]) => box.width < 44 || box.height < 44)
    .map(([html, box]) => `${Math.round(box.width)}x${Math.round(box.height)} ${html}`);
}"""


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize(("language", "scheme"), [("id", "light"), ("en", "dark")])
def test_from_the_invitation_to_the_team(
    deaf_sapa: Installation, browser: Browser, axe: str, size: ViewportSize, language: str, scheme: str
) -> None:
    """An administrator's first day, every page looked at on the way."""
    home, app = deaf_sapa.settings.public_url, deaf_sapa.app
    add_office(app, "MRS", "whatsapp:+6281100000099")
    chief = invite(app, Role.ADMINISTRATOR)
    invite(app, Role.OFFICER, prefix="MRS", email=chief.email)
    colleague = signed_in(app, Role.OFFICER).person
    context = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    page = context.new_page()
    troubles: list[str] = []
    page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)

    page.goto(f"{home}{link_of(app, chief)}?lang={language}")
    look(page, axe, "link")
    for box in page.locator("input[type=password]").all():
        box.fill(PASSWORD)
    page.locator("main button").click()
    look(page, axe, "sign-in")
    page.locator("#email").fill(chief.email)
    page.locator("#password").fill(PASSWORD)
    page.locator("main button").click()
    look(page, axe, "second-factor")
    page.locator("main button").click()
    look(page, axe, "second-factor-code")
    chief.key = "".join(page.locator(".key").inner_text().replace("-", "").split())
    page.locator("#code").fill(chief.code())
    page.locator("main button").click()
    expect(page.locator("h1")).to_have_text("Antrean")
    # the account's own language is Indonesian; the choice on the page was for the sign-in
    page.goto(f"{home}/account?lang={language}")
    look(page, axe, "account")
    for path in ("/desk", "/account/password", "/account/recovery-codes", "/staff", "/staff/invite"):
        page.goto(home + path)
        look(page, axe, path.strip("/").replace("/", "-"))
    page.locator("main button").last.click()  # nothing written: the browser holds the form back
    page.goto(f"{home}/staff/{colleague.post_id}")
    look(page, axe, "member")
    page.locator("form[action$=link] button").click()
    look(page, axe, "member-link")
    page.goto(f"{home}/account/recovery-codes")
    page.locator("main button").click()
    look(page, axe, "recovery-codes-shown")
    expect(page.locator(".codes code")).to_have_count(8)
    assert troubles == []
    context.close()


def look(page: Page, axe: str, name: str) -> None:
    """It fits, can be touched, and passes the accessibility checker."""
    page.wait_for_load_state("load")  # before its style is there everything is small
    where = f"{name} at {urlsplit(page.url).path}"
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{where} is too wide"
    assert page.evaluate(SMALL) == [], where
    page.evaluate(axe)
    found = page.evaluate(
        "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    )
    assert [(wrong["id"], wrong["nodes"][0]["html"][:200]) for wrong in found["violations"]] == [], where
