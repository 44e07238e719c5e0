"""Refusals in the words of the staff's pages: forbidden, not found, too many tries, a form that grew old."""

from __future__ import annotations

from flask import Flask, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import Forbidden, HTTPException, NotFound, TooManyRequests
from werkzeug.wrappers import Response

from bot.web.accounts.account import CodeUsed
from bot.web.accounts.language import language, t

MACHINES = ("webhook", "health", "metrics")
OTHERS = (*MACHINES, "simulator")  # these speak for themselves
WORDS = {CSRFError: "form_old", Forbidden: "forbidden", NotFound: "not_found", TooManyRequests: "too_many"}


def register(app: Flask) -> None:
    for kind in WORDS:
        app.register_error_handler(kind, _refuse)
    app.register_error_handler(CodeUsed, lambda _: _page("code_used", 403))


def _refuse(error: HTTPException) -> HTTPException | Response:
    wants_page = not request.accept_mimetypes or request.accept_mimetypes.accept_html
    is_page = request.blueprint not in OTHERS and wants_page
    word = next(WORDS[kind] for kind in type(error).__mro__ if kind in WORDS)
    return _page(word, error.code or 400) if is_page else error


def _page(word: str, status: int) -> Response:
    page = render_template("accounts/refused.html", t=t, language=language(), word=word)
    return make_response(page, status)
