"""A refused verb answers under its own address, and whoever opens that again, or comes back to it from signing in, asks
for it by GET: it leads to the page that the verb stands on. What was typed is in the browser's own keeping by then
(`draft.js`), and in no cookie of ours."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from flask import Blueprint, abort, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from bot.contracts import Role
from bot.desk import papers, thread
from bot.errors import NotFound
from bot.web.accounts.guard import requires
from bot.web.desk.office import Desk


def ways_back(pages: Blueprint, desk: Desk) -> None:
    @pages.get("/<int:conversation_id>/<path:verb>")
    @requires(Role.OFFICER)
    def back_to_thread(conversation_id: int, verb: str) -> AnyResponse:
        _is_verb()
        with desk.database.reading(g.actor.office_id) as session:
            _or_404(lambda: thread.head(session, conversation_id))
        return redirect(url_for("desk.thread", conversation_id=conversation_id), HTTPStatus.SEE_OTHER)

    @pages.get("/submissions/<int:submission_id>/<path:verb>")
    @requires(Role.OFFICER)
    def back_to_submission(submission_id: int, verb: str) -> AnyResponse:
        _is_verb()
        with desk.database.reading(g.actor.office_id) as session:
            _or_404(lambda: papers.submissions_conversation(session, submission_id))
        return redirect(url_for("desk.submission", submission_id=submission_id), HTTPStatus.SEE_OTHER)

    @pages.get("/files/<int:file_id>/<path:verb>")
    @requires(Role.OFFICER)
    def back_to_file(file_id: int, verb: str) -> AnyResponse:
        _is_verb()
        with desk.database.reading(g.actor.office_id) as session:
            _or_404(lambda: papers.files_conversation(session, file_id))
        return redirect(url_for("desk.file", file_id=file_id), HTTPStatus.SEE_OTHER)


def _is_verb() -> None:
    """Aborts with 404 where nothing could be posted either."""
    adapter = current_app.create_url_adapter(request)
    if adapter is None or "POST" not in adapter.allowed_methods():
        abort(HTTPStatus.NOT_FOUND)


def _or_404(look: Callable[[], object]) -> None:
    try:
        look()
    except NotFound:
        abort(HTTPStatus.NOT_FOUND)
