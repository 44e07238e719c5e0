"""What an officer does in a conversation: one POST, one transaction, and a sentence where it is refused.

htmx gets pieces of the page, a browser without script the page again; what was typed comes back either way.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

from flask import Response, abort, g, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from bot.desk import staff, thread
from bot.errors import (
    AlreadyEnded,
    AlreadyLeft,
    AlreadyTold,
    ChangedMeanwhile,
    DeskRefused,
    HeldByAnother,
    IsSubmission,
    KeyUsed,
    LabelGone,
    NotApproved,
    NoteMissing,
    NotFound,
    NothingWaits,
    NotOnDuty,
    NotYours,
    SameTicket,
    WindowClosed,
)
from bot.rules import OfficeRules
from bot.web.accounts.language import t
from bot.web.desk.office import Desk
from bot.web.desk.shown import Shower
from bot.web.desk.thread_page import ThreadPage, new_send_key

KEY_LENGTH = 64
Work = Callable[[Session, OfficeRules, datetime], object]


class TooLong(DeskRefused):
    """``most`` letters are taken."""

    def __init__(self, most: int) -> None:
        super().__init__(f"longer than {most}")
        self.most = most


class Nothing(DeskRefused):
    """Nothing was written."""


class NoSuchTicket(DeskRefused):
    """No ticket of the office has this number."""


SENTENCES: dict[type[DeskRefused], str] = {
    AlreadyEnded: "refused_ended",
    AlreadyLeft: "refused_left",
    AlreadyTold: "refused_told",
    ChangedMeanwhile: "refused_changed",
    HeldByAnother: "refused_held",
    IsSubmission: "refused_is_submission",
    KeyUsed: "refused_key_used",
    LabelGone: "refused_label_gone",
    NoSuchTicket: "refused_no_ticket",
    NotApproved: "refused_not_approved",
    NoteMissing: "refused_return_note",
    Nothing: "refused_nothing",
    NothingWaits: "refused_nothing",
    NotOnDuty: "refused_not_on_duty",
    NotYours: "refused_not_yours",
    SameTicket: "refused_same_ticket",
    TooLong: "refused_long",
    WindowClosed: "refused_window",
}
"""Each has its words: a house test holds it."""


class Doing:
    """Every verb of a conversation's page goes through here."""

    def __init__(self, desk: Desk, page: ThreadPage) -> None:
        self.desk = desk
        self._page = page

    def do(self, conversation_id: int, work: Work) -> AnyResponse:
        """Do it and show how things stand then. Aborts with 404."""
        return self._done(conversation_id, work, lambda _: None)

    def take_back(self, conversation_id: int, work: Work) -> AnyResponse:
        """As `do`; ``work`` answers words, which go back into the box."""
        return self._done(conversation_id, work, str)

    def _done(self, conversation_id: int, work: Work, returned: Callable[[object], str | None]) -> AnyResponse:
        rules = self.desk.office().rules(g.seat.prefix)  # the knowledge may be read now: not while the rows are locked
        try:
            with self.desk.database.transaction(g.actor.office_id) as session:
                words = returned(work(session, rules, self.desk.now()))
        except NotFound:
            abort(HTTPStatus.NOT_FOUND)
        except DeskRefused as refused:
            return self._refused(conversation_id, refused)
        if "HX-Request" in request.headers:
            is_spent = words is not None or "send_key" in request.form  # any other verb leaves the box its key
            key = new_send_key() if is_spent else ""
            return Response(self._page.pieces(conversation_id, send_key=key, returned=words or ""))
        if words is not None:
            return Response(self._page.whole(conversation_id, draft=words))
        return redirect(url_for("desk.thread", conversation_id=conversation_id), HTTPStatus.SEE_OTHER)

    def _refused(self, conversation_id: int, refused: DeskRefused) -> AnyResponse:
        told = {"refusal": self._sentence(refused), "theirs": self._theirs(conversation_id, refused)}
        key = new_send_key() if isinstance(refused, KeyUsed) else ""
        if "HX-Request" in request.headers:
            piece = render_template("desk/refused.html", **told, send_key=key)
            return Response(piece, HTTPStatus.CONFLICT, {"HX-Trigger": "news"})  # the page shows how things stand now
        typed = {
            "draft": request.form.get("body", ""),
            "send_key": key or request.form.get("send_key", "")[:KEY_LENGTH],
            "note": request.form.get("note", ""),
        }
        return Response(self._page.whole(conversation_id, **told, **typed), HTTPStatus.CONFLICT)

    def _sentence(self, refused: DeskRefused) -> str:
        word = SENTENCES[type(refused)]
        if isinstance(refused, HeldByAnother | NotOnDuty):
            with self.desk.database.reading(g.actor.office_id) as session:
                found = staff.member(session, refused.post_id)
            return t(word, name=found[1].name if found else "")
        return t(word, most=refused.most) if isinstance(refused, TooLong) else t(word)

    def _theirs(self, conversation_id: int, refused: DeskRefused) -> str:
        """What the colleague who was quicker has written: '' where they have not."""
        if not isinstance(refused, HeldByAnother):
            return ""
        with self.desk.database.reading(g.actor.office_id) as session:
            line = thread.last_of(session, conversation_id, refused.post_id)
        if line is None:
            return ""
        show = Shower.of(self.desk.office(), g.seat, self.desk.now())
        return t("refused_theirs", name=line.author, time=show.moment(line.at), text=line.body)
