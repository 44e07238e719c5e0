"""What an officer does for a citizen: take, answer, wait, give back, end."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus

from flask import Blueprint, abort, g, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from bot.contracts import CHOSEN_OUTCOMES, ComplaintClass, HandOverReason, Outcome, Role
from bot.desk import answers, claims, complaints, queue
from bot.rules import OfficeRules
from bot.web.accounts.guard import requires
from bot.web.desk.doing import KEY_LENGTH, Doing, Nothing, TooLong

LONGEST_REPLY = 1600  # Twilio refuses a longer body (21617)
TAKEN_OVER = "officer"  # the kind of a ticket that an officer opened by stepping in
PARK, TELL = "park", "tell"  # how an answer leaves that cannot leave now: kept, or kept and the citizen told


def verb_routes(pages: Blueprint, doing: Doing) -> None:
    do, desk = doing.do, doing.desk

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
                raise TooLong(LONGEST_REPLY)
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
        if (outcome := request.form.get("outcome", "")) not in CHOSEN_OUTCOMES:
            abort(HTTPStatus.BAD_REQUEST)

        def work(session: Session, rules: OfficeRules, now: datetime) -> None:
            live = claims.unended(session, conversation_id)
            number = live[0].number if live else ""
            farewell = desk.office().farewell(g.seat.prefix, number, now)
            answers.resolve(
                session, g.actor, conversation_id, Outcome(outcome), farewell=farewell, rules=rules, now=now
            )

        return do(conversation_id, work)
