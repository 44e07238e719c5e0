"""Who listens in this process, and what each is told."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterable
from typing import Protocol

from bot.desk.changes import Change, Topic
from bot.web.live.stream import CROWDED, HELLO, PAUSE, PAUSE_EACH, STOPPING, Listener, Stream

MOST = 60  # streams of a process: each holds a thread of the server, which has as many more (bot/commands/processes.py)
MOST_A_PERSON = 3  # a browser opens six connections to one server at most, and its pages must still load
SPREAD_EACH = 0.01  # seconds a stream over which the news of the queue are spread
WIDEST_SPREAD = 0.4


class Crowded(Exception):
    """No more streams here: the page asks by itself."""


class Watches(Protocol):
    def attend(self) -> None:
        """Somebody new listens: begin, or look at once."""
        ...


class Streams:
    """``watcher`` is made with these streams, at the first listener."""

    def __init__(self, watcher: Callable[[Streams], Watches], most: int = MOST) -> None:
        self._make_watcher = watcher
        self._watcher: Watches | None = None
        self._most = most
        self._lock = threading.Lock()
        self._open: list[Stream] = []
        self._is_stopped = False

    def open(self, listener: Listener, browser: socket.socket | None = None) -> Stream:
        """Raises Crowded. A person's newest pages are served: the oldest of too many asks by itself from then on."""
        with self._lock:
            own = [one for one in self._open if one.listener.staff_id == listener.staff_id]
            for oldest in own[: max(0, len(own) - MOST_A_PERSON + 1)]:
                self._open.remove(oldest)
                oldest.end(CROWDED)
            if self._is_stopped or len(self._open) >= self._most:
                raise Crowded
            stream = Stream(listener, browser)
            self._open.append(stream)
            if self._watcher is None:
                self._watcher = self._make_watcher(self)
        self._watcher.attend()
        return stream

    def close(self, stream: Stream) -> None:
        with self._lock:
            if stream in self._open:
                self._open.remove(stream)
        stream.close()

    def all(self) -> list[Stream]:
        with self._lock:
            return list(self._open)

    def pause(self) -> float:
        """Seconds between two events of one stream, by how many there are."""
        return max(PAUSE, PAUSE_EACH * len(self._open))

    def pass_on(self, changes: Iterable[Change]) -> None:
        streams = self.all()
        spread = min(WIDEST_SPREAD, SPREAD_EACH * len(streams))
        for change in changes:
            for stream in streams:
                if stream.listener.hears(change):
                    stream.tell(_words(change), spread if change.topic is Topic.QUEUE else 0.0)

    def greet(self, streams: Iterable[Stream]) -> None:
        """From now on they miss nothing: what changed before, since their page was made, they fetch now."""
        for stream in streams:
            stream.is_greeted = True
            stream.tell(HELLO)

    def stop(self) -> None:
        """End all at once, and open no more: the server stops."""
        with self._lock:
            self._is_stopped = True
            for stream in self._open:
                stream.end(STOPPING)


def _words(change: Change) -> str:
    if change.topic in (Topic.CONVERSATION, Topic.COLLEAGUES):
        return f"{change.topic}:{change.about}"
    return str(change.topic)
