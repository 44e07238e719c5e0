"""``/desk/search``: what is searched for comes by POST and goes on sealed in the address of its results, so that no
name and no NIK stands in a server's log or a browser's history, and the way back from a conversation works."""

from __future__ import annotations

import re
from http import HTTPStatus

from cryptography.fernet import Fernet, InvalidToken
from flask import Blueprint, g, redirect, render_template, request, url_for
from markupsafe import Markup, escape
from werkzeug.wrappers import Response as AnyResponse

from bot.contracts import Role
from bot.desk import marks
from bot.desk.search import Hit, is_identity, search
from bot.web.accounts.guard import requires
from bot.web.desk.office import Desk
from bot.web.desk.shown import Shower

LONGEST = 100
BEFORE, AFTER = 60, 100  # letters of a line that are shown around what fits
LASTS = 12 * 3600  # seconds that the address of results opens


def search_routes(pages: Blueprint, desk: Desk) -> None:
    @pages.get("/search")
    @requires(Role.OFFICER)
    def find() -> str:
        text = _opened(desk.search_key, request.args.get("of", ""))
        hits = _search(desk, text) if text else []
        show = Shower.of(desk.office(), g.seat, desk.now())
        return render_template(
            "desk/search.html",
            seat=g.seat,
            searched=_masked(text),
            hits=[(hit, _marked(hit.line, text), show.moment(hit.at) if hit.at else "") for hit in hits],
        )

    @pages.post("/search")
    @requires(Role.OFFICER)
    def ask() -> AnyResponse:
        text = request.form.get("q", "").strip()[:LONGEST]
        sealed = Fernet(desk.search_key).encrypt(text.encode()).decode() if text else None
        return redirect(url_for("desk.find", of=sealed), HTTPStatus.SEE_OTHER)


def _search(desk: Desk, text: str) -> list[Hit]:
    office_id = g.actor.office_id
    if is_identity(text):  # the key of the hashes may have to be made, which is a write
        with desk.database.transaction(office_id) as writing:
            key = marks.search_key(writing, desk.vault().keys)
    with desk.database.reading(office_id) as session:
        return search(session, text, lambda: key)


def _opened(key: bytes, sealed: str) -> str:
    try:
        return Fernet(key).decrypt(sealed.encode(), ttl=LASTS).decode() if sealed else ""
    except (InvalidToken, ValueError):
        return ""  # an old address: search anew


def _masked(text: str) -> str:
    """A NIK or KK by its last four digits."""
    return "•" * 12 + re.sub(r"\D", "", text)[-4:] if is_identity(text) else text


def _marked(line: str, text: str) -> Markup:
    """The part of a line around what fits, that marked."""
    text = " ".join(text.split())
    place = line.casefold().find(text.casefold())
    if place < 0:
        return escape(line[: BEFORE + AFTER])
    start, end = max(0, place - BEFORE), place + len(text) + AFTER
    before = ("…" if start else "") + line[start:place]
    after = line[place + len(text) : end] + ("…" if end < len(line) else "")
    return (
        escape(before) + Markup("<mark>") + escape(line[place : place + len(text)]) + Markup("</mark>") + escape(after)
    )
