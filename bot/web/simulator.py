"""``/simulator``: invented people with phones, so that a demo needs neither WhatsApp nor a telephone.

Citizens' phones, and those of an office's staff with their mailboxes. It speaks with the stand-ins only, as phones do;
what the office answers takes the real way back. The page asks for news twice a second (204 when there is none), so it
never holds a thread of the web process.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as AnyResponse

from bot.gateways.fake_mail.control import FakeMailControl
from bot.gateways.fake_twilio.control import FakeTwilioControl, StandInRefused, StandInUnreachable
from bot.web.simulator_mail import post
from bot.web.simulator_phones import Owner, demo_offices, phones
from bot.web.simulator_texts import DEFAULT, TEXTS
from bot.web.whatsapp_text import whatsapp_html

LARGEST_FILE = 16 * 1024 * 1024
LANGUAGE_COOKIE = "simulator_language"
SHOWN_IN_PAGE = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})
SQUARE = (-4.8386, 119.5485)


def simulator_blueprint(
    control: FakeTwilioControl,
    sender: str,
    mailbox: FakeMailControl | None = None,
    watch: Callable[[str], Any] = lambda _: None,
) -> Blueprint:
    """``sender`` is the first office's address that the citizens write to; ``watch`` gives an office's
    `simulator_watch.OfficeView` by its prefix; without a mailbox the officers get no mail."""
    pages = Blueprint("simulator", __name__, url_prefix="/simulator", template_folder="templates")
    offices = demo_offices(sender)
    first = next(iter(offices))

    @pages.before_request
    def choose() -> None:
        """Language and office."""
        wish = request.args.get("lang", request.cookies.get(LANGUAGE_COOKIE, ""))
        g.language = wish if wish in TEXTS else DEFAULT
        g.office = offices.get(request.args.get("office", ""), offices[first])

    @pages.url_defaults
    def stay_in_office(_: str, values: dict[str, Any]) -> None:
        """What belongs to another office than the first says so in its address."""
        if "office" in g and g.office.prefix != first:
            values.setdefault("office", g.office.prefix)

    @pages.context_processor
    def words() -> dict[str, object]:
        return {
            "t": TEXTS[g.language],
            "language": g.language,
            "whatsapp_html": whatsapp_html,
            "shown_in_page": SHOWN_IN_PAGE,
            "offices": offices,
            "office": g.office,
        }

    @pages.errorhandler(StandInUnreachable)
    def without_stand_in(_: StandInUnreachable) -> AnyResponse:
        page = render_template("simulator/unreachable.html")
        return make_response(page, HTTPStatus.SERVICE_UNAVAILABLE)

    @pages.get("")
    def show() -> AnyResponse:
        """``phone``: whose is in front, for a browser without script that comes back from writing."""
        owners = g.office.owners
        thread = control.thread(addresses(owners))
        page = render_template(
            "simulator/page.html",
            phones=phones(g.office, thread.messages),
            post=post(mailbox, owners),
            has_mail=mailbox is not None,
            version=thread.version,
            view=watch(g.office.prefix),
            front=g.office.owner(request.args.get("phone", "")) or owners[0],
        )
        response = make_response(page)
        if "lang" in request.args:
            response.set_cookie(LANGUAGE_COOKIE, g.language, max_age=31_536_000, samesite="Lax")
        return response

    @pages.get("/news")
    def news() -> AnyResponse:
        """What changed since a version and a mail, as pieces that htmx puts in their places."""
        since = request.args.get("since", 0, int)
        owners = g.office.owners
        found = control.news(addresses(owners), since)
        came = post(mailbox, owners, request.args.get("mail", 0, int))
        if found is None and not came:
            return Response(status=HTTPStatus.NO_CONTENT)
        page = render_template(
            "simulator/news.html",
            phones=phones(g.office, found.messages if found else ()),
            post=came,
            version=found.version if found else since,
            since=since,
        )
        return make_response(page)

    @pages.get("/office")
    def office() -> str:
        """The office's hours, and how far its alerts have climbed."""
        return render_template("simulator/_office.html", view=watch(g.office.prefix))

    @pages.post("/say")
    def say() -> AnyResponse:
        """A text; or a place; or files, which WhatsApp sends as one message each."""
        owner = g.office.owner(request.form.get("owner", ""))
        if owner is None:
            return Response(status=HTTPStatus.NOT_FOUND)
        files = [one for one in request.files.getlist("file") if one.filename]
        media = [(content_type(one), one.read(LARGEST_FILE + 1)) for one in files]
        if any(len(content) > LARGEST_FILE for _, content in media):
            return Response(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        write(control, owner, g.office.sender, request.form, media)
        return told(owner)

    @pages.post("/press")
    def press() -> AnyResponse:
        """The button under a template."""
        owner = g.office.owner(request.form.get("owner", ""))
        if owner is None:
            return Response(status=HTTPStatus.NOT_FOUND)
        try:
            control.press(request.form.get("message", ""), request.form.get("button", 0, int), profile_name=owner.name)
        except StandInRefused:
            return Response(status=HTTPStatus.NOT_FOUND)
        return told(owner)

    @pages.get("/media/<sid>")
    def media(sid: str) -> AnyResponse:
        """Pictures are shown; anything else is only offered as a download, since it may hold script."""
        try:
            kind, content = control.media(sid)
        except StandInRefused:
            return Response(status=HTTPStatus.NOT_FOUND)
        shown = kind in SHOWN_IN_PAGE
        response = Response(content, mimetype=kind if shown else "application/octet-stream")
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Cache-Control"] = "private, max-age=86400"
        if not shown:
            response.headers["Content-Disposition"] = "attachment"
        return response

    return pages


def write(
    control: FakeTwilioControl,
    owner: Owner,
    sender: str,
    form: dict[str, str],
    media: Sequence[tuple[str, bytes]],
) -> None:
    """Empty texts are not sent; WhatsApp does not either."""
    for one in media:
        control.write(owner.address, sender, profile_name=owner.name, media=[one])
    if form.get("place"):
        latitude, longitude = SQUARE
        control.write(
            owner.address,
            sender,
            profile_name=owner.name,
            latitude=latitude,
            longitude=longitude,
            label=form["place"],
        )
    if form.get("body", "").strip():
        control.write(
            owner.address,
            sender,
            form["body"].replace("\r\n", "\n"),
            profile_name=owner.name,
            replied_to=form.get("replied_to", ""),
        )


def addresses(owners: Sequence[Owner]) -> list[str]:
    return [owner.address for owner in owners]


def told(owner: Owner) -> AnyResponse:
    """htmx asks for the news at once; a browser without script gets the page again."""
    if request.headers.get("HX-Request"):
        return Response(status=HTTPStatus.NO_CONTENT, headers={"HX-Trigger": "news"})
    return redirect(url_for("simulator.show", phone=owner.slug), HTTPStatus.SEE_OTHER)


def content_type(file: FileStorage) -> str:
    return file.mimetype or "application/octet-stream"
