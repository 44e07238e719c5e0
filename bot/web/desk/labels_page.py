"""``/desk/labels``: the office's labels. Officers see them, supervisors keep them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

from flask import Blueprint, Response, abort, g, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from bot.contracts import Role
from bot.desk import labels
from bot.desk.labels import LabelRefused
from bot.errors import NotFound
from bot.models.label import NAME_LENGTH
from bot.web.accounts.guard import requires
from bot.web.accounts.language import t
from bot.web.desk.office import Desk


def label_routes(pages: Blueprint, desk: Desk) -> None:
    def render(refusal: str = "", typed: str = "") -> str:
        with desk.database.reading(g.actor.office_id) as session:
            found = labels.everything(session)
        may_change = g.actor.role is not Role.OFFICER
        return render_template(
            "desk/labels.html", labels=found, may_change=may_change, longest=NAME_LENGTH, refusal=refusal, typed=typed
        )

    def do(work: Callable[[Session, datetime], object], typed: str = "") -> AnyResponse:
        try:
            with desk.database.transaction(g.actor.office_id) as session:
                work(session, desk.now())
        except NotFound:
            abort(HTTPStatus.NOT_FOUND)
        except LabelRefused as refused:
            sentence = t(f"label_refused_{refused.reason}", most=NAME_LENGTH)
            return Response(render(sentence, typed), HTTPStatus.CONFLICT)
        return redirect(url_for("desk.all_labels"), HTTPStatus.SEE_OTHER)

    @pages.get("/labels")
    @requires(Role.OFFICER)
    def all_labels() -> str:
        return render()

    @pages.post("/labels")
    @requires(Role.SUPERVISOR)
    def add_label() -> AnyResponse:
        name = request.form.get("name", "")
        return do(lambda session, now: labels.add(session, g.actor, name, now), name)

    @pages.post("/labels/<int:label_id>/rename")
    @requires(Role.SUPERVISOR)
    def rename_label(label_id: int) -> AnyResponse:
        name = request.form.get("name", "")
        return do(lambda session, now: labels.rename(session, g.actor, label_id, name, now))

    @pages.post("/labels/<int:label_id>/retire")
    @requires(Role.SUPERVISOR)
    def retire_label(label_id: int) -> AnyResponse:
        return do(lambda session, now: labels.retire(session, g.actor, label_id, now))
