"""``/desk/<conversation>``: what was said, what it is about, and what the officer can do now."""

from __future__ import annotations

import secrets
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, abort, g, render_template, request, url_for
from flask import session as browser_session
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from bot.contracts import CHOSEN_OUTCOMES, ComplaintClass, Role, TicketState
from bot.desk import board, mismatches, papers, reading, thread
from bot.desk.board import Card
from bot.errors import NotFound
from bot.web.accounts.guard import requires
from bot.web.desk.beside import beside
from bot.web.desk.countdown import window
from bot.web.desk.frame import LIST, frame, version
from bot.web.desk.office import Desk
from bot.web.desk.papers_shown import show_submission
from bot.web.desk.parked import late, parked_of
from bot.web.desk.shown import Shower
from bot.web.desk.talk import talk
from bot.web.live.turns import in_turn

ENDED = (TicketState.RESOLVED, TicketState.CLOSED)


class ThreadPage:
    """The page, and its pieces for htmx."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def whole(self, conversation_id: int, **typed: str) -> str:
        """Aborts with 404 for another office's conversation. ``refusal``: why what was asked for was not done,
        ``theirs``: what a colleague wrote meanwhile; ``draft`` what was to be sent, ``send_key`` the key it had,
        ``note`` what was to be noted."""
        with self._desk.database.reading(g.actor.office_id) as session:
            found = self._read(session, conversation_id)
            seq, actor = found["head"].last_seq, g.actor
            is_read = reading.is_read(session, conversation_id, actor.post_id, seq)
        if not is_read:
            self._desk.database.write(lambda session: reading.read_up_to(session, actor, conversation_id, seq))
        blank = {"refusal": "", "theirs": "", "draft": "", "note": ""}
        key = typed.pop("send_key", "") or new_send_key()
        return render_template("desk/thread.html", **found, **(blank | typed), send_key=key)

    def pieces(self, conversation_id: int, *, send_key: str = "", returned: str = "") -> str:
        """``send_key``: the key of the next message, '' where the page keeps the one it has; ``returned``: words for
        the box."""
        with self._desk.database.reading(g.actor.office_id) as session:
            found = self._read(session, conversation_id)
        return render_template("desk/thread_news.html", **found, send_key=send_key, returned=returned)

    def canned(self, conversation_id: int, answer_id: int) -> str:
        """A canned answer, filled in; '' for one that is gone."""
        with self._desk.database.reading(g.actor.office_id) as session:
            found = self._read(session, conversation_id)
        return next((text for one, text in found["canned"] if one.id == answer_id), "")

    def version(self, conversation_id: int) -> str:
        with self._desk.database.reading(g.actor.office_id) as session:
            return version(session, self._desk, conversation_id)

    def _read(self, session: Session, conversation_id: int) -> dict[str, Any]:
        now = self._desk.now()
        show = Shower.of(self._desk.office(), g.seat, now)
        # the version first: what is committed meanwhile is news then, not an old page that passes for the newest
        framed = frame(session, self._desk, conversation_id, show)
        try:
            head = thread.head(session, conversation_id)
        except NotFound:
            abort(HTTPStatus.NOT_FOUND)
        cards = board.tickets_of(session, conversation_id, g.actor.post_id)
        submissions = papers.submissions_of(session, conversation_id)
        hints = mismatches.hints(session, [one.id for one in submissions]) if submissions else {}
        return {
            **framed,
            "head": head,
            "back": browser_session.get(LIST) or url_for("desk.queue"),
            "tickets": [show.ticket(card) for card in cards],
            "whose": _whose(cards),
            "holder": _holder(cards),
            "is_keeper": any(card.is_kept and card.owner_id == g.actor.post_id for card in cards),
            "is_paused": any(card.state is TicketState.WAITING_FOR_CITIZEN for card in cards),
            "window": window(head.window_until, show.rules, now),
            "late": late(session, head, g.actor.office_id, show),
            "parked": parked_of(session, head, g.actor.post_id, show),
            **beside(session, show, head, cards),
            **talk(session, show, conversation_id, submissions),
            "outcomes": CHOSEN_OUTCOMES,
            "complaint_classes": list(ComplaintClass),
            "submissions": [show_submission(show, one, hints.get(one.id, ())) for one in submissions],
        }


def thread_routes(pages: Blueprint, page: ThreadPage) -> None:
    @pages.get("/<int:conversation_id>")
    @requires(Role.OFFICER)
    def thread(conversation_id: int) -> str:
        """``?answer=``: the box holds this canned answer, for a browser without script."""
        answer = request.args.get("answer", type=int)
        return page.whole(conversation_id, draft=page.canned(conversation_id, answer) if answer else "")

    @pages.get("/<int:conversation_id>/news")
    @requires(Role.OFFICER)
    @in_turn
    def thread_news(conversation_id: int) -> AnyResponse:
        """204 while nothing changed since ``since``."""
        if request.args.get("since") == page.version(conversation_id):
            return Response(status=HTTPStatus.NO_CONTENT)
        return Response(page.pieces(conversation_id))


def new_send_key() -> str:
    return secrets.token_urlsafe(16)


def _whose(cards: list[Card]) -> str:
    """``mine``, ``other``, ``nobody`` (it waits, or is noted), ``kept`` (somebody's to end, the assistant answers) or
    ``ended`` (the assistant answers)."""
    live = [card for card in cards if card.state not in ENDED]
    if not live:
        return "ended"
    holders = {card.owner_id for card in live if not card.is_kept} - {None}
    if holders:
        return "mine" if holders == {g.actor.post_id} else "other"
    return "kept" if all(card.is_kept for card in live) else "nobody"


def _holder(cards: list[Card]) -> str | None:
    """A colleague who has the conversation, else who kept a ticket of it."""
    others = [card.owner for card in cards if not card.is_kept and card.owner_id not in (None, g.actor.post_id)]
    return next(iter([*others, *(card.owner for card in cards if card.is_kept)]), None)
