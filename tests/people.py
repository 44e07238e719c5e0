"""Invented staff, and the browsers they sit at. For tests of anything that stands behind a sign-in:

    browser = signed_in(sapa.app, Role.SUPERVISOR)
    browser.get("/supervisor")
    browser.post("/account/whatsapp", whatsapp="+6281100000001")

Everything goes through the front door: the invitation's link, the password, the second factor.
"""

from __future__ import annotations

import html
import re
import time
from dataclasses import dataclass
from itertools import count
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from passlib.totp import TOTP
from sqlalchemy import select
from werkzeug.test import TestResponse

from bot.contracts import Role
from bot.db.session import Database
from bot.desk import staff
from bot.models import Office, Staff
from bot.pieces import utc_now
from bot.web.accounts.keys import derive_keys
from bot.web.accounts.links import Links

PASSWORD = "kata sandi uji coba"
SECRET = "s" * 32  # as tests/installation.py has it
CSRF = re.compile(r'name="csrf_token" value="([^"]+)"')
KEY = re.compile(r'class="key">([^<]+)<')
_numbers = count(1)


@dataclass
class Person:
    """``key`` is of their authenticator app, once they have one."""

    email: str
    post_id: int
    staff_id: int
    office_id: int
    key: str = ""
    codes_used: int = 0

    def code(self) -> str:
        """A code not used before: each opens once, and the app takes one time step early."""
        ahead = 30 * self.codes_used
        self.codes_used += 1
        return str(TOTP(key=self.key, format="base32").generate(time=time.time() + ahead).token)


@dataclass
class Browser:
    """Follows no redirect by itself; fills in the CSRF token that stood on the page with the form."""

    client: FlaskClient
    person: Person

    def get(self, url: str) -> TestResponse:
        return self.client.get(url)

    def post(self, url: str, form_on: str | None = None, **form: object) -> TestResponse:
        """``form_on`` is the page with the form, when it is not the address itself or one's account."""
        found = next(
            (match for page in (form_on or url, "/account") if (match := CSRF.search(self.client.get(page).text))), None
        )
        token = html.unescape(found[1]) if found else ""
        return self.client.post(url, data={"csrf_token": token, **form})

    def sign_in(self, password: str = PASSWORD) -> TestResponse:
        return self.post("/sign-in", email=self.person.email, password=password)

    def sign_in_fully(self) -> None:
        """Through the second factor, which is set up where it is asked for."""
        answer = self.sign_in()
        if "/sign-in/code" in (answer.location or ""):
            answer = self.post("/sign-in/code", code=self.person.code())
        elif "/account/second-factor" in (answer.location or ""):
            answer = self.set_up_second_factor()
        assert answer.status_code == 302, answer.text
        assert self.get("/account").status_code == 200

    def set_up_second_factor(self) -> TestResponse:
        page = self.post("/account/second-factor", setup="authenticator").text
        self.person.key = "".join(KEY.findall(page)[0].replace("-", "").split())
        action = re.findall(r'action="([^"]+)"', page)[0]
        token = html.unescape(CSRF.findall(page)[0])
        return self.client.post(action, data={"csrf_token": token, "code": self.person.code()})


def invite(
    app: Flask, role: Role, *, prefix: str = "PKP", email: str = "", name: str = "", whatsapp: str | None = None
) -> Person:
    """Somebody who has not followed their link yet."""
    number = next(_numbers)
    database: Database = app.extensions["sapa_database"]
    email = email or f"orang{number}@contoh.example"
    with database.transaction() as session:
        office = session.scalars(select(Office).where(Office.prefix == prefix)).one()
        post = staff.invite(
            session,
            office.id,
            email=email,
            name=name or f"Orang {number}",
            role=role,
            whatsapp=whatsapp,
            by="line",
            now=utc_now(),
        )
        return Person(email, post.id, post.staff_id, office.id)


def link_of(app: Flask, person: Person) -> str:
    """The path of a link by which this person sets a password."""
    database: Database = app.extensions["sapa_database"]
    with database.reading() as session:
        row = session.get_one(Staff, person.staff_id)
        return urlsplit(Links(derive_keys(SECRET).link, "").make(row, utc_now())).path


def at_browser(app: Flask, person: Person) -> Browser:
    return Browser(app.test_client(), person)


def member(app: Flask, role: Role, **more: str) -> Browser:
    """Somebody with a password, signed out."""
    person = invite(app, role, **more)
    browser = at_browser(app, person)
    answer = browser.post(link_of(app, person), password=PASSWORD, again=PASSWORD)
    assert answer.status_code == 302, answer.text
    return browser


def signed_in(app: Flask, role: Role, **more: str) -> Browser:
    """Somebody at work in the office with this ``prefix`` (PKP unless told otherwise)."""
    browser = member(app, role, **more)
    browser.sign_in_fully()
    return browser


def add_office(app: Flask, prefix: str, sender: str, name: str = "Kantor Kedua") -> int:
    """Another office of the installation; its id."""
    database: Database = app.extensions["sapa_database"]
    with database.transaction() as session:
        office = Office(prefix=prefix, name=name, sender=sender, time_zone="Asia/Makassar", created_at=utc_now())
        session.add(office)
        session.flush()
        return office.id
