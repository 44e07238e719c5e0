"""``/desk/events``: the stream of one open page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, abort, g, request
from flask_login import current_user
from sqlalchemy.exc import SQLAlchemyError

from bot.contracts import Role
from bot.db.session import Database
from bot.desk import credentials, presence
from bot.errors import NotFound
from bot.web.accounts.guard import requires
from bot.web.desk.office import Desk
from bot.web.live.stream import Listener, Stream
from bot.web.live.streams import Crowded, Streams

RETRY_AFTER = "30"  # seconds
SOCKETS = ("gunicorn.socket", "werkzeug.socket")  # in the WSGI environment
HEADERS = {"X-Accel-Buffering": "no"}  # nginx passes each event on at once


def live_routes(pages: Blueprint, desk: Desk, streams: Streams) -> None:
    @pages.get("/events")
    @requires(Role.OFFICER)
    def events() -> Response:
        """``conversation``: the one that the page shows. 503: too many listen, ask by yourself."""
        listener = Listener(g.actor.office_id, g.actor.post_id, current_user.id, _conversation(desk))
        try:
            stream = streams.open(listener, _browser())
        except Crowded:
            return Response(status=HTTPStatus.SERVICE_UNAVAILABLE, headers={"Retry-After": RETRY_AFTER})
        welcome = _welcome(desk.database, current_user.fs_uniquifier, g.actor.post_id)
        return Response(_Body(stream, streams, welcome), mimetype="text/event-stream", headers=HEADERS)


class _Body:
    """The server closes it when the browser has left, also before the first line."""

    def __init__(self, stream: Stream, streams: Streams, is_welcome: Callable[[], bool]) -> None:
        self._stream = stream
        self._streams = streams
        self._lines = stream.lines(is_welcome, streams.pause)

    def __iter__(self) -> Iterator[str]:
        return self._lines

    def close(self) -> None:
        self._lines.close()  # type: ignore[attr-defined]  # a generator
        self._streams.close(self._stream)


def _conversation(desk: Desk) -> int | None:
    conversation_id = request.args.get("conversation", type=int)
    if conversation_id is None:
        return None
    try:
        with desk.database.reading(g.actor.office_id) as session:
            presence.colleagues(session, conversation_id, g.actor.post_id, desk.now())
    except NotFound:
        abort(HTTPStatus.NOT_FOUND)
    return conversation_id


def _browser() -> Any:
    return next((request.environ[name] for name in SOCKETS if name in request.environ), None)


def _welcome(database: Database, uniquifier: str, post_id: int) -> Callable[[], bool]:
    """Whether the session still is what it was when the stream was opened: the account's mark changes when all its
    sessions end, and a post may be taken away. A database that is away ends the stream: the page tells."""

    def is_welcome() -> bool:
        try:
            with database.reading() as session:
                person = credentials.find_staff(session, "fs_uniquifier", uniquifier)
                if person is None or not person.active:
                    return False
                return any(seat.actor.post_id == post_id for seat in credentials.seats(session, person.id))
        except SQLAlchemyError:
            return False

    return is_welcome
