"""``/desk``: who waits, for how long, and what the officer is told."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, g, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from bot.contracts import Role, Way
from bot.desk import alerted, board, duty, notices, staff, templates, versions
from bot.desk.board import Tray
from bot.web.accounts.guard import requires
from bot.web.desk.office import Desk
from bot.web.desk.shown import Shower
from bot.web.live.turns import in_turn


def queue_routes(pages: Blueprint, desk: Desk) -> None:
    @pages.get("")
    @requires(Role.OFFICER)
    def queue() -> str:
        with desk.database.reading(g.actor.office_id) as session:
            version = _version(session, desk)
            return render_template("desk/queue.html", **_board(session, desk), version=version)

    @pages.get("/news")
    @requires(Role.OFFICER)
    @in_turn
    def news() -> AnyResponse:
        """204 while nothing changed since ``since``; else the pieces, each named by its id."""
        with desk.database.reading(g.actor.office_id) as session:
            version = _version(session, desk)
            if request.args.get("since") == version:
                return Response(status=HTTPStatus.NO_CONTENT)
            return Response(render_template("desk/queue_news.html", **_board(session, desk), version=version))

    @pages.post("/seen")
    @requires(Role.OFFICER)
    def seen() -> AnyResponse:
        """The page is before their eyes: its alerts have arrived."""
        with desk.database.transaction(g.actor.office_id) as session:
            notices.seen(session, g.actor.post_id, desk.now())
        return Response(status=HTTPStatus.NO_CONTENT)


def _version(session: Session, desk: Desk) -> str:
    """A new one every minute too: the countdowns are the server's."""
    minute = int(desk.now().timestamp()) // 60
    return f"{versions.of_office(session, g.actor.office_id, g.actor.post_id)}.{minute}"


def _board(session: Session, desk: Desk) -> dict[str, Any]:
    office, now = desk.office(), desk.now()
    show = Shower.of(office, g.seat, now)
    trays = {tray: board.cards(session, tray, g.actor.post_id) for tray in Tray}
    names = {post.id: person.name for post, person in staff.team(session)}
    present = duty.on_duty(session, g.actor.office_id, now, show.rules.calendar)
    ways = office.ways(templates.approved_templates(session, g.actor.office_id))
    return {
        "seat": g.seat,
        "waiting": show.queue(trays[Tray.WAITING]),
        "others": {tray: [show.ticket(card) for card in trays[tray]] for tray in Tray if tray is not Tray.WAITING},
        "counts": board.counts(session, g.actor.post_id),
        "alerts": show.alerts(alerted.standing(session, g.actor.post_id)),
        "on_duty": [names[post.id] for post in present],
        "is_open": show.rules.calendar.is_open(now),
        "ways_missing": [way for way in Way if not ways[way]],
        "push_key": desk.push_key(),
    }
