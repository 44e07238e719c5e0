"""What the desk lists: its trays, by service and label, a page at a time, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, exists, func, select
from sqlalchemy.orm import Session

from bot.contracts import ComplaintClass, HandOverReason, MessageKind, TargetState, TicketState
from bot.desk import claims, conditions, labels, reading, targets, to_review
from bot.desk.to_review import ToReview
from bot.models import Contact, Conversation, ConversationLabel, InboundMessage, Post, Staff, Target, Ticket

PAGE = 50  # cards of a page
LATEST = 10  # tickets of one conversation


class Tray(StrEnum):
    """The desk's lists of tickets that are not ended."""

    WAITING = "waiting"
    MINE = "mine"
    LATE = "late"
    PAUSED = "paused"  # the office waits for the citizen
    OTHERS = "others"
    NOTED = "noted"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A list, narrowed to a ``service`` and to a ``label`` (its id)."""

    tray: Tray = Tray.WAITING
    service: str | None = None
    label: int | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a list: the order's time and the ticket's id of a page's last card."""

    at: datetime
    ticket_id: int

    def beyond(self, order: ColumnElement[datetime]) -> ColumnElement[bool]:
        """What comes behind it."""
        return (order > self.at) | ((order == self.at) & (Ticket.id > self.ticket_id))


@dataclass(frozen=True, slots=True)
class Card:
    """A ticket in a list. ``due_at``: its next running deadline, which has ``minutes`` in all; ``said``: the citizen's
    last words, of ``said_kind``; ``is_kept``: its owner's to end, while the assistant talks with the citizen;
    ``is_unread``: the citizen wrote since this officer looked; ``to_review``: what stands in its submission."""

    ticket_id: int
    conversation_id: int
    number: str
    kind: str
    service: str | None
    reason: HandOverReason | None
    complaint_class: ComplaintClass | None
    priority: str
    state: TicketState
    since: datetime
    due_at: datetime | None
    minutes: int
    paused: bool
    name: str
    said: str
    said_kind: MessageKind | None
    owner: str | None
    owner_id: int | None
    is_kept: bool
    is_unread: bool = False
    labels: tuple[str, ...] = ()
    to_review: ToReview | None = None


@dataclass(frozen=True, slots=True)
class CardPage:
    """``following``: where the next page begins; None: this is the last."""

    cards: list[Card]
    following: Spot | None


def page(
    session: Session, wanted: Wanted, post_id: int, now: datetime, after: Spot | None = None, most: int = PAGE
) -> CardPage:
    """A page of a list, who waits longest first; of the late ones, who is latest. The session is bound to the
    office."""
    order: ColumnElement[datetime] = conditions.SINCE
    if wanted.tray is Tray.LATE:  # joined for its order: to ask once more whether it is late would be the same work
        late = conditions.overdue(now).subquery()
        asked, order = _list().join(late, late.c.ticket_id == Ticket.id).where(conditions.UNENDED), late.c.due_at
    else:
        asked = _list().where(_of(wanted.tray, post_id, now))
    asked = asked.where(*_narrowed(wanted))
    if after is not None:
        asked = asked.where(after.beyond(order))
    rows = session.execute(asked.add_columns(order).order_by(order, Ticket.id).limit(most + 1)).all()
    shown = rows[:most]
    following = Spot(shown[-1][-1], shown[-1][0].id) if len(rows) > most else None
    return CardPage(_cards(session, shown, post_id), following)


def counts(session: Session, wanted: Wanted, post_id: int, now: datetime) -> Mapping[Tray, int]:
    """How many stand in each list, narrowed as wanted: one query."""
    columns = [func.coalesce(func.sum(case((_of(tray, post_id, now), 1), else_=0)), 0) for tray in Tray]
    row = session.execute(select(*columns).select_from(Ticket).where(conditions.UNENDED, *_narrowed(wanted))).one()
    return dict(zip(Tray, row, strict=True))


def waiting_count(session: Session) -> int:
    """How many wait."""
    return session.scalar(select(func.count()).select_from(Ticket).where(conditions.WAITS)) or 0


def services(session: Session) -> list[str]:
    """The services of which there is something to do."""
    found = select(Ticket.service).where(conditions.UNENDED, Ticket.service.is_not(None)).distinct()
    return [service for service in session.scalars(found) if service]


def tickets_of(session: Session, conversation_id: int, post_id: int) -> list[Card]:
    """A conversation's tickets, the latest first."""
    latest = _list().where(Ticket.conversation_id == conversation_id).order_by(Ticket.id.desc()).limit(LATEST)
    return _cards(session, session.execute(latest).all(), post_id)


