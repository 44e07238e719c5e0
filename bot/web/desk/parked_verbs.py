"""Taking back an answer that waits for the citizen: its words return to the box."""

from __future__ import annotations

from flask import Blueprint, g
from werkzeug.wrappers import Response as AnyResponse

from bot.contracts import Role
from bot.desk import parking
from bot.web.accounts.guard import requires
from bot.web.desk.doing import Doing


def parked_routes(pages: Blueprint, doing: Doing) -> None:
    @pages.post("/<int:conversation_id>/parked/<int:parked_id>/withdraw")
    @requires(Role.OFFICER)
    def withdraw(conversation_id: int, parked_id: int) -> AnyResponse:
        return doing.take_back(
            conversation_id,
            lambda session, rules, now: parking.withdraw(session, g.actor, conversation_id, parked_id, rules, now),
        )
