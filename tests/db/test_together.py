"""Many threads' small writes: each is done, each as if alone, and one that fails takes nobody with it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.db.engine import make_engine
from bot.db.session import Database
from bot.models import StrayDelivery
from tests.installation import Clock


def test_every_write_is_done_and_a_failing_one_stays_alone(database_url: str) -> None:
    database = Database(make_engine(database_url.replace("postgresql://", "postgresql+psycopg://")))

    def write(number: int) -> int:
        def work(session: Session) -> int:
            session.add(StrayDelivery(sid=f"SM{number}", form={}, received_at=Clock()()))
            session.flush()
            if number % 7 == 0:
                raise ValueError(number)
            return number

        try:
            return database.write(work)
        except ValueError:
            return -1

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(write, range(140)))
    assert results == [-1 if number % 7 == 0 else number for number in range(140)]
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(StrayDelivery)) == 120
    database.engine.dispose()
