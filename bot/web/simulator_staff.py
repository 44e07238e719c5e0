"""``/simulator/staff``: how the demo's staff sign in, with the code that an authenticator app would show now."""

from __future__ import annotations

from flask import Blueprint, render_template
from passlib.totp import TOTP

from bot.web.accounts.language import language, t
from bot.web.demo_staff import PASSWORD, PEOPLE


def simulator_staff_blueprint() -> Blueprint:
    pages = Blueprint("simulator_staff", __name__, url_prefix="/simulator/staff")

    @pages.get("")
    def show() -> str:
        people = [
            (person, TOTP(key=person.key, format="base32").generate().token if person.key else "") for person in PEOPLE
        ]
        return render_template("accounts/demo.html", people=people, password=PASSWORD, t=t, language=language())

    return pages
