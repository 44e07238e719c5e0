"""``/desk``, joined: its pages and verbs on one blueprint."""

from __future__ import annotations

from flask import Blueprint, Response

from bot.web.desk.device import device_routes
from bot.web.desk.office import Desk
from bot.web.desk.parked_verbs import parked_routes
from bot.web.desk.queue_page import queue_routes
from bot.web.desk.thread_page import ThreadPage, thread_routes
from bot.web.desk.verbs import verb_routes
from bot.web.live.page import live_routes
from bot.web.live.presence_page import presence_routes
from bot.web.live.streams import Streams


def desk_blueprint(desk: Desk, streams: Streams) -> Blueprint:
    pages = Blueprint("desk", __name__, url_prefix="/desk")
    queue_routes(pages, desk)
    device_routes(pages, desk)
    thread = ThreadPage(desk)
    thread_routes(pages, thread)
    verb_routes(pages, desk, thread)
    parked_routes(pages, desk, thread)
    live_routes(pages, desk, streams)
    presence_routes(pages, desk)

    @pages.after_request
    def unseen(response: Response) -> Response:
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return pages
