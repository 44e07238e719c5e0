"""``/simulator``: invented citizens with phones, so that a demo needs neither WhatsApp nor a telephone.

It speaks with the stand-in Twilio only, as a phone does; what the office answers takes the real way back. The
page asks for news every second (204 when there is none), so it never holds a thread of the web process.
"""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as AnyResponse

from bot.gateways.fake_twilio.control import FakeTwilioControl, StandInRefused, StandInUnreachable
from bot.web.simulator_phones import BY_SLUG, CITIZENS, Citizen, phones
from bot.web.simulator_texts import DEFAULT, TEXTS
from bot.web.whatsapp_text import whatsapp_html

LARGEST_FILE = 16 * 1024 * 1024
LANGUAGE_COOKIE = "simulator_language"
SHOWN_IN_PAGE = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})
SQUARE = (-4.8386, 119.5485)


def simulator_blueprint(control: FakeTwilioControl, sender: str) -> Blueprint:
    """``sender`` is the office's address that the citizens write to."""
    pages = Blueprint("simulator", __name__, url_prefix="/simulator", template_folder="templates")
    addresses = [citizen.address for citizen in CITIZENS]

    @pages.before_request
    def choose_language() -> None:
        wish = request.args.get("lang", request.cookies.get(LANGUAGE_COOKIE, ""))
        g.language = wish if wish in TEXTS else DEFAULT

    @pages.context_processor
    def words() -> dict[str, object]:
        return {
            "t": TEXTS[g.language],
            "language": g.language,
            "whatsapp_html": whatsapp_html,
            "shown_in_page": SHOWN_IN_PAGE,
        }

    @pages.errorhandler(StandInUnreachable)
    def without_stand_in(_: StandInUnreachable) -> AnyResponse:
        page = render_template("simulator/unreachable.html")
        return make_response(page, HTTPStatus.SERVICE_UNAVAILABLE)

    @pages.get("")
    def show() -> AnyResponse:
        thread = control.thread(addresses)
        page = render_template(
            "simulator/page.html", phones=phones(thread.messages), version=thread.version, sender=sender
        )
        response = make_response(page)
        if "lang" in request.args:
            response.set_cookie(LANGUAGE_COOKIE, g.language, max_age=31_536_000, samesite="Lax")
        return response

    @pages.get("/news")
    def news() -> AnyResponse:
        """What changed since a version, as pieces that htmx puts in their places."""
        since = request.args.get("since", 0, int)
        found = control.news(addresses, since)
        if found is None:
            return Response(status=HTTPStatus.NO_CONTENT)
        page = render_template("simulator/news.html", phones=phones(found.messages), version=found.version, since=since)
        return make_response(page)

    @pages.post("/say")
    def say() -> AnyResponse:
        """A text; or a place; or files, which WhatsApp sends as one message each."""
        citizen = BY_SLUG.get(request.form.get("citizen", ""))
        if citizen is None:
            return Response(status=HTTPStatus.NOT_FOUND)
        files = [one for one in request.files.getlist("file") if one.filename]
        media = [(content_type(one), one.read(LARGEST_FILE + 1)) for one in files]
        if any(len(content) > LARGEST_FILE for _, content in media):
            return Response(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        write(control, citizen, sender, request.form, media)
        return told()

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
    citizen: Citizen,
    sender: str,
    form: dict[str, str],
    media: Sequence[tuple[str, bytes]],
) -> None:
    """Empty texts are not sent; WhatsApp does not either."""
    for one in media:
        control.write(citizen.address, sender, profile_name=citizen.name, media=[one])
    if form.get("place"):
        latitude, longitude = SQUARE
        control.write(
            citizen.address,
            sender,
            profile_name=citizen.name,
            latitude=latitude,
            longitude=longitude,
            label=form["place"],
        )
    if form.get("body", "").strip():
        control.write(citizen.address, sender, form["body"].replace("\r\n", "\n"), profile_name=citizen.name)


def told() -> AnyResponse:
    """htmx asks for the news at once; a browser without script gets the page again."""
    if request.headers.get("HX-Request"):
        return Response(status=HTTPStatus.NO_CONTENT, headers={"HX-Trigger": "news"})
    return redirect(url_for("simulator.show"), HTTPStatus.SEE_OTHER)


def content_type(file: FileStorage) -> str:
    return file.mimetype or "application/octet-stream"
