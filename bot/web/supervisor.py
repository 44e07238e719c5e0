"""``/supervisor``: as of now. Who waits, for how long, what is late, who is on duty, whether everything works."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Blueprint, Response, g, render_template

from bot.contracts import Role
from bot.desk import duty, overview, staff
from bot.desk.overview import Overview
from bot.web.accounts.guard import requires
from bot.web.desk.countdown import waited
from bot.web.desk.office import Desk
from bot.web.health import PARTS, Health

TWILIO_TAKES = timedelta(minutes=2)  # to take a message; what waits longer is told


def supervisor_blueprint(desk: Desk, health: Health) -> Blueprint:
    pages = Blueprint("supervisor", __name__, url_prefix="/supervisor")

    @pages.get("")
    @requires(Role.SUPERVISOR)
    def show() -> str:
        now = desk.now()
        rules = desk.office().rules(g.seat.prefix)
        with desk.database.reading(g.actor.office_id) as session:
            found = overview.look(session, now)
            names = {post.id: person.name for post, person in staff.team(session)}
            present = duty.on_duty(session, g.actor.office_id, now, rules.calendar)
        down = health.down()
        return render_template(
            "desk/supervisor.html",
            seat=g.seat,
            overview=found,
            longest=waited(found.waits_since, now) if found.waits_since else "",
            on_duty=[names[post.id] for post in present],
            parts={**{part: part not in down for part in PARTS}, "twilio": not _is_stuck(found, now)},
            stuck=waited(found.unsent_since, now) if found.unsent_since else "",
            at=f"{rules.calendar.local(now):%H.%M}",
        )

    @pages.after_request
    def unseen(response: Response) -> Response:
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return pages


def _is_stuck(found: Overview, now: datetime) -> bool:
    return found.unsent_since is not None and now - found.unsent_since > TWILIO_TAKES
