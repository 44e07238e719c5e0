"""What an officer does beside the talk: notes, labels, a colleague's turn, tickets that belong together."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, g, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from bot.contracts import Role
from bot.desk import labels, links, notes, transfers
from bot.errors import NotFound
from bot.rules import OfficeRules
from bot.web.accounts.guard import requires
from bot.web.desk.doing import Doing, NoSuchTicket, Nothing, TooLong

LONGEST_NOTE = 2000


def sorting_routes(pages: Blueprint, doing: Doing) -> None:
    do = doing.do

    @pages.post("/<int:conversation_id>/notes")
    @requires(Role.OFFICER)
    def write_note(conversation_id: int) -> AnyResponse:
        body = _note()

        def work(session: Session, _: OfficeRules, now: datetime) -> None:
            if not body:
                raise Nothing
            _keep_note(session, conversation_id, body, now)

        return do(conversation_id, work)

    @pages.post("/<int:conversation_id>/labels/<int:label_id>/give")
    @requires(Role.OFFICER)
    def give_label(conversation_id: int, label_id: int) -> AnyResponse:
        return do(
            conversation_id, lambda session, _, now: labels.give(session, g.actor, conversation_id, label_id, now)
        )

    @pages.post("/<int:conversation_id>/labels/<int:label_id>/take")
    @requires(Role.OFFICER)
    def take_label(conversation_id: int, label_id: int) -> AnyResponse:
        return do(
            conversation_id, lambda session, _, now: labels.take(session, g.actor, conversation_id, label_id, now)
        )

    @pages.post("/<int:conversation_id>/transfer")
    @requires(Role.OFFICER)
    def transfer(conversation_id: int) -> AnyResponse:
        """``to``: the colleague's post; ``note``: what they should know."""
        to, note = request.form.get("to", 0, type=int), _note()

        def work(session: Session, rules: OfficeRules, now: datetime) -> None:
            transfers.transfer(session, g.actor, conversation_id, to, rules, now)
            if note:
                _keep_note(session, conversation_id, note, now)

        return do(conversation_id, work)

    @pages.post("/<int:conversation_id>/tickets/<int:ticket_id>/merge")
    @requires(Role.OFFICER)
    def merge(conversation_id: int, ticket_id: int) -> AnyResponse:
        """``into``: the ticket that it is the double of."""
        into = request.form.get("into", 0, type=int)
        return do(
            conversation_id,
            lambda session, rules, now: links.merge(session, g.actor, conversation_id, ticket_id, into, rules, now),
        )

    @pages.post("/<int:conversation_id>/tickets/<int:ticket_id>/link")
    @requires(Role.OFFICER)
    def link(conversation_id: int, ticket_id: int) -> AnyResponse:
        """``number``: of the other ticket."""
        number = request.form.get("number", "")[:40]

        def work(session: Session, _: OfficeRules, now: datetime) -> None:
            links.ticket_of(session, conversation_id, ticket_id)
            try:
                links.link(session, g.actor, conversation_id, ticket_id, number, now)
            except NotFound:
                raise NoSuchTicket from None

        return do(conversation_id, work)

    @pages.post("/<int:conversation_id>/tickets/<int:ticket_id>/unlink")
    @requires(Role.OFFICER)
    def unlink(conversation_id: int, ticket_id: int) -> AnyResponse:
        """``other``: the other ticket's id."""
        other = request.form.get("other", 0, type=int)
        return do(
            conversation_id,
            lambda session, _, now: links.unlink(session, g.actor, conversation_id, ticket_id, other, now),
        )


def _note() -> str:
    return request.form.get("note", "").replace("\r\n", "\n").strip()


def _keep_note(session: Session, conversation_id: int, body: str, now: datetime) -> None:
    if len(body) > LONGEST_NOTE:
        raise TooLong(LONGEST_NOTE)
    notes.write(session, g.actor, conversation_id, body, now)