def _list() -> Select[*tuple[Any, ...]]:
    return (
        select(Ticket, Contact.profile_name, Contact.address, Staff.name)
        .join(Conversation, Conversation.id == Ticket.conversation_id)
        .join(Contact, Contact.id == Conversation.contact_id)
        .outerjoin(Post, Post.id == Ticket.owner_id)
        .outerjoin(Staff, Staff.id == Post.staff_id)
    )


def _of(tray: Tray, post_id: int, now: datetime) -> ColumnElement[bool]:
    return {
        Tray.WAITING: conditions.WAITS,
        Tray.MINE: conditions.HELD & (Ticket.owner_id == post_id),
        Tray.LATE: conditions.late(now),
        Tray.PAUSED: conditions.PAUSED,
        Tray.OTHERS: conditions.HELD & (Ticket.owner_id != post_id),
        Tray.NOTED: conditions.NOTED,
        Tray.ALL: conditions.UNENDED,
    }[tray]


def _narrowed(wanted: Wanted) -> list[ColumnElement[bool]]:
    narrowed: list[ColumnElement[bool]] = []
    if wanted.service:
        narrowed.append(Ticket.service == wanted.service)
    if wanted.label is not None:
        has = (
            ConversationLabel.conversation_id == Ticket.conversation_id,
            ConversationLabel.label_id == wanted.label,
        )
        narrowed.append(exists().where(*has))
    return narrowed


def _cards(session: Session, rows: Sequence[Row[*tuple[Any, ...]]], post_id: int) -> list[Card]:
    if not rows:
        return []
    talks = {row[0].conversation_id for row in rows}
    ids = [row[0].id for row in rows]
    words = _last_words(session, talks)
    unread = reading.unread(session, {talk: said[2] for talk, said in words.items()}, post_id)
    clocks = _clocks(session, ids)
    given = labels.of_conversations(session, talks)
    papers = to_review.of_tickets(session, ids)
    return [_card(row, words, clocks, unread, given, papers) for row in rows]


def _last_words(session: Session, conversation_ids: Collection[int]) -> dict[int, tuple[str, MessageKind, int]]:
    """The citizen's: body, kind, number in the conversation."""
    newest = (
        select(func.max(InboundMessage.id))
        .where(InboundMessage.conversation_id.in_(conversation_ids))
        .group_by(InboundMessage.conversation_id)
    )
    found = session.execute(
        select(InboundMessage.conversation_id, InboundMessage.body, InboundMessage.kind, InboundMessage.seq).where(
            InboundMessage.id.in_(newest)
        )
    )
    return {row[0]: (row[1], row[2], row[3]) for row in found}


def _clocks(session: Session, ticket_ids: Sequence[int]) -> dict[int, list[Target]]:
    """The deadlines that are not met yet, the next one first."""
    found: dict[int, list[Target]] = {}
    live = (Target.ticket_id.in_(ticket_ids), Target.state.in_(targets.LIVE))
    for target in session.scalars(select(Target).where(*live).order_by(Target.due_at)):
        found.setdefault(target.ticket_id, []).append(target)
    return found


def _card(
    row: Row[*tuple[Any, ...]],
    words: Mapping[int, tuple[str, MessageKind, int]],
    clocks: Mapping[int, list[Target]],
    unread: Collection[int],
    given: Mapping[int, tuple[str, ...]],
    papers: Mapping[int, ToReview],
) -> Card:
    ticket, name, address, owner = row[:4]
    said, said_kind, _ = words.get(ticket.conversation_id, ("", None, 0))
    live = clocks.get(ticket.id, [])
    running = next((target for target in live if target.state is TargetState.RUNNING), None)
    return Card(
        ticket_id=ticket.id,
        conversation_id=ticket.conversation_id,
        number=ticket.number,
        kind=ticket.kind,
        service=ticket.service,
        reason=ticket.reason,
        complaint_class=ticket.complaint_class,
        priority=ticket.priority,
        state=ticket.state,
        since=ticket.queued_at or ticket.opened_at,
        due_at=running.due_at if running else None,
        minutes=running.minutes if running else 0,
        paused=bool(live) and running is None,
        name=name or address.removeprefix("whatsapp:"),
        said=said,
        said_kind=said_kind,
        owner=owner,
        owner_id=ticket.owner_id,
        is_kept=claims.is_kept(ticket),
        is_unread=ticket.conversation_id in unread,
        labels=given.get(ticket.conversation_id, ()),
        to_review=papers.get(ticket.id),
    )
