"""``/desk/<conversation>``: what was said, what it is about, and what the officer can do now."""

from __future__ import annotations

import secrets
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, abort, g, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from bot.contracts import ComplaintClass, Outcome, Role, TicketState
from bot.desk import alerted, board, thread, versions
from bot.desk.board import Card, Tray
from bot.errors import NotFound
from bot.web.accounts.guard import requires
from bot.web.desk.countdown import window
from bot.web.desk.office import Desk
from bot.web.desk.parked import late, parked_of
from bot.web.desk.shown import Shower
from bot.web.live.turns import in_turn
from bot.web.whatsapp_text import whatsapp_html

ENDED = (TicketState.RESOLVED, TicketState.CLOSED)


class ThreadPage:
    """The page, and its pieces for htmx."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def whole(self, conversation_id: int, *, refusal: str = "", draft: str = "", send_key: str = "") -> str:
        """Aborts with 404 for another office's conversation. ``refusal``: why what was asked for was not done;
        ``draft`` what was to be sent, ``send_key`` the key it had."""
        with self._desk.database.reading(g.actor.office_id) as session:
            found = self._read(session, conversation_id)
        key = send_key or new_send_key()
        return render_template("desk/thread.html", **found, refusal=refusal, draft=draft, send_key=key)

    def pieces(self, conversation_id: int, *, sent: bool = False, returned: str = "") -> str:
        """``sent``: with an empty refusal and the key of the next message; ``returned``: words for the box."""
        with self._desk.database.reading(g.actor.office_id) as session:
            found = self._read(session, conversation_id)
        send_key = new_send_key() if sent else ""
        return render_template("desk/thread_news.html", **found, send_key=send_key, returned=returned)

    def version(self, conversation_id: int) -> str:
        with self._desk.database.reading(g.actor.office_id) as session:
            return self._version(session, conversation_id)

    def _version(self, session: Session, conversation_id: int) -> str:
        minute = int(self._desk.now().timestamp()) // 60  # the countdowns are the server's
        return f"{versions.of_conversation(session, conversation_id, g.actor.post_id)}.{minute}"

    def _read(self, session: Session, conversation_id: int) -> dict[str, Any]:
        try:
            head = thread.head(session, conversation_id)
        except NotFound:
            abort(HTTPStatus.NOT_FOUND)
        now = self._desk.now()
        show = Shower.of(self._desk.office(), g.seat, now)
        cards = board.tickets_of(session, conversation_id)
        lines = thread.lines(session, conversation_id)
        return {
            "seat": g.seat,
            "version": self._version(session, conversation_id),
            "head": head,
            "tickets": [show.ticket(card) for card in cards],
            "lines": show.lines(lines),
            "is_cut": len(lines) == thread.MOST,
            "whose": _whose(cards),
            "holder": _holder(cards),
            "is_keeper": any(card.is_kept and card.owner_id == g.actor.post_id for card in cards),
            "is_paused": any(card.state is TicketState.WAITING_FOR_CITIZEN for card in cards),
            "window": window(head.window_until, show.rules, now),
            "late": late(session, head, g.actor.office_id, show),
            "parked": parked_of(session, head, g.actor.post_id, show),
            "outcomes": list(Outcome),
            "complaint_classes": list(ComplaintClass),
            "whatsapp_html": whatsapp_html,
            "alerts": show.alerts(alerted.standing(session, g.actor.post_id)),
            "counts": {Tray.WAITING: board.counts(session, g.actor.post_id)[Tray.WAITING]},
        }


def thread_routes(pages: Blueprint, page: ThreadPage) -> None:
    @pages.get("/<int:conversation_id>")
    @requires(Role.OFFICER)
    def thread(conversation_id: int) -> str:
        return page.whole(conversation_id)

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
