"""``/desk/<conversation>/presence``: a page tells that it is looked at, and hears who else is there."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, abort, g, render_template, request
from sqlalchemy.orm import Session

from bot.contracts import Role
from bot.desk import presence, reading
from bot.desk.presence import Colleague
from bot.errors import NotFound
from bot.web.accounts.guard import requires
from bot.web.accounts.language import t
from bot.web.desk.office import Desk


def presence_routes(pages: Blueprint, desk: Desk) -> None:
    def others(conversation_id: int) -> list[Colleague]:
        try:
            with desk.database.reading(g.actor.office_id) as session:
                return presence.colleagues(session, conversation_id, g.actor.post_id, desk.now())
        except NotFound:
            abort(HTTPStatus.NOT_FOUND)

    @pages.get("/<int:conversation_id>/presence")
    @requires(Role.OFFICER)
    def colleagues(conversation_id: int) -> str:
        return render_template("desk/_colleagues.html", sentence=sentence(others(conversation_id)))

    @pages.post("/<int:conversation_id>/presence")
    @requires(Role.OFFICER)
    def present(conversation_id: int) -> Response:
        """``doing``: ``looking``, ``typing`` or ``leaving``; ``seq``: the newest message shown. Answers who else
        is there."""
        seq = request.form.get("seq", 0, type=int)
        doing = request.form.get("doing", "looking")
        found = others(conversation_id)
        actor, now = g.actor, desk.now()
        if doing == "leaving":
            desk.database.write(lambda session: presence.gone(session, actor, conversation_id))
            return Response(status=HTTPStatus.NO_CONTENT)
        typing = doing == "typing"

        def here(session: Session) -> None:
            presence.here(session, actor, conversation_id, typing=typing, now=now)
            reading.read_up_to(session, actor, conversation_id, seq)  # a page that is seen is read

        desk.database.write(here)
        return Response(render_template("desk/_colleagues.html", sentence=sentence(found)))


def sentence(found: list[Colleague]) -> str:
    """Who types is told before who looks; '' when nobody is there."""
    typing = [one.name for one in found if one.is_typing]
    if typing:
        return t("colleagues_type", names=", ".join(typing))
    return t("colleagues_look", names=", ".join(one.name for one in found)) if found else ""
