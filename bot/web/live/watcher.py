"""One thread of a process that looks what has changed, for all its streams, while there are any."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

import structlog

from bot.db.session import Database
from bot.desk.changes import Changes
from bot.errors import where
from bot.web.live.streams import Streams

log = structlog.get_logger()

GAP = 0.1  # seconds between two looks: a busy desk is read ten times a second, however many write
POLL = 0.3  # on PostgreSQL, whose NOTIFY tells only of work that is due; on SQLite the bell hears every commit
SLOW_POLL = 2.0
AFTER_FAILURE = 1.0


class Bell(Protocol):
    """As `bot.db.wake.Alarm`."""

    @property
    def count(self) -> int: ...

    def ring(self) -> None: ...

    def wait(self, seen: int, seconds: float) -> None: ...

    def stop(self) -> None: ...


class Watcher:
    """``bell`` makes one: it takes a thread and a connection, which nobody holds while nobody listens."""

    def __init__(
        self, database: Database, streams: Streams, bell: Callable[[], Bell], now: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._streams = streams
        self._make_bell = bell
        self._now = now
        self._lock = threading.Lock()
        self._bell: Bell | None = None

    def attend(self) -> None:
        with self._lock:
            if self._bell is not None:
                self._bell.ring()
                return
            self._bell = self._make_bell()
            threading.Thread(target=self._watch, args=(self._bell,), name="watch", daemon=True).start()

    def _watch(self, bell: Bell) -> None:
        changes = Changes()
        while not self._is_over(bell):
            seen = bell.count
            try:
                self._look(changes)
            except (
                Exception
            ) as error:  # whatever it is: nobody would start another thread, and the pages would hear no more
                log.error("watch_failed", error=type(error).__name__, where=where(error))
                time.sleep(AFTER_FAILURE)
            bell.wait(seen, self._seconds(changes))
            time.sleep(GAP)

    def _look(self, changes: Changes) -> None:
        streams = self._streams.all()
        new = [one for one in streams if not one.is_greeted]
        watched = {one.listener.conversation_id for one in streams if one.listener.conversation_id is not None}
        with self._database.reading() as session:
            found = changes.look(session, watched, self._now())
        self._streams.pass_on(found)
        self._streams.greet(new)

    def _seconds(self, changes: Changes) -> float:
        longest = SLOW_POLL if self._database.is_sqlite else POLL
        if changes.next_silence is None:
            return longest
        return min(longest, max(0.0, (changes.next_silence - self._now()).total_seconds()))

    def _is_over(self, bell: Bell) -> bool:
        """Nobody listens any more; who comes next starts anew."""
        with self._lock:
            if self._streams.all():
                return False
            self._bell = None
        bell.stop()
        return True
