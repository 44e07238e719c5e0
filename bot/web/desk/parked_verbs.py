"""Taking back an answer that waits for the citizen: its words return to the box."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, abort, g
from werkzeug.wrappers import Response as AnyResponse

from bot.contracts import Role
from bot.desk import parking
from bot.errors import DeskRefused, NotFound
from bot.web.accounts.guard import requires
from bot.web.desk.office import Desk
from bot.web.desk.thread_page import ThreadPage
from bot.web.desk.verbs import _by_htmx, _refused, _sentence


def parked_routes(pages: Blueprint, desk: Desk, page: ThreadPage) -> None:
    @pages.post("/<int:conversation_id>/parked/<int:parked_id>/withdraw")
    @requires(Role.OFFICER)
    def withdraw(conversation_id: int, parked_id: int) -> AnyResponse:
        rules = desk.office().rules(g.seat.prefix)
        try:
            with desk.database.transaction(g.actor.office_id) as session:
                body = parking.withdraw(session, g.actor, conversation_id, parked_id, rules, desk.now())
        except NotFound:
            abort(HTTPStatus.NOT_FOUND)
        except DeskRefused as refused:
            return _refused(conversation_id, _sentence(desk, refused), page)
        if _by_htmx():
            return Response(page.pieces(conversation_id, returned=body))
        return Response(page.whole(conversation_id, draft=body))
