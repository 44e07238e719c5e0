"""``/account``: one's own account, and one's own post in the office one works in now."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response, abort, flash, g, redirect, render_template, request, session, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from bot.contracts import Role
from bot.db.session import Database
from bot.desk import credentials, duty
from bot.desk import staff as desk_staff
from bot.desk.staff import StaffRefused
from bot.models import Post
from bot.web.accounts.account import Now
from bot.web.accounts.guard import OFFICE, requires
from bot.web.accounts.language import choose, t
from bot.web.accounts.texts import TEXTS

AWAY_MINUTES = (15, 30, 60, 120)


def own_blueprint(database: Database, now: Now) -> Blueprint:
    pages = Blueprint("account", __name__, url_prefix="/account")

    def done(sentence: str, kind: str = "success") -> AnyResponse:
        flash(t(sentence), kind)
        return redirect(url_for("account.show"))

    @pages.get("")
    @requires(Role.OFFICER)
    def show() -> str:
        with database.reading(g.actor.office_id) as rows:
            post = rows.get_one(Post, g.actor.post_id)
        is_away = post.away_until is not None and post.away_until > now()
        return render_template(
            "accounts/account.html",
            seat=g.seat,
            post=post,
            away_until=post.away_until if is_away else None,
            away_minutes=AWAY_MINUTES,
            codes_left=len(current_user.mf_recovery_codes or ()),
        )

    @pages.post("/language")
    @requires(Role.OFFICER)
    def set_language() -> AnyResponse:
        wish = request.form.get("language", "")
        if wish not in TEXTS:
            abort(400)
        with database.transaction() as rows:
            credentials.save(rows, current_user.id, now(), "language", language=wish)
        choose(wish)
        return done("saved")

    @pages.post("/whatsapp")
    @requires(Role.OFFICER)
    def set_whatsapp() -> AnyResponse:
        number = request.form.get("whatsapp", "").strip() or None
        try:
            with database.transaction(g.actor.office_id) as rows:
                post = rows.get_one(Post, g.actor.post_id)
                desk_staff.set_whatsapp(rows, post, number, by=g.actor.name, now=now())
        except StaffRefused as refused:
            return done(f"refused_{refused.reason}", "danger")
        return done("saved")

    @pages.post("/away")
    @requires(Role.OFFICER)
    def away() -> AnyResponse:
        minutes = request.form.get("minutes", 0, int)
        if minutes not in AWAY_MINUTES:
            abort(400)
        with database.transaction(g.actor.office_id) as rows:
            post = rows.get_one(Post, g.actor.post_id)
            duty.away(rows, post, now() + timedelta(minutes=minutes), now=now())
        return done("away_saved")

    @pages.post("/back")
    @requires(Role.OFFICER)
    def back() -> AnyResponse:
        with database.transaction(g.actor.office_id) as rows:
            duty.back(rows, rows.get_one(Post, g.actor.post_id), now=now())
        return done("back_saved")

    @pages.post("/office")
    @requires(Role.OFFICER)
    def change_office() -> AnyResponse:
        office_id = request.form.get("office_id", 0, int)
        if office_id not in {seat.actor.office_id for seat in current_user.seats}:
            abort(404)
        session[OFFICE] = office_id
        return redirect(url_for("desk.queue"))

    @pages.after_request
    def unseen(response: Response) -> Response:
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return pages
