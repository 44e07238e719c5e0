"""``/desk/answers``: the office's canned answers, kept by its officers."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, abort, g, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from bot.contracts import Role
from bot.desk import canned
from bot.desk.canned import LONGEST, VARIABLES, CannedRefused
from bot.errors import NotFound
from bot.models.canned_answer import TITLE_LENGTH
from bot.web.accounts.guard import requires
from bot.web.accounts.language import t
from bot.web.desk.office import Desk
from bot.web.desk.shown import Shower


def canned_routes(pages: Blueprint, desk: Desk) -> None:
    @pages.get("/answers")
    @requires(Role.OFFICER)
    def canned_answers() -> str:
        show = Shower.of(desk.office(), g.seat, desk.now())
        with desk.database.reading(g.actor.office_id) as session:
            found = [(one, show.moment(one.edited_at)) for one in canned.answers(session)]
        return render_template("desk/canned_answers.html", answers=found)

    @pages.get("/answers/new")
    @requires(Role.OFFICER)
    def new_answer() -> str:
        return _form(desk, None, "", "")

    @pages.get("/answers/<int:answer_id>")
    @requires(Role.OFFICER)
    def edit_answer(answer_id: int) -> str:
        with desk.database.reading(g.actor.office_id) as session:
            found = _answer(session, answer_id)
        return _form(desk, answer_id, found.title, found.body)

    @pages.post("/answers/new")
    @requires(Role.OFFICER)
    def add_answer() -> AnyResponse:
        return _save(desk, None)

    @pages.post("/answers/<int:answer_id>")
    @requires(Role.OFFICER)
    def save_answer(answer_id: int) -> AnyResponse:
        return _save(desk, answer_id)

    @pages.post("/answers/<int:answer_id>/remove")
    @requires(Role.OFFICER)
    def remove_answer(answer_id: int) -> AnyResponse:
        try:
            with desk.database.transaction(g.actor.office_id) as session:
                canned.remove(session, g.actor, answer_id, desk.now())
        except NotFound:
            abort(HTTPStatus.NOT_FOUND)
        return redirect(url_for("desk.canned_answers"), HTTPStatus.SEE_OTHER)


def _save(desk: Desk, answer_id: int | None) -> AnyResponse:
    title, body = request.form.get("title", ""), request.form.get("body", "")
    try:
        with desk.database.transaction(g.actor.office_id) as session:
            canned.save(session, g.actor, answer_id, title, body, desk.now())
    except NotFound:
        abort(HTTPStatus.NOT_FOUND)
    except CannedRefused as refused:
        most = TITLE_LENGTH if refused.reason == "title" else LONGEST
        sentence = t(f"canned_refused_{refused.reason}", name=refused.name, most=most)
        return Response(_form(desk, answer_id, title, body, sentence), HTTPStatus.CONFLICT)
    return redirect(url_for("desk.canned_answers"), HTTPStatus.SEE_OTHER)


def _form(desk: Desk, answer_id: int | None, title: str, body: str, refusal: str = "") -> str:
    """``preview``: with invented values, for who wonders what the variables become."""
    known = {"kantor": g.seat.office, "jam_buka": desk.office().opening_hours(g.seat.prefix)}
    values = {name: known.get(name) or t(f"canned_example_{name}") for name in VARIABLES}
    return render_template(
        "desk/canned_answer.html",
        answer_id=answer_id,
        title=title,
        body=body,
        refusal=refusal,
        variables=values,
        preview=canned.fill(body, values),
        longest=LONGEST,
        longest_title=TITLE_LENGTH,
    )


def _answer(session: Session, answer_id: int) -> canned.Canned:
    try:
        return canned.answer(session, answer_id)
    except NotFound:
        abort(HTTPStatus.NOT_FOUND)
