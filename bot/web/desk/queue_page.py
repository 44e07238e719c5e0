"""``/desk``: who waits, for how long, and what the officer is told."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, g, render_template, request, url_for
from flask import session as browser_session
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from bot.contracts import Role, Way
from bot.desk import alerted, board, duty, labels, notices, reading, staff, templates, versions
from bot.desk.board import Spot, Tray, Wanted
from bot.web.accounts.guard import requires
from bot.web.desk.frame import LIST
from bot.web.desk.office import Desk
from bot.web.desk.shown import Shower
from bot.web.desk.spots import read_spot, spot_words
from bot.web.live.turns import in_turn

PANE = 25  # cards of each list beside a conversation


def queue_routes(pages: Blueprint, desk: Desk) -> None:
    @pages.get("")
    @requires(Role.OFFICER)
    def queue() -> str:
        """``?tray=``, ``service=``, ``label=`` choose the list; ``at=`` and ``after=`` the page of it."""
        browser_session[LIST] = request.full_path.rstrip("?")  # a conversation leads back to it
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

    @pages.get("/list")
    @requires(Role.OFFICER)
    @in_turn
    def list_pane() -> str:
        """The list beside a conversation (``here``): one's own, then who waits."""
        post_id, now = g.actor.post_id, desk.now()
        show = Shower.of(desk.office(), g.seat, now)
        with desk.database.reading(g.actor.office_id) as session:
            trays = {
                tray: show.queue(board.page(session, Wanted(tray), post_id, now, most=PANE).cards)
                for tray in (Tray.MINE, Tray.WAITING)
            }
            counts = board.counts(session, Wanted(), post_id, now)
        return render_template(
            "desk/_list_pane.html", trays=trays, counts=counts, here=request.args.get("here", type=int)
        )

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
    office, now, post_id = desk.office(), desk.now(), g.actor.post_id
    show = Shower.of(office, g.seat, now)
    wanted, after = _wanted(), read_spot(request.args)
    page = board.page(session, wanted, post_id, now, after)
    is_queue = wanted == Wanted() and after is None  # only there a card's place is its place in the queue
    counts = board.counts(session, wanted, post_id, now)
    names = {post.id: person.name for post, person in staff.team(session)}
    return {
        "seat": g.seat,
        "wanted": wanted,
        "trays": [(tray, counts[tray], _address(wanted, tray=tray)) for tray in Tray],
        "shown_tickets": show.queue(page.cards) if is_queue else [show.ticket(card) for card in page.cards],
        "first_page": _address(wanted) if after else None,
        "next_page": _address(wanted, page.following) if page.following else None,
        "unread": reading.unread_count(session, post_id),
        "services": sorted((show.about(service), service) for service in board.services(session)),
        "labels": labels.active(session),
        "waiting_count": board.waiting_count(session),
        "alerts": show.alerts(alerted.standing(session, post_id)),
        "on_duty": [names[post.id] for post in duty.on_duty(session, g.actor.office_id, now, show.rules.calendar)],
        "is_open": show.rules.calendar.is_open(now),
        "ways_missing": [way for way, is_set in _ways(session, desk) if not is_set],
        "push_key": desk.push_key(),
        "news": _news_address(),
    }


def _ways(session: Session, desk: Desk) -> list[tuple[Way, bool]]:
    ways = desk.office().ways(templates.approved_templates(session, g.actor.office_id))
    return [(way, ways[way]) for way in Way]


def _wanted() -> Wanted:
    """What is not known is not wanted: an old bookmark opens the queue."""
    tray = request.args.get("tray", "")
    return Wanted(
        Tray(tray) if tray in set(Tray) else Tray.WAITING,
        request.args.get("service", "")[:40] or None,
        request.args.get("label", type=int),
    )


def _news_address() -> str:
    """Of the same list's news."""
    asked: dict[str, Any] = request.args.to_dict()
    return url_for("desk.news", **asked)


def _address(wanted: Wanted, spot: Spot | None = None, *, tray: Tray | None = None) -> str:
    """Of this list, or of its page behind a spot; of another tray, narrowed alike."""
    asked: dict[str, Any] = {"tray": tray or wanted.tray, "service": wanted.service, "label": wanted.label}
    if spot is not None:
        asked |= spot_words(spot)
    return url_for("desk.queue", **asked)
