"""What an officer does: each verb of the desk is one POST, one transaction, and a sentence where it is refused.

htmx gets pieces of the page, a browser without script the page again; what was typed comes back either way.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

from flask import Blueprint, Response, abort, g, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from bot.contracts import ComplaintClass, HandOverReason, Outcome, Role
from bot.desk import answers, claims, complaints, queue, staff
from bot.errors import (
    AlreadyEnded,
    AlreadyLeft,
    AlreadyTold,
    DeskRefused,
    HeldByAnother,
    NotApproved,
    NotFound,
    NothingWaits,
    WindowClosed,
)
from bot.rules import OfficeRules
from bot.web.accounts.guard import requires
from bot.web.accounts.language import t
from bot.web.desk.office import Desk
from bot.web.desk.thread_page import ThreadPage

LONGEST_REPLY = 1600  # Twilio refuses a longer body (21617)
KEY_LENGTH = 64
TAKEN_OVER = "officer"  # the kind of a ticket that an officer opened by stepping in
PARK, TELL = "park", "tell"  # how an answer leaves that cannot leave now: kept, or kept and the citizen told
SENTENCES = {
    AlreadyEnded: "refused_ended",
    AlreadyLeft: "refused_left",
    AlreadyTold: "refused_told",
    NotApproved: "refused_not_approved",
    NothingWaits: "refused_nothing",
    WindowClosed: "refused_window",
}
Work = Callable[[Session, OfficeRules, datetime], object]


class TooLong(DeskRefused):
    """WhatsApp takes no longer text."""


class Nothing(DeskRefused):
    """Nothing was written."""


def verb_routes(pages: Blueprint, desk: Desk, page: ThreadPage) -> None:
    def do(conversation_id: int, work: Work) -> AnyResponse:
        rules = desk.office().rules(g.seat.prefix)  # the knowledge may be read now: not while the rows are locked
        try:
            with desk.database.transaction(g.actor.office_id) as session:
                work(session, rules, desk.now())
        except NotFound:
            abort(HTTPStatus.NOT_FOUND)
        except DeskRefused as refused:
            return _refused(conversation_id, _sentence(desk, refused), page)
        if _by_htmx():
            return Response(page.pieces(conversation_id, sent=True))
        return redirect(url_for("desk.thread", conversation_id=conversation_id), HTTPStatus.SEE_OTHER)

    @pages.post("/<int:conversation_id>/claim")
    @requires(Role.OFFICER)
    def claim(conversation_id: int) -> AnyResponse:
        return do(
            conversation_id, lambda session, rules, now: claims.claim(session, g.actor, conversation_id, rules, now)
        )

    @pages.post("/<int:conversation_id>/take-over")
    @requires(Role.OFFICER)
    def take_over(conversation_id: int) -> AnyResponse:
        """From the assistant: the citizen did not ask, the officer steps in."""

        def work(session: Session, rules: OfficeRules, now: datetime) -> None:
            queue.hand_over(
                session,
                g.actor.office_id,
                conversation_id,
                kind=TAKEN_OVER,
                reason=HandOverReason.OFFICER,
                service=None,
                since=now,
                now=now,
                actor=g.actor.name,
            )
            claims.claim(session, g.actor, conversation_id, rules, now)

        return do(conversation_id, work)

    @pages.post("/<int:conversation_id>/reply")
    @requires(Role.OFFICER)
    def reply(conversation_id: int) -> AnyResponse:
        body = request.form.get("body", "").replace("\r\n", "\n").strip()
        key = request.form.get("send_key", "")[:KEY_LENGTH]
        how = request.form.get("how", "")

        def work(session: Session, rules: OfficeRules, now: datetime) -> None:
            if (not body and how != TELL) or not key:
                raise Nothing
            if len(body) > LONGEST_REPLY:
                raise TooLong
            given = (session, g.actor, conversation_id, body)
            if how not in (PARK, TELL):
                answers.reply(*given, send_key=key, rules=rules, now=now)
                return
            live = claims.unended(session, conversation_id)
            word = desk.office().answer_waiting(g.seat.prefix, live[0].number) if live and how == TELL else None
            answers.reply_when_they_write(*given, word, send_key=key, rules=rules, now=now)

        return do(conversation_id, work)

    @pages.post("/<int:conversation_id>/wait")
    @requires(Role.OFFICER)
    def wait(conversation_id: int) -> AnyResponse:
        return do(
            conversation_id,
            lambda session, rules, now: answers.wait_for_citizen(session, g.actor, conversation_id, rules, now),
        )

    @pages.post("/<int:conversation_id>/release")
    @requires(Role.OFFICER)
    def release(conversation_id: int) -> AnyResponse:
        return do(
            conversation_id, lambda session, rules, now: claims.release(session, g.actor, conversation_id, rules, now)
        )

    @pages.post("/<int:conversation_id>/classify")
    @requires(Role.OFFICER)
    def classify(conversation_id: int) -> AnyResponse:
        """A complaint's class; also of a conversation that is another's."""
        wanted, ticket_id = request.form.get("complaint_class", ""), request.form.get("ticket_id", 0, type=int)
        if wanted not in set(ComplaintClass):
            abort(HTTPStatus.BAD_REQUEST)
        given = (conversation_id, ticket_id, ComplaintClass(wanted))
        return do(
            conversation_id, lambda session, rules, now: complaints.classify(session, g.actor, *given, rules, now)
        )

    @pages.post("/<int:conversation_id>/resolve")
    @requires(Role.OFFICER)
    def resolve(conversation_id: int) -> AnyResponse:
        if (outcome := request.form.get("outcome", "")) not in set(Outcome):
            abort(HTTPStatus.BAD_REQUEST)

        def work(session: Session, rules: OfficeRules, now: datetime) -> None:
            live = claims.unended(session, conversation_id)
            number = live[0].number if live else ""
            farewell = desk.office().farewell(g.seat.prefix, number, now)
            answers.resolve(
                session, g.actor, conversation_id, Outcome(outcome), farewell=farewell, rules=rules, now=now
            )

        return do(conversation_id, work)


def _refused(conversation_id: int, sentence: str, page: ThreadPage) -> AnyResponse:
    if _by_htmx():
        told = render_template("desk/_refusal.html", refusal=sentence)
        return Response(told, HTTPStatus.CONFLICT, {"HX-Trigger": "news"})  # the page shows how things stand now
    draft, key = request.form.get("body", ""), request.form.get("send_key", "")[:KEY_LENGTH]
    whole = page.whole(conversation_id, refusal=sentence, draft=draft, send_key=key)
    return Response(whole, HTTPStatus.CONFLICT)


def _sentence(desk: Desk, refused: DeskRefused) -> str:
    if isinstance(refused, HeldByAnother):
        with desk.database.reading(g.actor.office_id) as session:
            holder = staff.member(session, refused.post_id)
        return t("refused_held", name=holder[1].name if holder else "")
    if isinstance(refused, TooLong):
        return t("refused_long", most=LONGEST_REPLY)
    return t("refused_nothing" if isinstance(refused, Nothing) else SENTENCES[type(refused)])


def _by_htmx() -> bool:
    return "HX-Request" in request.headers
