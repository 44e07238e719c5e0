"""``/supervisor``, joined: who waits and whether everything works, as of now and live; then the figures of a week."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, abort, g, render_template, request

from bot.contracts import Role
from bot.web.accounts.guard import requires
from bot.web.desk.office import Desk
from bot.web.health import Health
from bot.web.live.turns import in_turn
from bot.web.supervisor import behind, damaged, now, sheet, week
from bot.web.supervisor.spans import office_span


def supervisor_blueprint(desk: Desk, health: Health) -> Blueprint:
    pages = Blueprint("supervisor", __name__, url_prefix="/supervisor")
    read = week.Reader(desk)

    @pages.get("")
    @requires(Role.SUPERVISOR)
    def show() -> str:
        chosen = read.chosen(request.args.get("week", ""))
        down = health.lately_down()
        with desk.database.reading(g.actor.office_id) as session:
            state = now.look(session, desk, down)
            figures = read.figures(session, chosen)
        return render_template("supervisor/page.html", seat=g.seat, state=state, week=figures, office_span=office_span)

    @in_turn
    def fresh(down: list[str]) -> Response:
        with desk.database.reading(g.actor.office_id) as session:
            if request.args.get("since") == now.version(session, desk, down):
                return Response(status=HTTPStatus.NO_CONTENT)
            state = now.look(session, desk, down)
        return Response(render_template("supervisor/news.html", seat=g.seat, state=state))

    @pages.get("/news")
    @requires(Role.SUPERVISOR)
    def news() -> Response:
        """204 while nothing changed since ``since``; else the first part of the page, to its place by its id."""
        return fresh(health.lately_down())  # parts that are slow to answer must not hold up whoever is next

    @pages.get("/figures.csv")
    @requires(Role.SUPERVISOR)
    def figures_file() -> Response:
        by = request.args.get("by", "")
        if by not in week.BY:
            abort(404)
        chosen = read.chosen(request.args.get("week", ""))
        with desk.database.reading(g.actor.office_id) as session:
            figures = read.figures(session, chosen)
        return sheet.of_figures(figures, by)

    @pages.get("/tickets")
    @requires(Role.SUPERVISOR)
    def tickets() -> str:
        """What stands behind a number: ``of`` names it; a figure has ``week``, perhaps ``officer`` or ``service``."""
        with desk.database.reading(g.actor.office_id) as session:
            found = behind.find(session, desk, read, request.args, behind.PAGE)
        return render_template("supervisor/tickets.html", seat=g.seat, list=found)

    @pages.get("/damaged")
    @requires(Role.SUPERVISOR)
    def damaged_files() -> str:
        with desk.database.reading(g.actor.office_id) as session:
            rows = damaged.find(session, desk)
        return render_template("supervisor/damaged.html", seat=g.seat, rows=rows)

    @pages.get("/tickets.csv")
    @requires(Role.SUPERVISOR)
    def tickets_file() -> Response:
        """The same list whole, without the citizens' names."""
        with desk.database.reading(g.actor.office_id) as session:
            found = behind.find(session, desk, read, request.args, None)
        return sheet.of_tickets(found)

    @pages.after_request
    def unseen(response: Response) -> Response:
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return pages
