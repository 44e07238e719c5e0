"""``/sign-in/link/…``: whoever was invited, or forgot their password, sets one."""

from __future__ import annotations

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_security import hash_password
from werkzeug.wrappers import Response as AnyResponse

from bot.db.session import Database
from bot.desk import credentials
from bot.desk.staff import new_uniquifier
from bot.web.accounts.account import Now
from bot.web.accounts.language import t
from bot.web.accounts.links import Links
from bot.web.accounts.passwords import refuse_password


def link_blueprint(database: Database, links: Links, now: Now) -> Blueprint:
    pages = Blueprint("link", __name__, url_prefix="/sign-in/link")

    @pages.route("/<token>", methods=["GET", "POST"], endpoint="set_password")
    def set_password(token: str) -> AnyResponse:
        with database.reading() as session:
            owner = links.owner(session, token, now())
        if owner is None:
            return make_response(render_template("accounts/link_gone.html"), 410)
        if request.method == "GET":
            return make_response(render_template("accounts/link.html", owner=owner, problem=None))
        password, problem = refuse_password(request.form.get("password", ""), request.form.get("again", ""))
        if problem:
            return make_response(render_template("accounts/link.html", owner=owner, problem=problem), 422)
        hashed = hash_password(password)  # before the transaction: it takes its time
        with database.transaction() as session:
            done = credentials.set_password_once(
                session,
                owner.id,
                before=owner.fs_uniquifier,
                after=new_uniquifier(),
                password=hashed,
                now=now(),
            )
        if not done:
            return make_response(render_template("accounts/link_gone.html"), 410)
        flash(t("password_set"), "success")
        return redirect(url_for("security.login"))

    @pages.after_request
    def unseen(response: Response) -> Response:
        """The address opens an account: it goes into no cache and to no other page."""
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return pages
