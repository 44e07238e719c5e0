"""``/simulator/officers``: the desk as one of the demo's invented officers, in one click.

The password that everybody may know, the second factor where the role must have one, the locks: all as at the sign-in.
A browser keeps one session a host, so of two people who open the desk at the same time one gets the machine's other
name: 127.0.0.1 and localhost have a session each. The click is a form; a link good once and for a minute leads there.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from http import HTTPStatus

from flask import Blueprint, Response, abort, current_app, redirect, render_template, request, session, url_for
from flask_login import current_user
from flask_security import login_user
from flask_security.proxies import _security
from itsdangerous import BadData, URLSafeTimedSerializer
from passlib.totp import TOTP
from werkzeug.wrappers import Response as AnyResponse

from bot.web.accounts.account import Account
from bot.web.accounts.guard import OFFICE
from bot.web.accounts.language import language, t
from bot.web.demo_staff import PASSWORD, PEOPLE, DemoPerson
from bot.web.simulator_phones import desk_of

LOOPBACK = ("127.0.0.1", "localhost")
GOOD_FOR = 60  # seconds
CODE_STEP = 30  # seconds, one step of the authenticator app


def simulator_officers_blueprint() -> Blueprint:
    pages = Blueprint("simulator_officers", __name__, url_prefix="/simulator/officers")
    links = _Links()

    @pages.post("/<slug>")
    def open_desk(slug: str) -> str:
        """A page that goes on by itself: a form may not lead to another host (``form-action``)."""
        person = person_of(slug) or abort(HTTPStatus.NOT_FOUND)
        path = url_for("simulator_officers.enter", token=links.make(slug))
        return _page(person, onward=origin(request.host, desk_of(person)) + path)

    @pages.get("/enter/<token>")
    def enter(token: str) -> AnyResponse:
        person = person_of(links.take(token) or "")
        if person is None:
            abort(HTTPStatus.NOT_FOUND)
        is_here = current_user.is_authenticated and current_user.email == person.email
        if not is_here and not sign_in(person):
            return Response(_page(person, onward=""), HTTPStatus.CONFLICT)
        return redirect(url_for("desk.queue"))

    return pages


def person_of(slug: str) -> DemoPerson | None:
    return next((person for person in PEOPLE if person.slug == slug), None)


def origin(host: str, desk: int) -> str:
    """Where the desk of this number is reached, as seen by a browser that came by ``host``: the second one by the
    machine's other name, where it has one."""
    name, colon, port = host.partition(":")
    if desk and name in LOOPBACK:
        name = LOOPBACK[1 - LOOPBACK.index(name)]
    return f"{request.scheme}://{name}{colon}{port}"


def sign_in(person: DemoPerson) -> bool:
    """Whether the sign-in's own rules let this person in: an account that is open, with the demo's password and, where
    one is needed, the authenticator's code, which opens once."""
    account = _security.datastore.find_user(email=person.email)
    if not isinstance(account, Account) or not account.active or account.is_locked():
        return False
    if not account.verify_and_update_password(PASSWORD):
        return False
    if account.must_have_second_factor and not _opens(account, person):
        return False
    session.pop(OFFICE, None)  # without signing out whoever was here: that would end the simulator's own forms
    login_user(account, authn_via=["password"])
    account.store.commit()
    return True


def _opens(account: Account, person: DemoPerson) -> bool:
    if not person.key or not account.has_second_factor:
        return False
    code = str(TOTP(key=person.key, format="base32").generate().token)
    secret = account.tf_totp_secret or ""
    return bool(_security._totp_factory.verify_totp(code, secret, account, window=CODE_STEP))


def _page(person: DemoPerson, onward: str) -> str:
    return render_template("accounts/demo_desk.html", person=person, onward=onward, t=t, language=language())


class _Links:
    """Signed links, each good once. Those used are kept in the memory of the web process, which is one."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._used: dict[str, float] = {}
        self._lock = threading.Lock()

    def make(self, slug: str) -> str:
        return str(self._signed().dumps([slug, secrets.token_urlsafe(8)]))

    def take(self, token: str) -> str | None:
        """Whose link it is; None when it is none, too old or used."""
        try:
            slug, number = self._signed().loads(token, max_age=GOOD_FOR)
        except (BadData, ValueError):
            return None
        with self._lock:
            self._used = {one: until for one, until in self._used.items() if until > self._now()}
            if number in self._used:
                return None
            self._used[number] = self._now() + 2 * GOOD_FOR
        return str(slug)

    def _signed(self) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(current_app.secret_key or "", salt="simulator-officer")
