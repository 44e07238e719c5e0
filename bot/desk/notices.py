"""Notices: an alert on its way to a person. Each way is a row of its own, so that one refused never stops another."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from bot.calendar import OfficeCalendar
from bot.contracts import EventKind, Level, NoticeState, Role, TargetState, TicketState, Way
from bot.db.claim import DueRows, release_dead
from bot.db.upsert import ensure
from bot.deadlines import office_time
from bot.desk.alerts import WHO_WAITS
from bot.desk.events import fact, record
from bot.desk.pace import retry_delay
from bot.models import Alert, Notice, Office, OfficeTemplate, Post, PushSubscription, Staff, Target, Ticket
from bot.models.base import UtcDateTime

LEASE = timedelta(seconds=60)  # longer than any way's time-out
GIVE_UP_AFTER = timedelta(hours=8)  # of office time: older helps nobody; the next level goes out meanwhile
SETTLING = timedelta(seconds=10)  # a request that was cut off may still show in Twilio's list this much later
AFTER_HOURS = timedelta(minutes=10)  # a deadline at closing time is still told; what is older waits for the opening
ALERT_TEMPLATE = "alert"
UNSENT = text("notice.state IN ('due', 'sending')")


@dataclass(frozen=True, slots=True)
class Errand:
    """One notice this process holds, with all that its way needs. ``sid``: of a try that is known not to have arrived;
    ``subscriptions``: (id, endpoint, p256dh, auth)."""

    id: int
    lease: str
    attempts: int
    first_tried_at: datetime
    sid: str | None
    office_id: int
    office_prefix: str
    conversation_id: int
    way: Way
    level: Level
    ticket_number: str
    ticket_kind: str
    service: str | None
    waiting_since: datetime
    deadline: datetime | None
    staff_id: int
    language: str
    email: str
    whatsapp: str | None
    sender: str
    content_sid: str | None
    subscriptions: tuple[tuple[int, str, str, str], ...]


def write(session: Session, alert: Alert, posts: Iterable[Post], ways: Collection[Way], now: datetime) -> None:
    """One notice a person and way. The desk's own is there at once: the page reads these rows."""
    for post in posts:
        for way in _ways_of(session, post, ways):
            at_desk = way is Way.DESK
            ensure(
                session,
                Notice,
                taken_by=("alert_id", "post_id", "way"),
                office_id=alert.office_id,
                alert_id=alert.id,
                post_id=post.id,
                way=way,
                state=NoticeState.SENT if at_desk else NoticeState.DUE,
                due_at=now,
                attempts=0,
                sent_at=now if at_desk else None,
            )


def claim_due(session: Session, now: datetime, most: int) -> list[Errand]:
    """Take notices to be brought now; also those whose sending was cut short (``attempts`` tells)."""
    lease, ids = _DUE.claim(session, now=now, lease_for=LEASE, most=most)
    held = (_errand(session, notice_id, lease, now) for notice_id in ids)
    return [errand for errand in held if errand is not None]


def inherit(session: Session, now: datetime) -> None:
    """Look soon after what a process of this machine was bringing when it died; its request may still be under way."""
    release_dead(session, Notice, now + SETTLING)


def mark_sent(session: Session, errand: Errand, sid: str | None, now: datetime, *, delivered: bool = False) -> None:
    """Its way took it; ``delivered``: and told that it arrived."""
    state = NoticeState.DELIVERED if delivered else NoticeState.SENT
    values: dict[str, Any] = {"state": state, "sent_at": now, "sid": sid, "lease": None, "leased_until": None}
    if delivered:
        values["delivered_at"] = now
    if _update(session, errand, **values):
        _record(session, errand, EventKind.ALERT_DELIVERED, now)


def put_back(session: Session, errand: Errand, calendar: OfficeCalendar, now: datetime) -> None:
    """It did not go out, for a reason that passes: again later, while the office is open, until it is too old to
    help."""
    if office_time(calendar, errand.first_tried_at, now) > GIVE_UP_AFTER:
        mark_failed(session, errand, "gave_up", now)
        return
    later = now + retry_delay(errand.attempts)
    if not calendar.is_open(later) and later - errand.first_tried_at > AFTER_HOURS:
        later = calendar.next_opening(later) or later
    _update(session, errand, state=NoticeState.DUE, due_at=later, lease=None, leased_until=None)


def mark_failed(session: Session, errand: Errand, reason: str, now: datetime) -> None:
    """This way cannot bring it; the others are not touched. ``reason`` is a code."""
    if _update(session, errand, state=NoticeState.FAILED, reason=reason, lease=None, leased_until=None):
        _record(session, errand, EventKind.ALERT_FAILED, now, reason=reason)


def seen(session: Session, post_id: int, now: datetime) -> None:
    """The officer has the desk open, and its alerts before their eyes."""
    session.execute(
        update(Notice)
        .where(Notice.post_id == post_id, Notice.way == Way.DESK, Notice.state == NoticeState.SENT)
        .values(state=NoticeState.DELIVERED, delivered_at=now)
    )


