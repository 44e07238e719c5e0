"""A clock job's turn: who may run it now, and how far its work is done."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from bot.db.upsert import ensure
from bot.models import JobRun


def take_turn(session: Session, job: str, *, now: datetime, lease_for: timedelta) -> bool:
    """Lease a job; False when another clock has it."""
    ensure(session, JobRun, taken_by=("job",), job=job)
    taken = session.execute(
        update(JobRun)
        .where(JobRun.job == job, or_(JobRun.leased_until.is_(None), JobRun.leased_until <= now))
        .values(leased_until=now + lease_for)
        .returning(JobRun.job)
    ).first()
    return taken is not None


def done_until(session: Session, job: str) -> datetime | None:
    """The point up to which the job's work is done."""
    run = session.get(JobRun, job)
    return run.done_until if run else None


def finish_turn(session: Session, job: str, *, done: datetime | None) -> None:
    """Give the lease back; ``done`` is the new point, None when the run failed."""
    run = session.get_one(JobRun, job, with_for_update=True)
    run.leased_until = None
    if done is not None:
        run.done_until = done
