"""``/staff``: administrators of an office say who serves in it, as what, and when they are absent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, Response, abort, flash, g, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from bot.contracts import Role
from bot.db.session import Database
from bot.desk import duty
from bot.desk import staff as desk_staff
from bot.desk.staff import StaffRefused
from bot.models import Post, Staff
from bot.web.accounts.account import Now
from bot.web.accounts.guard import requires
from bot.web.accounts.invitation import Invitation
from bot.web.accounts.language import t
from bot.web.accounts.link_mail import LinkMail, Mailed
from bot.web.accounts.links import Links

Member = tuple[Session, Post, Staff]


def team_blueprint(database: Database, links: Links, link_mail: LinkMail, now: Now) -> Blueprint:
    pages = Blueprint("team", __name__, url_prefix="/staff")

    @contextmanager
    def writing(post_id: int) -> Iterator[Member]:
        """A member of this office in a transaction; another office's is not there (404)."""
        with database.transaction(g.actor.office_id) as session:
            found = desk_staff.member(session, post_id)
            if found is None:
                abort(404)
            yield session, *found

    def change(post_id: int, sentence: str, work: Callable[[Session, Post, Staff], object]) -> AnyResponse:
        try:
            with writing(post_id) as (session, post, staff):
                work(session, post, staff)
        except StaffRefused as refused:
            flash(t(f"refused_{refused.reason}"), "danger")
        else:
            flash(t(sentence), "success")
        return redirect(url_for("team.member", post_id=post_id))

    def told() -> dict[str, Any]:
        return {"by": g.actor.name, "now": now()}

    def show_link(staff: Staff) -> str:
        """Mailed as well, where that is set up; call it after the commit."""
        link = links.make(staff, now())
        mailed = link_mail.send(staff, link, g.seat.office)
        if mailed is not Mailed.NOT_SET_UP:
            with database.transaction() as session:
                desk_staff.link_mailed(session, staff.id, mailed is Mailed.SENT, by=g.actor.name, now=now())
        return render_template("accounts/team_link.html", staff=staff, link=link, mailed=mailed)

    def may_open(staff: Staff) -> bool:
        with database.reading() as session:
            return desk_staff.may_open(session, g.actor, staff.id)

    @pages.get("")
    @requires(Role.ADMINISTRATOR)
    def everybody() -> str:
        with database.reading(g.actor.office_id) as session:
            team = desk_staff.team(session)
        return render_template("accounts/team.html", team=team, seat=g.seat)

    @pages.route("/invite", methods=["GET", "POST"])
    @requires(Role.ADMINISTRATOR)
    def invite() -> Any:
        if request.method == "GET":
            return render_template("accounts/invite.html", form={}, problem=None, roles=list(Role))
        try:
            wanted = Invitation.of(request.form)
            with database.transaction() as session:
                post = desk_staff.invite(session, g.actor.office_id, **wanted.values(), **told())
                staff = session.get_one(Staff, post.staff_id)
        except StaffRefused as refused:
            problem = t(f"refused_{refused.reason}")
            page = render_template("accounts/invite.html", form=request.form, problem=problem, roles=list(Role))
            return page, 422
        if staff.password or not may_open(staff):
            flash(t("joined"), "success")
            return redirect(url_for("team.member", post_id=post.id))
        return show_link(staff)

    @pages.get("/<int:post_id>")
    @requires(Role.ADMINISTRATOR)
    def member(post_id: int) -> str:
        with database.reading(g.actor.office_id) as session:
            found = desk_staff.member(session, post_id)
            if found is None:
                abort(404)
            post, staff = found
            absences = duty.absences(session, post_id, now())
        return render_template(
            "accounts/member.html",
            post=post,
            staff=staff,
            absences=absences,
            seat=g.seat,
            roles=list(Role),
            one_second=timedelta(seconds=1),
            may_open=may_open(staff),
            is_self=post_id == g.actor.post_id,
        )

    @pages.post("/<int:post_id>/role")
    @requires(Role.ADMINISTRATOR)
    def set_role(post_id: int) -> AnyResponse:
        def work(session: Session, post: Post, _: Staff) -> None:
            role = request.form.get("role", "")
            if role not in set(Role):
                raise StaffRefused("role")
            desk_staff.set_role(session, post, Role(role), by=g.actor, now=now())

        return change(post_id, "saved", work)

    @pages.post("/<int:post_id>/duty-days")
    @requires(Role.ADMINISTRATOR)
    def set_duty_days(post_id: int) -> AnyResponse:
        chosen = set(request.form.getlist("day"))
        days = "".join("1" if str(day) in chosen else "0" for day in range(7))
        return change(post_id, "saved", lambda session, post, _: duty.set_duty_days(session, post, days, **told()))

    @pages.post("/<int:post_id>/absence")
    @requires(Role.ADMINISTRATOR)
    def add_absence(post_id: int) -> AnyResponse:
        def work(session: Session, post: Post, _: Staff) -> None:
            try:
                first = date.fromisoformat(request.form.get("first", ""))
                last = date.fromisoformat(request.form.get("last", "") or first.isoformat())
            except ValueError:
                raise StaffRefused("dates") from None
            duty.add_absence(session, post, first, last, g.seat.zone, **told())

        return change(post_id, "saved", work)

    @pages.post("/<int:post_id>/absence/<int:absence_id>/end")
    @requires(Role.ADMINISTRATOR)
    def end_absence(post_id: int, absence_id: int) -> AnyResponse:
        def work(session: Session, post: Post, _: Staff) -> None:
            if not duty.end_absence(session, post, absence_id, **told()):
                abort(404)

        return change(post_id, "saved", work)

    @pages.post("/<int:post_id>/deactivate")
    @requires(Role.ADMINISTRATOR)
    def deactivate(post_id: int) -> AnyResponse:
        return change(
            post_id,
            "deactivated_done",
            lambda session, post, _: desk_staff.deactivate(session, post, by=g.actor, now=now()),
        )

    @pages.post("/<int:post_id>/link")
    @requires(Role.ADMINISTRATOR)
    def make_link(post_id: int) -> str:
        staff = opened(post_id)
        with database.transaction() as session:
            desk_staff.link_made(session, staff.id, by=g.actor, now=now())
        return show_link(staff)

    @pages.post("/<int:post_id>/second-factor")
    @requires(Role.ADMINISTRATOR)
    def forget_second_factor(post_id: int) -> AnyResponse:
        staff = opened(post_id)
        with database.transaction() as session:
            desk_staff.forget_second_factor(session, staff.id, by=g.actor, now=now())
        flash(t("second_factor_forgotten"), "success")
        return redirect(url_for("team.member", post_id=post_id))

    def opened(post_id: int) -> Staff:
        """An active colleague whose account this administrator may open; 404 and 403 otherwise."""
        with database.reading(g.actor.office_id) as session:
            found = desk_staff.member(session, post_id)
        if found is None:
            abort(404)
        post, staff = found
        if not post.active or not may_open(staff):
            abort(403)
        return staff

    @pages.after_request
    def unseen(response: Response) -> Response:
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return pages
