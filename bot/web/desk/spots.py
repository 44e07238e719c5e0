"""Where a page of a list begins, as its address says it: ``at`` and ``after``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.desk.board import Spot


def read_spot(asked: Mapping[str, str]) -> Spot | None:
    """None, also for what is none: an old bookmark opens the list's beginning."""
    try:
        at, after = datetime.fromisoformat(asked.get("at", "")), int(asked.get("after", ""))
    except ValueError:
        return None
    return Spot(at, after) if at.tzinfo is not None and 0 <= after < 2**63 else None


def spot_words(spot: Spot) -> dict[str, str | int]:
    return {"at": spot.at.isoformat(), "after": spot.ticket_id}
