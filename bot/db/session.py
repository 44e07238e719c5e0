"""Sessions: one to write (a transaction), one to read, each bound to one office or, in the line, to all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import cache
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.orm import LoaderCriteriaOption, ORMExecuteState, Session, sessionmaker, with_loader_criteria

from bot.db.engine import READ_ONLY
from bot.db.together import Item, T, Together, Work, WorkOnMany
from bot.db.writers import WritersQueue
from bot.models.base import OfficeOwned

OFFICE = "office_id"


class Database:
    """The only way to the rows. ``office_id=None`` sees every office: for the line's own work, never for a person."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.is_sqlite = engine.dialect.name == "sqlite"
        self._make = sessionmaker(engine, expire_on_commit=False)
        self._one_writer: Any = WritersQueue(f"{engine.url.database}-writer") if self.is_sqlite else nullcontext()
        self._together = Together(self.transaction)

    @contextmanager
    def transaction(self, office_id: int | None = None) -> Iterator[Session]:
        """A session that commits at the end and rolls back on any exception. Call nothing outside within it."""
        with self._one_writer, self._make(info={OFFICE: office_id}) as session, session.begin():
            yield session

    def write(self, work: Work[T]) -> T:
        """Do a small piece of writing, called by many threads at once, in a transaction; see `bot.db.together`."""
        if self.is_sqlite:
            return self._together.run(work)
        with self.transaction() as session:
            return work(session)

    def write_all(self, items: Sequence[Item], work: WorkOnMany[Item]) -> list[Exception | None]:
        """Write several items with one commit; see `bot.db.together`."""
        return self._together.run_all(items, work)

    @contextmanager
    def reading(self, office_id: int | None = None) -> Iterator[Session]:
        """A session that only reads; it never waits for a writer."""
        with self._make(info={OFFICE: office_id}) as session:
            session.connection(execution_options={READ_ONLY: True})
            yield session


@event.listens_for(Session, "do_orm_execute")
def _only_own_office(state: ORMExecuteState) -> None:
    """Whatever a bound session reads or changes is narrowed to its office, without a where clause by hand."""
    office_id = state.session.info.get(OFFICE)
    if office_id is None or state.is_column_load or state.is_relationship_load:
        return
    state.statement = state.statement.options(_own_rows(office_id))


@cache
def _own_rows(office_id: int) -> LoaderCriteriaOption:
    return with_loader_criteria(OfficeOwned, lambda row: row.office_id == office_id, include_aliases=True)


@event.listens_for(Session, "before_flush")
def _stamp_own_office(session: Session, _context: object, _instances: object) -> None:
    """New rows of a bound session get its office; a row of another office is refused."""
    office_id = session.info.get(OFFICE)
    if office_id is None:
        return
    for row in session.new:
        if isinstance(row, OfficeOwned):
            if row.office_id is None:
                row.office_id = office_id
            elif row.office_id != office_id:
                raise PermissionError("a row of another office in an office's own session")
