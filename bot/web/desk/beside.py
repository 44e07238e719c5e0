"""What stands beside a talk: labels, colleagues, tickets that belong together, canned
answers filled in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import g
from flask_login import current_user
from sqlalchemy.orm import Session

from bot.contracts import TicketState
from bot.desk import canned, labels, links, thread, transfers
from bot.desk.board import Card
from bot.desk.canned import Canned
from bot.web.desk.shown import Shower

ENDED = (TicketState.RESOLVED, TicketState.CLOSED)


def beside(session: Session, show: Shower, head: thread.Head, cards: Sequence[Card]) -> dict[str, Any]:
    """``cards``: the conversation's tickets, the latest first."""
    live = [card for card in cards if card.state not in ENDED]
    found = links.linked(session, [card.ticket_id for card in cards])
    return {
        "labels": labels.active(session),
        "labels_given": labels.given(session, head.conversation_id),
        "colleagues": transfers.colleagues(session, g.actor, show.rules, show.now),
        "linked": {card.ticket_id: [one for one in found if one.ticket_id == card.ticket_id] for card in cards},
        "live": live,
        "canned": _canned(session, show, head, live[0] if live else None),
    }


def _canned(session: Session, show: Shower, head: thread.Head, card: Card | None) -> list[tuple[Canned, str]]:
    """The office's canned answers, each with its words for this citizen."""
    values = {
        "nama": head.name,
        "nomor": card.number if card else "",
        "layanan": show.about(card.service) if card and card.service else "",
        "petugas": current_user.name,
        "kantor": g.seat.office,
        "jam_buka": show.office.opening_hours(show.prefix),
    }
    return [(one, canned.fill(one.body, values)) for one in canned.answers(session)]
