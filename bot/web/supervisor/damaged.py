"""The citizens' files that could not be opened, behind their number."""

from __future__ import annotations

from dataclasses import dataclass

from flask import g
from sqlalchemy.orm import Session

from bot.desk import overview
from bot.desk.overview import Damaged
from bot.web.accounts.language import t
from bot.web.desk.office import Desk
from bot.web.desk.shown import Shower


@dataclass(frozen=True, slots=True)
class ShownDamage:
    """``why``: what is wrong with it."""

    damaged: Damaged
    why: str
    at: str


def find(session: Session, desk: Desk) -> list[ShownDamage]:
    now = desk.now()
    show = Shower.of(desk.office(), g.seat, now)
    return [ShownDamage(one, t(f"damage_{one.what}"), show.moment(one.at)) for one in overview.damaged(session, now)]
