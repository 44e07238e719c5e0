"""``/desk/device``: this browser may show alerts, or no longer."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, g, request
from flask_login import current_user

from bot.contracts import Role
from bot.desk import devices
from bot.web.accounts.guard import requires
from bot.web.desk.office import Desk

LONGEST = {"endpoint": 1000, "p256dh": 200, "auth": 100}  # as the columns are


def device_routes(pages: Blueprint, desk: Desk) -> None:
    @pages.post("/device")
    @requires(Role.OFFICER)
    def remember_device() -> Response:
        with desk.database.transaction(g.actor.office_id) as session:
            devices.remember(session, current_user.id, **_subscription(), now=desk.now())
        return Response(status=HTTPStatus.NO_CONTENT)

    @pages.post("/device/forget")
    @requires(Role.OFFICER)
    def forget_device() -> Response:
        with desk.database.transaction(g.actor.office_id) as session:
            devices.forget(session, current_user.id, request.form.get("endpoint", ""))
        return Response(status=HTTPStatus.NO_CONTENT)


def _subscription() -> dict[str, str]:
    """What the browser gave; whether its address may be called is asked where it is called."""
    given = {name: request.form.get(name, "") for name in LONGEST}
    fits = all(0 < len(given[name]) <= longest for name, longest in LONGEST.items())
    if not fits or urlsplit(given["endpoint"]).scheme != "https":
        abort(HTTPStatus.BAD_REQUEST)
    return given