def forget_subscription(session: Session, subscription_id: int) -> None:
    """The browser took its permission back."""
    if (gone := session.get(PushSubscription, subscription_id)) is not None:
        session.delete(gone)


def all_posts(session: Session, office_id: int, role: Role) -> list[Post]:
    """Every active post of a role, on duty or not."""
    wanted = select(Post).where(Post.office_id == office_id, Post.active, Post.role == role)
    return list(session.scalars(wanted.order_by(Post.id)))


# Built once, as every claim is.
_notice = Notice.__table__
_DUE = DueRows(
    Notice,
    "due_at",
    [UNSENT],
    {
        "state": NoticeState.SENDING,
        "attempts": _notice.c.attempts + 1,
        "first_tried_at": func.coalesce(_notice.c.first_tried_at, _notice.c.due_at, type_=UtcDateTime()),
    },
)


def _ways_of(session: Session, post: Post, ways: Collection[Way]) -> list[Way]:
    open_to: dict[Way, bool] = {
        Way.DESK: True,
        Way.MAIL: True,
        Way.WHATSAPP: post.whatsapp is not None and _template(session, post.office_id) is not None,
        Way.PUSH: bool(_subscriptions(session, post.staff_id)),
    }
    return [way for way in Way if open_to[way] and (way is Way.DESK or way in ways)]


def _errand(session: Session, notice_id: int, lease: str, now: datetime) -> Errand | None:
    """None: a person acted while it was put back or held by a process that died, and it is dropped."""
    notice, alert, ticket, post, staff, office = session.execute(
        select(Notice, Alert, Ticket, Post, Staff, Office)
        .join(Alert, Alert.id == Notice.alert_id)
        .join(Ticket, Ticket.id == Alert.ticket_id)
        .join(Post, Post.id == Notice.post_id)
        .join(Staff, Staff.id == Post.staff_id)
        .join(Office, Office.id == Notice.office_id)
        .where(Notice.id == notice_id)
        .execution_options(populate_existing=True)
    ).one()
    if _is_moot(session, alert, ticket):
        notice.state, notice.lease, notice.leased_until = NoticeState.DROPPED, None, None
        return None
    return Errand(
        id=notice.id,
        lease=lease,
        attempts=notice.attempts,
        first_tried_at=notice.first_tried_at or now,
        sid=notice.sid,
        office_id=office.id,
        office_prefix=office.prefix,
        conversation_id=ticket.conversation_id,
        way=notice.way,
        level=alert.level,
        ticket_number=ticket.number,
        ticket_kind=ticket.kind,
        service=ticket.service,
        waiting_since=ticket.queued_at or ticket.opened_at,
        deadline=_deadline(session, alert, ticket),
        staff_id=staff.id,
        language=staff.language,
        email=staff.email,
        whatsapp=post.whatsapp,
        sender=office.sender,
        content_sid=_template(session, office.id) if notice.way is Way.WHATSAPP else None,
        subscriptions=_subscriptions(session, staff.id) if notice.way is Way.PUSH else (),
    )


def _is_moot(session: Session, alert: Alert, ticket: Ticket) -> bool:
    if alert.target_id is not None:
        return session.get_one(Target, alert.target_id, populate_existing=True).state is not TargetState.RUNNING
    return alert.level in WHO_WAITS and ticket.state is not TicketState.OPEN


def _deadline(session: Session, alert: Alert, ticket: Ticket) -> datetime | None:
    """The alert's own, or the next one of its ticket."""
    if alert.target_id is not None:
        return session.get_one(Target, alert.target_id).due_at
    running = (Target.ticket_id == ticket.id, Target.state == TargetState.RUNNING)
    return session.scalar(select(func.min(Target.due_at)).where(*running))


def _template(session: Session, office_id: int) -> str | None:
    return session.scalar(
        select(OfficeTemplate.content_sid).where(
            OfficeTemplate.office_id == office_id, OfficeTemplate.name == ALERT_TEMPLATE
        )
    )


def _subscriptions(session: Session, staff_id: int) -> tuple[tuple[int, str, str, str], ...]:
    rows = session.scalars(select(PushSubscription).where(PushSubscription.staff_id == staff_id))
    return tuple((row.id, row.endpoint, row.p256dh, row.auth) for row in rows)


def _update(session: Session, errand: Errand, **values: Any) -> bool:
    """Whether this process still held the row."""
    held = (Notice.id == errand.id, Notice.lease == errand.lease, Notice.state == NoticeState.SENDING)
    return session.execute(update(Notice).where(*held).values(**values).returning(Notice.id)).first() is not None


def _record(session: Session, errand: Errand, kind: EventKind, now: datetime, **data: object) -> None:
    record(
        session,
        fact(
            kind,
            office_id=errand.office_id,
            conversation_id=errand.conversation_id,
            at=now,
            actor="clock",
            subject=f"notice:{errand.id}",
            level=str(errand.level),
            way=str(errand.way),
            **data,
        ),
    )
