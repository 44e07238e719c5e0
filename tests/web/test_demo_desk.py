"""In the demo one click opens the desk as an invented officer; nobody else's account, and nowhere else."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from bot.contracts import Role
from bot.desk import credentials
from bot.web.demo_staff import PASSWORD, PEOPLE
from tests.demo import demo_installation
from tests.installation import Installation
from tests.people import CSRF, invite, link_of, member

ONWARD = re.compile(r'http-equiv="refresh" content="0; url=([^"]+)"')
HOST, OTHER = "127.0.0.1:8080", "localhost:8080"


@pytest.fixture
def demo(database_url: str) -> Iterator[Installation]:
    with demo_installation(database_url, "http://127.0.0.1:9") as sapa:
        yield sapa


def click(browser: FlaskClient, slug: str, host: str = HOST) -> tuple[int, str]:
    """Status of the form's answer, and where it leads."""
    token = CSRF.search(browser.get("/simulator/staff", base_url=f"http://{host}").text)
    assert token
    given = {"csrf_token": html.unescape(token[1])}
    answer = browser.post(f"/simulator/officers/{slug}", data=given, base_url=f"http://{host}")
    onward = ONWARD.search(answer.text)
    return answer.status_code, html.unescape(onward[1]) if onward else ""


def follow(browser: FlaskClient, link: str) -> int:
    host, path = re.fullmatch(r"http://([^/]+)(/.*)", link).groups()  # type: ignore[union-attr]
    return browser.get(path, base_url=f"http://{host}").status_code


def who(browser: FlaskClient, host: str = HOST) -> str:
    page = browser.get("/account", base_url=f"http://{host}")
    return page.text if page.status_code == 200 else ""


@pytest.mark.parametrize("slug", ["hasnah", "sulfiana", "andi"])
def test_one_click_opens_the_desk_as_this_officer(demo: Installation, slug: str) -> None:
    browser = demo.app.test_client()
    status, link = click(browser, slug)
    assert status == 200
    assert link.startswith(f"http://{HOST}/")
    assert follow(browser, link) == 302
    name = next(person.name for person in PEOPLE if person.slug == slug)
    assert name in who(browser)
    assert browser.get("/desk", base_url=f"http://{HOST}").status_code == 200


def test_two_neighbours_have_a_host_each_and_so_a_session_each(demo: Installation) -> None:
    browser = demo.app.test_client()
    follow(browser, click(browser, "hasnah")[1])
    _, link = click(browser, "ridwan")
    assert link.startswith("http://localhost:8080/")
    follow(browser, link)
    assert "Hasnah Contoh" in who(browser)
    assert "Ridwan Contoh" in who(browser, OTHER)
    assert click(browser, "ridwan", OTHER)[1].startswith("http://127.0.0.1:8080/")
    assert click(browser, "ridwan", "sapa.test:81")[1].startswith("http://sapa.test:81/"), "it has no other name"


def test_a_supervisor_comes_in_with_the_second_factor_which_opens_once(demo: Installation) -> None:
    browser, other = demo.app.test_client(), demo.app.test_client()
    link = click(browser, "maryam")[1]
    assert follow(browser, link) == 302
    assert "Maryam Contoh" in who(browser, OTHER)
    assert follow(browser, click(browser, "maryam")[1]) == 302, "who is in already needs no code"
    assert follow(other, click(other, "maryam")[1]) == 409, "a code opens once"
    assert who(other, OTHER) == ""


def test_a_link_opens_once_and_not_for_long(demo: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = demo.app.test_client(), demo.app.test_client()
    link = click(first, "hasnah")[1]
    assert follow(first, link) == 302
    assert follow(second, link) == 404
    late, now = click(second, "hasnah")[1], time.time()
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: now + 90)
    assert follow(second, late) == 404
    assert follow(second, late[:-3] + "AAA") == 404
    assert who(second) == ""


def test_only_the_form_of_our_own_page_opens_it(demo: Installation) -> None:
    browser = demo.app.test_client()
    assert browser.post("/simulator/officers/hasnah").status_code == 400
    assert browser.get("/simulator/officers/hasnah").status_code in (404, 405)


def test_nobody_else_can_be_signed_in(demo: Installation) -> None:
    real = invite(demo.app, Role.OFFICER, email="nyata@contoh.example")
    browser = demo.app.test_client()
    assert click(browser, "nyata")[0] == 404
    assert click(browser, real.email)[0] == 404
    assert who(browser) == ""


def test_an_account_of_that_name_with_its_own_password_stays_shut(demo: Installation) -> None:
    """Somebody took the invented person's address for a real one, or changed the password."""
    person = next(one for one in PEOPLE if one.slug == "ridwan")
    real = member(demo.app, Role.OFFICER, email="lain@contoh.example")
    assert real.person.email != person.email
    with demo.database.transaction() as session:
        staff = credentials.find_staff(session, "email", person.email)
        other = credentials.find_staff(session, "email", "lain@contoh.example")
        assert staff
        assert other
        staff.password = other.password
    browser = demo.app.test_client()
    assert follow(browser, click(browser, "ridwan")[1]) == 409
    assert who(browser, OTHER) == ""


def test_an_account_that_is_closed_stays_shut(demo: Installation) -> None:
    with demo.database.transaction() as session:
        staff = credentials.find_staff(session, "email", "hasnah@contoh.example")
        assert staff
        staff.active = False
    browser = demo.app.test_client()
    assert follow(browser, click(browser, "hasnah")[1]) == 409
    assert who(browser) == ""


def test_outside_the_demo_there_is_no_such_door(deaf_sapa: Installation) -> None:
    app = deaf_sapa.app
    assert not [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/simulator")]
    app.config["WTF_CSRF_ENABLED"] = False
    browser = app.test_client()
    person = invite(app, Role.OFFICER, email="hasnah@contoh.example")  # even with that address and that password
    at = link_of(app, person)
    browser.post(at, data={"password": PASSWORD, "again": PASSWORD})
    browser.get("/sign-out")
    stranger = app.test_client()
    assert stranger.post("/simulator/officers/hasnah").status_code == 404
    assert stranger.get("/simulator/officers/enter/x").status_code == 404
    assert who(stranger) == ""


def test_the_names_in_addresses_are_told_apart() -> None:
    slugs = [person.slug for person in PEOPLE]
    assert len(set(slugs)) == len(slugs)
