"""``/desk/files/<id>``: one file large, what is known of it, and the officer's decision; then the next one."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, abort, g, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from bot.contracts import Rejection, Role
from bot.desk import conversations, papers, reviews, rights, thread
from bot.desk.papers import File
from bot.errors import ChangedMeanwhile, NotFound
from bot.rules import OfficeRules
from bot.web.accounts.guard import requires
from bot.web.accounts.language import t
from bot.web.desk.frame import frame, version
from bot.web.desk.office import Desk
from bot.web.desk.papers_shown import ShownSubmission, doubts_told, show_file, show_submission
from bot.web.desk.review_page import LONGEST_NOTE, Work, decide
from bot.web.desk.shown import Shower
from bot.web.live.turns import in_turn


def file_routes(pages: Blueprint, desk: Desk) -> None:
    def render(file_id: int, template: str = "desk/file.html", **more: str) -> str:
        with desk.database.reading(g.actor.office_id) as session:
            return render_template(template, **_read(session, desk, file_id), **{"refusal": "", "note": "", **more})

    def do(file_id: int, work: Work, **typed: str) -> AnyResponse:
        seen = request.form.get("seen", "")

        def unless_changed(session: Session, rules: OfficeRules, now: datetime) -> None:
            conversations.lock(session, papers.files_conversation(session, file_id))  # or two look before either writes
            if seen and papers.file(session, file_id).state != seen:
                raise ChangedMeanwhile(f"attachment {file_id}")
            work(session, rules, now)

        if refusal := decide(desk, unless_changed, t("refused_file_changed")):
            return Response(render(file_id, refusal=refusal, **typed), HTTPStatus.CONFLICT)
        return redirect(_next(desk, file_id), HTTPStatus.SEE_OTHER)

    @pages.get("/files/<int:file_id>")
    @requires(Role.OFFICER)
    def file(file_id: int) -> str:
        return render(file_id)

    @pages.get("/files/<int:file_id>/news")
    @requires(Role.OFFICER)
    @in_turn
    def file_news(file_id: int) -> AnyResponse:
        """204 while nothing changed since ``since``."""
        with desk.database.reading(g.actor.office_id) as session:
            if request.args.get("since") == version(session, desk, _conversation(session, file_id)):
                return Response(status=HTTPStatus.NO_CONTENT)
        return Response(render(file_id, "desk/file_news.html"))

    @pages.post("/files/<int:file_id>/accept")
    @requires(Role.OFFICER)
    def accept_file(file_id: int) -> AnyResponse:
        return do(file_id, lambda session, rules, now: reviews.accept_file(session, g.actor, file_id, rules, now))

    @pages.post("/files/<int:file_id>/reject")
    @requires(Role.OFFICER)
    def reject_file(file_id: int) -> AnyResponse:
        note = request.form.get("note", "").strip()[:LONGEST_NOTE]
        reason = request.form.get("reason", "")
        if reason not in set(Rejection) or (reason == Rejection.OTHER and not note):
            return Response(
                render(file_id, refusal=t("refused_file_reason"), note=note), HTTPStatus.UNPROCESSABLE_ENTITY
            )
        return do(
            file_id,
            lambda session, rules, now: reviews.reject_file(
                session, g.actor, file_id, Rejection(reason), note, rules, now
            ),
            note=note,
        )

    @pages.post("/files/<int:file_id>/delete")
    @requires(Role.OFFICER)
    def delete_file(file_id: int) -> AnyResponse:
        return do(file_id, lambda session, _, now: reviews.delete_file(session, g.actor, file_id, now))


def _read(session: Session, desk: Desk, file_id: int) -> dict[str, Any]:
    """Aborts with 404."""
    show = Shower.of(desk.office(), g.seat, desk.now())
    framed = frame(session, desk, _conversation(session, file_id), show)  # the version first, as everywhere
    found = _file(session, file_id)
    of = papers.submission(session, found.submission_id) if found.submission_id else None
    submission = show_submission(show, of) if of else None
    before, place, after = _neighbours(submission, file_id)
    return {
        **framed,
        "head": thread.head(session, found.conversation_id),
        "shown": show_file(show, found, of),
        "submission": submission,
        "before": before,
        "place": place,
        "after": after,
        "may_open": rights.may_open(session, g.actor, found.conversation_id),
        "checks": [*(t(f"advice_{one}") for one in found.advice), *doubts_told(found.doubts)],
        "openings": [(one.name, show.moment(one.at)) for one in papers.openings(session, file_id)],
        "rejections": list(Rejection),
        "longest_note": LONGEST_NOTE,
    }


def _file(session: Session, file_id: int) -> File:
    try:
        return papers.file(session, file_id)
    except NotFound:
        abort(HTTPStatus.NOT_FOUND)


def _conversation(session: Session, file_id: int) -> int:
    try:
        return papers.files_conversation(session, file_id)
    except NotFound:
        abort(HTTPStatus.NOT_FOUND)


def _neighbours(submission: ShownSubmission | None, file_id: int) -> tuple[int | None, int, int | None]:
    """The file before this one in its submission, its place counted from 1, and the one after."""
    ids = [one.file.id for one in submission.files] if submission else []
    if file_id not in ids:
        return None, 0, None
    place = ids.index(file_id)
    return (
        ids[place - 1] if place else None,
        place + 1,
        ids[place + 1] if place + 1 < len(ids) else None,
    )


def _next(desk: Desk, file_id: int) -> str:
    """Where to go after a decision: the next undecided file, else the whole submission."""
    with desk.database.reading(g.actor.office_id) as session:
        found = _file(session, file_id)
        if found.submission_id is None:
            return url_for("desk.thread", conversation_id=found.conversation_id)
        submission = show_submission(
            Shower.of(desk.office(), g.seat, desk.now()), papers.submission(session, found.submission_id)
        )
    order = [one.file.id for one in submission.files]
    here = order.index(file_id) if file_id in order else 0
    undecided = {one.file.id for one in submission.to_decide}
    following = next((one for one in (*order[here:], *order[:here]) if one in undecided), None)
    if following is None:
        return url_for("desk.submission", submission_id=found.submission_id)
    return url_for("desk.file", file_id=following)
