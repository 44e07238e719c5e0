"""``/desk/submissions/<id>``: what a citizen handed in, against what their case needs, and what the officer decides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

from flask import Blueprint, Response, abort, g, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from bot.contracts import Role
from bot.desk import conversations, mismatches, papers, reviews, staff, thread
from bot.errors import ChangedMeanwhile, DeskRefused, HeldByAnother, NoteMissing, NotFound
from bot.rules import OfficeRules
from bot.web.accounts.guard import requires
from bot.web.accounts.language import t
from bot.web.desk.doing import SENTENCES
from bot.web.desk.frame import frame, version
from bot.web.desk.office import Desk
from bot.web.desk.papers_shown import show_submission
from bot.web.desk.shown import Shower
from bot.web.live.turns import in_turn

LONGEST_NOTE = 500
Work = Callable[[Session, OfficeRules, datetime], None]


def review_routes(pages: Blueprint, desk: Desk) -> None:
    def render(submission_id: int, template: str = "desk/submission.html", **more: str) -> str:
        with desk.database.reading(g.actor.office_id) as session:
            show = Shower.of(desk.office(), g.seat, desk.now())
            try:
                framed = frame(session, desk, papers.submissions_conversation(session, submission_id), show)
                found = papers.submission(session, submission_id)
            except NotFound:
                abort(HTTPStatus.NOT_FOUND)
            return render_template(
                template,
                **framed,
                head=thread.head(session, found.conversation_id),
                shown=show_submission(show, found, mismatches.hints(session, [found.id]).get(found.id, ())),
                longest_note=LONGEST_NOTE,
                **{"refusal": "", "note": "", **more},
            )

    def do(submission_id: int, work: Work, **typed: str) -> AnyResponse:
        seen = request.form.get("seen", "")

        def unless_changed(session: Session, rules: OfficeRules, now: datetime) -> None:
            conversations.lock(session, papers.submissions_conversation(session, submission_id))
            if seen and papers.submission(session, submission_id).standing != seen:
                raise ChangedMeanwhile(f"submission {submission_id}")
            work(session, rules, now)

        if refusal := decide(desk, unless_changed, t("refused_submission_changed")):
            return Response(render(submission_id, refusal=refusal, **typed), HTTPStatus.CONFLICT)
        return redirect(url_for("desk.submission", submission_id=submission_id), HTTPStatus.SEE_OTHER)

    @pages.get("/submissions/<int:submission_id>")
    @requires(Role.OFFICER)
    def submission(submission_id: int) -> str:
        return render(submission_id)

    @pages.get("/submissions/<int:submission_id>/news")
    @requires(Role.OFFICER)
    @in_turn
    def submission_news(submission_id: int) -> AnyResponse:
        """204 while nothing changed since ``since``."""
        with desk.database.reading(g.actor.office_id) as session:
            try:
                conversation_id = papers.submissions_conversation(session, submission_id)
            except NotFound:
                abort(HTTPStatus.NOT_FOUND)
            if request.args.get("since") == version(session, desk, conversation_id):
                return Response(status=HTTPStatus.NO_CONTENT)
        return Response(render(submission_id, "desk/submission_news.html"))

    @pages.post("/submissions/<int:submission_id>/accept")
    @requires(Role.OFFICER)
    def accept_submission(submission_id: int) -> AnyResponse:
        return do(
            submission_id, lambda session, _, now: reviews.accept_submission(session, g.actor, submission_id, now)
        )

    @pages.post("/submissions/<int:submission_id>/return")
    @requires(Role.OFFICER)
    def return_submission(submission_id: int) -> AnyResponse:
        note = request.form.get("note", "").strip()[:LONGEST_NOTE]
        return do(
            submission_id,
            lambda session, rules, now: reviews.return_submission(session, g.actor, submission_id, note, rules, now),
            note=note,
        )

    @pages.post("/submissions/<int:submission_id>/ask-again")
    @requires(Role.OFFICER)
    def ask_again(submission_id: int) -> AnyResponse:
        return do(
            submission_id, lambda session, rules, now: reviews.ask_again(session, g.actor, submission_id, rules, now)
        )

    @pages.post("/submissions/<int:submission_id>/cancel")
    @requires(Role.OFFICER)
    def cancel_submission(submission_id: int) -> AnyResponse:
        return do(
            submission_id, lambda session, _, now: reviews.cancel_submission(session, g.actor, submission_id, now)
        )


def decide(desk: Desk, work: Work, changed: str) -> str:
    """One decision, one transaction. '' when it is done, else the sentence that says why not: ``changed`` where it is
    not as the page showed it. Aborts with 404."""
    rules = desk.office().rules(g.seat.prefix)  # the knowledge may be read now: not while the rows are locked
    try:
        with desk.database.transaction(g.actor.office_id) as session:
            work(session, rules, desk.now())
    except NotFound:
        abort(HTTPStatus.NOT_FOUND)
    except HeldByAnother as refused:
        with desk.database.reading(g.actor.office_id) as session:
            holder = staff.member(session, refused.post_id)
        return t("refused_file_held", name=holder[1].name if holder else "")
    except ChangedMeanwhile:
        return changed
    except NoteMissing:
        return t(SENTENCES[NoteMissing])
    except DeskRefused:
        return t("refused_file_ended")
    return ""
