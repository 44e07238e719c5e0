"""``/desk/<conversation>/earlier``: what was said before the messages that a conversation's page shows."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, abort, g, render_template, request

from bot.contracts import Role
from bot.desk import papers, thread
from bot.errors import NotFound
from bot.web.accounts.guard import requires
from bot.web.desk.frame import frame
from bot.web.desk.office import Desk
from bot.web.desk.shown import Shower
from bot.web.desk.talk import talk


def earlier_routes(pages: Blueprint, desk: Desk) -> None:
    @pages.get("/<int:conversation_id>/earlier")
    @requires(Role.OFFICER)
    def earlier(conversation_id: int) -> str:
        """``?before=``: the sequence number of the first message that was shown. To read, not to act."""
        show = Shower.of(desk.office(), g.seat, desk.now())
        with desk.database.reading(g.actor.office_id) as session:
            try:
                head = thread.head(session, conversation_id)
            except NotFound:
                abort(HTTPStatus.NOT_FOUND)
            submissions = papers.submissions_of(session, conversation_id)
            before = request.args.get("before", head.last_seq + 1, type=int)
            return render_template(
                "desk/earlier.html",
                **frame(session, desk, conversation_id, show),
                **talk(session, show, conversation_id, submissions, before),
                head=head,
            )
