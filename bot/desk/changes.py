"""What has changed since the last look, for pages that are open: read from the rows that are written anyway."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from bot.contracts import EventKind, TicketState
from bot.models import Event, OutboundMessage, Presence, Ticket

MOST = 5000  # facts of one look; the rest comes with the next
LATE = timedelta(seconds=25)  # longer than PostgreSQL lets a statement run: what is missing then was rolled back
MOST_LATE = 500
# Facts of a conversation with the assistant: they change the queue only where a ticket waits or is held.
TALK = frozenset(
    {
        EventKind.RECEIVED,
        EventKind.UNDERSTOOD,
        EventKind.ANSWERED,
        EventKind.SENT,
        EventKind.CONSENT,
        EventKind.SUBMISSION,
        EventKind.FILE_STORED,
        EventKind.FILE_OPENED,
    }
)
ENDED = (TicketState.RESOLVED, TicketState.CLOSED)


class Topic(StrEnum):
    """What a page may show."""

    QUEUE = "queue"
    CONVERSATION = "conversation"
    COLLEAGUES = "colleagues"
    ALERTS = "alerts"


@dataclass(frozen=True, slots=True)
class Change:
    """``about``: the office of a queue, the conversation, its colleagues likewise, the post of alerts."""

    topic: Topic
    about: int


class Changes:
    """One reader's place in the rows. The first look finds nothing: it fixes the place."""

    def __init__(self) -> None:
        self._last: int | None = None
        self._late: dict[int, datetime] = {}
        self._ticks: dict[int, tuple[int, ...]] = {}
        self._present: dict[int, frozenset[tuple[int, bool]]] = {}
        self.next_silence: datetime | None = None

    def look(self, session: Session, watched: Collection[int], now: datetime) -> set[Change]:
        """Changes of every office, and of the ``watched`` conversations their ticks and who is there. Afterwards
        ``next_silence`` tells when the next one there will have been silent for too long.

        Ticks and presence of a conversation that was not watched before are taken down, not told. A look that fails
        leaves the place where it was: the next one finds all of it.
        """
        facts, last, late = self._facts(session, now)
        seen = (fact for fact in facts if fact.conversation_id and fact.kind is not EventKind.FILE_OPENED)
        found = {Change(Topic.CONVERSATION, fact.conversation_id) for fact in seen}
        found |= {Change(Topic.QUEUE, office_id) for office_id in _queues(session, facts)}
        found |= {Change(Topic.ALERTS, post_id) for post_id in _alerted(session, facts)}
        ticks, (present, next_silence) = _ticks(session, watched), _there(session, watched, now)
        found |= {Change(Topic.CONVERSATION, one) for one in watched if _differs(self._ticks, ticks, one)}
        found |= {Change(Topic.COLLEAGUES, one) for one in watched if _differs(self._present, present, one)}
        self._last, self._late, self._ticks, self._present = last, late, ticks, present
        self.next_silence = next_silence
        return found

    def _facts(self, session: Session, now: datetime) -> tuple[Sequence[Any], int, dict[int, datetime]]:
        """New ones in order: rows of (id, office_id, conversation_id, kind); then the newest id, and the ids left out
        since when. On PostgreSQL a number may appear after a higher one: numbers left out are asked for until whoever
        holds them must have ended."""
        if self._last is None:
            return (), session.scalar(select(func.max(Event.id))) or 0, {}
        new = or_(Event.id > self._last, Event.id.in_(self._late)) if self._late else Event.id > self._last
        facts = session.execute(
            select(Event.id, Event.office_id, Event.conversation_id, Event.kind)
            .where(new)
            .order_by(Event.id)
            .limit(MOST)
        ).all()
        ids = {fact.id for fact in facts}
        newest = max(ids, default=self._last)
        late = {one: since for one, since in self._late.items() if one not in ids and now - since < LATE}
        if newest - self._last > len(ids):
            missing = (one for one in range(newest, self._last, -1) if one not in ids)
            late |= {one: now for one, _ in zip(missing, range(MOST_LATE), strict=False)}
        return facts, max(self._last, newest), late


def _there(
    session: Session, watched: Collection[int], now: datetime
) -> tuple[dict[int, frozenset[tuple[int, bool]]], datetime | None]:
    """Who is there and whether they type, by conversation; and when the next one will have been silent for too
    long."""
    there: dict[int, set[tuple[int, bool]]] = {one: set() for one in watched}
    ends: list[datetime] = []
    if watched:
        rows = session.execute(
            select(Presence.conversation_id, Presence.post_id, Presence.until, Presence.typing_until).where(
                Presence.conversation_id.in_(watched), Presence.until > now
            )
        )
        for conversation_id, post_id, until, typing_until in rows:
            types_until = typing_until if typing_until and typing_until > now else None
            there[conversation_id].add((post_id, types_until is not None))
            ends.append(types_until or until)
    return {one: frozenset(people) for one, people in there.items()}, min(ends, default=None)


def _queues(session: Session, facts: Sequence[Any]) -> set[int]:
    """Offices whose queue looks different."""
    offices = {fact.office_id for fact in facts if fact.kind not in TALK}
    talking = {fact.conversation_id for fact in facts if fact.kind in TALK and fact.office_id not in offices}
    if talking:
        live = select(Ticket.office_id).where(Ticket.conversation_id.in_(talking), Ticket.state.not_in(ENDED))
        offices.update(session.scalars(live.distinct()))
    return offices


def _alerted(session: Session, facts: Sequence[Any]) -> Iterable[int]:
    """Posts that an alert was raised for."""
    ids = [fact.id for fact in facts if fact.kind is EventKind.ALERT]
    told: Iterable[dict[str, Any]] = session.scalars(select(Event.data).where(Event.id.in_(ids))) if ids else ()
    return (post_id for data in told for post_id in data.get("recipients", ()))


def _ticks(session: Session, watched: Collection[int]) -> dict[int, tuple[int, ...]]:
    """A receipt writes no fact of its own: how many messages of each got how far."""
    if not watched:
        return {}
    counted = session.execute(
        select(
            OutboundMessage.conversation_id,
            func.count(OutboundMessage.sent_at),
            func.count(OutboundMessage.delivered_at),
            func.count(OutboundMessage.read_at),
            func.count(OutboundMessage.reason),
        )
        .where(OutboundMessage.conversation_id.in_(watched))
        .group_by(OutboundMessage.conversation_id)
    )
    return dict.fromkeys(watched, ()) | {row[0]: tuple(row[1:]) for row in counted}


def _differs(before: dict[int, Any], after: dict[int, Any], one: int) -> bool:
    return one in before and before[one] != after[one]
