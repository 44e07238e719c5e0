"""The browsers in which a person allowed alerts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.db.upsert import ensure
from bot.models import PushSubscription

MOST = 10  # a person's devices; the oldest makes room


def remember(session: Session, staff_id: int, *, endpoint: str, p256dh: str, auth: str, now: datetime) -> None:
    """Alert this person in this browser. A browser that somebody else used before is theirs from now on."""
    ensure(
        session,
        PushSubscription,
        taken_by=("endpoint",),
        staff_id=staff_id,
        endpoint=endpoint,
        p256dh=p256dh,
        auth=auth,
        created_at=now,
    )
    device = session.scalars(select(PushSubscription).where(PushSubscription.endpoint == endpoint)).one()
    device.staff_id, device.p256dh, device.auth, device.created_at = staff_id, p256dh, auth, now
    session.flush()
    theirs = select(PushSubscription.id).where(PushSubscription.staff_id == staff_id)
    too_many = theirs.order_by(PushSubscription.created_at.desc(), PushSubscription.id.desc()).offset(MOST)
    if old := session.scalars(too_many).all():
        session.execute(delete(PushSubscription).where(PushSubscription.id.in_(old)))


def forget(session: Session, staff_id: int, endpoint: str) -> None:
    """No more alerts in this browser."""
    theirs = (PushSubscription.staff_id == staff_id, PushSubscription.endpoint == endpoint)
    session.execute(delete(PushSubscription).where(*theirs))
