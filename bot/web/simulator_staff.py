"""``/simulator/staff``: how the demo's staff sign in, with the code that an authenticator app would show now."""

from __future__ import annotations

from flask import Blueprint, render_template
from passlib.totp import TOTP

from bot.web.accounts.language import language, t
from bot.web.demo_staff import FIRST, PASSWORD, TRAINING, DemoPerson, people_of
from bot.web.simulator_phones import desk_of
from bot.web.simulator_texts import DEFAULT, TEXTS


def simulator_staff_blueprint() -> Blueprint:
    pages = Blueprint("simulator_staff", __name__, url_prefix="/simulator/staff")

    @pages.get("")
    def show() -> str:
        words = TEXTS.get(language(), TEXTS[DEFAULT])
        offices = {
            words[f"office_{prefix}"]: [(person, _code(person)) for person in people_of(prefix)]
            for prefix in (FIRST, TRAINING)
        }
        given = {"offices": offices, "password": PASSWORD, "desk_of": desk_of}
        return render_template("accounts/demo.html", **given, t=t, language=language())

    return pages


def _code(person: DemoPerson) -> str:
    return str(TOTP(key=person.key, format="base32").generate().token) if person.key else ""
