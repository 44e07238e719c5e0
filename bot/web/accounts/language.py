"""The language of the staff's pages: chosen on the page, else the account's own, else Indonesian."""

from __future__ import annotations

from flask import g, request, session
from flask_login import current_user

from bot.web.accounts.texts import DEFAULT, TEXTS

CHOICE = "language"  # in the session


def language() -> str:
    """``id`` or ``en``, decided once a request. ``?lang=`` on any page chooses for this session."""
    if "language" not in g:
        g.language = _language()
    return str(g.language)


def t(name: str, /, **values: object) -> str:
    """A sentence of the staff's pages in their language."""
    text = TEXTS[language()][name]
    return text.format(**values) if values else text


def choose(wish: str) -> None:
    """For this session and the rest of this request."""
    if wish in TEXTS:
        session[CHOICE] = g.language = wish


def _language() -> str:
    wish = request.args.get("lang", "")
    if wish in TEXTS:
        session[CHOICE] = wish
    if session.get(CHOICE) in TEXTS:
        return str(session[CHOICE])
    return current_user.language if current_user.is_authenticated else DEFAULT
