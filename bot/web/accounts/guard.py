"""Who may come in: every page for staff stands behind `requires`."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import abort, g, redirect, request, session, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from bot.contracts import Role
from bot.desk.credentials import Seat

View = TypeVar("View", bound=Callable[..., Any])
OFFICE = "office_id"  # in the session: the office they work in now
RANK = {role: rank for rank, role in enumerate(Role)}
SET_UP = "security.two_factor_setup"
# Until the second factor is set up, who must have one reaches these alone.
BEFORE_SET_UP = frozenset(
    {
        SET_UP,
        "security.two_factor_setup_validate",
        "security.verify",
        "security.logout",
        "static",
    }
)


def requires(role: Role) -> Callable[[View], View]:
    """Lets in who is signed in and has this role, or a higher one, in the office they work in now.

    The view finds ``g.actor`` (an Actor) and ``g.seat`` (the same with the office's name). Signed out: 302 to the
    sign-in page, which leads back. Another role: 403. CSRF is checked before, for every form of the application.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not current_user.is_authenticated:
                return to_sign_in()
            seat = current_seat()
            if seat is None or RANK[seat.actor.role] < RANK[role]:
                abort(403)
            g.seat, g.actor = seat, seat.actor
            return view(*args, **kwargs)

        guarded.required_role = role  # type: ignore[attr-defined]  # the house test of routes reads it
        return guarded  # type: ignore[return-value]

    return decorate


def current_seat() -> Seat | None:
    """The signed-in person's post in the office they chose, else in the one they joined first."""
    seats: tuple[Seat, ...] = current_user.seats
    chosen = (seat for seat in seats if seat.actor.office_id == session.get(OFFICE))
    return next(chosen, seats[0] if seats else None)


def turn_to_set_up() -> Response | None:
    """Before every request. Supervisors and administrators without a second factor go and set one up, wherever they
    wanted to go: also one whose role was raised while they were signed in."""
    if "_user_id" not in session or request.endpoint in BEFORE_SET_UP or not current_user.is_authenticated:
        return None
    if current_user.must_have_second_factor and not current_user.has_second_factor:
        return redirect(url_for(SET_UP))
    return None


def to_sign_in(*_: Any, **__: Any) -> Response:
    """Also what Flask-Security does with strangers: no message, since nothing went wrong."""
    wanted = request.full_path.rstrip("?") if request.method == "GET" else ""
    target = url_for("security.login")
    return redirect(f"{target}?{urlencode({'next': wanted})}" if wanted else target)
