"""What every live page of a conversation needs besides its own: who reads, their alerts, and when it last changed."""

from __future__ import annotations

from typing import Any

from flask import g
from sqlalchemy.orm import Session

from bot.desk import alerted, board, versions
from bot.web.desk.office import Desk
from bot.web.desk.shown import Shower

LIST = "list"  # in the browser's session: the address of the list that was looked at last


def frame(session: Session, desk: Desk, conversation_id: int, show: Shower) -> dict[str, Any]:
    return {
        "seat": g.seat,
        "version": version(session, desk, conversation_id),
        "alerts": show.alerts(alerted.standing(session, g.actor.post_id)),
        "waiting_count": board.waiting_count(session),
    }


def version(session: Session, desk: Desk, conversation_id: int) -> str:
    minute = int(desk.now().timestamp()) // 60  # the countdowns are the server's
    return f"{versions.of_conversation(session, conversation_id, g.actor.post_id)}.{minute}"
