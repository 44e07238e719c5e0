"""``/desk``, joined: its pages and verbs on one blueprint."""

from __future__ import annotations

from flask import Blueprint, Response

from bot.web.desk.canned_page import canned_routes
from bot.web.desk.device import device_routes
from bot.web.desk.doing import Doing
from bot.web.desk.earlier_page import earlier_routes
from bot.web.desk.file_content import content_routes
from bot.web.desk.file_page import file_routes
from bot.web.desk.labels_page import label_routes
from bot.web.desk.office import Desk
from bot.web.desk.parked_verbs import parked_routes
from bot.web.desk.queue_page import queue_routes
from bot.web.desk.review_page import review_routes
from bot.web.desk.search_page import search_routes
from bot.web.desk.sorting import sorting_routes
from bot.web.desk.thread_page import ThreadPage, thread_routes
from bot.web.desk.verbs import verb_routes
from bot.web.desk.ways_back import ways_back
from bot.web.live.page import live_routes
from bot.web.live.presence_page import presence_routes
from bot.web.live.streams import Streams


def desk_blueprint(desk: Desk, streams: Streams) -> Blueprint:
    pages = Blueprint("desk", __name__, url_prefix="/desk")
    queue_routes(pages, desk)
    search_routes(pages, desk)
    device_routes(pages, desk)
    thread = ThreadPage(desk)
    thread_routes(pages, thread)
    earlier_routes(pages, desk)
    doing = Doing(desk, thread)
    verb_routes(pages, doing)
    parked_routes(pages, doing)
    sorting_routes(pages, doing)
    label_routes(pages, desk)
    canned_routes(pages, desk)
    review_routes(pages, desk)
    file_routes(pages, desk)
    content_routes(pages, desk)
    live_routes(pages, desk, streams)
    presence_routes(pages, desk)
    ways_back(pages, desk)

    @pages.after_request
    def unseen(response: Response) -> Response:
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return pages
