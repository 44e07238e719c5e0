"""Where people land after signing in, until the desk stands there."""

from __future__ import annotations

from flask import Blueprint, g, render_template

from bot.contracts import Role
from bot.web.accounts.guard import requires


def home_blueprint() -> Blueprint:
    """``/desk`` and ``/supervisor``."""
    pages = Blueprint("home", __name__)

    @pages.get("/desk")
    @requires(Role.OFFICER)
    def desk() -> str:
        return render_template("accounts/home.html", seat=g.seat)

    @pages.get("/supervisor")
    @requires(Role.SUPERVISOR)
    def supervisor() -> str:
        return render_template("accounts/home.html", seat=g.seat)

    return pages
