"""The clock: what runs by itself, and how often. One process by APScheduler; a lease row in the database keeps two
clocks from doing one thing twice. Jobs only move rows that are due."""

from __future__ import annotations

import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from apscheduler.schedulers.blocking import BlockingScheduler
from sqlalchemy.exc import SQLAlchemyError

from bot.db.session import Database
from bot.desk import jobs, notices
from bot.errors import where

log = structlog.get_logger()

KIND = "clock"
BEAT_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Job:
    """``run(now, done_until)`` does the work due at ``now``; ``every`` is also how long its lease lasts."""

    name: str
    every: timedelta
    run: Callable[[datetime, datetime | None], object]


def run_clock(database: Database, table: Sequence[Job], beat: Callable[[], None], now: Callable[[], datetime]) -> None:
    """Run the jobs of ``table`` until SIGTERM or SIGINT, the first time at once."""
    scheduler = BlockingScheduler(timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1})
    for job in table:
        scheduler.add_job(
            run_once,
            "interval",
            args=[database, job, now],
            seconds=job.every.total_seconds(),
            id=job.name,
            next_run_time=now(),
            misfire_grace_time=None,
        )
    scheduler.add_job(beat, "interval", seconds=BEAT_SECONDS, id="beat", next_run_time=now())
    _inherit(database, now())
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: scheduler.shutdown(wait=False))
    log.info("clock_started", jobs=[job.name for job in table])
    scheduler.start()
    log.info("clock_stopped")


def _inherit(database: Database, now: datetime) -> None:
    try:
        with database.transaction() as session:
            notices.inherit(session, now)
    except SQLAlchemyError as error:  # the leases run out by themselves
        log.error("database_unavailable", job="inherit", error=type(error).__name__)


def run_once(database: Database, job: Job, now: Callable[[], datetime]) -> bool:
    """Run a job if no other clock is running it. A failure is logged, and the next run starts where this one did."""
    started = now()
    try:
        with database.transaction() as session:
            if not jobs.take_turn(session, job.name, now=started, lease_for=job.every):
                return False
            since = jobs.done_until(session, job.name)
        done: datetime | None = started
        try:
            job.run(started, since)
        except Exception as error:  # a job that fails runs again at its time, from where this run began
            log.error("job_failed", job=job.name, error=type(error).__name__, where=where(error))
            done = None
        with database.transaction() as session:
            jobs.finish_turn(session, job.name, done=done)
    except SQLAlchemyError as error:
        log.error("database_unavailable", job=job.name, error=type(error).__name__)
        return False
    return True
