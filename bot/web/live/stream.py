"""One open page that listens."""

from __future__ import annotations

import random
import selectors
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from bot.desk.changes import Change, Topic

HEARTBEAT = 15.0  # seconds; the page takes a longer silence for a broken line
LIFE = 3600.0  # then the browser comes again by itself, through the guard
PAUSE = 0.5  # between two events; what comes meanwhile is told together
PAUSE_EACH = 0.02  # with many pages open each pauses longer, so that what they fetch leaves the processor to others
HELLO, OVER, CROWDED, STOPPING = "hello", "over", "crowded", "stopping"


@dataclass(frozen=True, slots=True)
class Listener:
    """Who listens, and which conversation the page shows; None: it shows the queue."""

    office_id: int
    post_id: int
    staff_id: int
    conversation_id: int | None = None

    def hears(self, change: Change) -> bool:
        if change.topic is Topic.QUEUE:
            return change.about == self.office_id
        if change.topic is Topic.ALERTS:
            return change.about == self.post_id
        return change.about == self.conversation_id


class Stream:
    """``browser``: the connection, where the server hands it on; its end is then noticed at once, else at the next
    heartbeat."""

    def __init__(self, listener: Listener, browser: socket.socket | None = None) -> None:
        self.listener = listener
        self.is_greeted = False
        self._browser = browser
        self._ear, self._bell = socket.socketpair()
        self._bell.setblocking(False)
        self._lock = threading.Lock()
        self._topics: set[str] = set()
        self._due = 0.0
        self._last_word: str | None = None

    def tell(self, topic: str, within: float = 0.0) -> None:
        """Pass this on, at a moment of its own within so many seconds: what all hear, not all fetch at once."""
        with self._lock:
            due = time.monotonic() + random.uniform(0, within)
            self._due = min(self._due, due) if self._topics else due
            self._topics.add(topic)
        self._ring()

    def end(self, last_word: str) -> None:
        """``last_word``: why, for the page."""
        self._last_word = last_word
        self._ring()

    def lines(self, is_welcome: Callable[[], bool], pause: Callable[[], float]) -> Iterator[str]:
        """The stream's text until it ends. ``is_welcome``: asked at each heartbeat, whether they may still listen."""
        born = time.monotonic()
        beat_at, quiet_until = born + HEARTBEAT, born
        yield "retry: 2000\n\n"
        with selectors.DefaultSelector() as ears:
            ears.register(self._ear, selectors.EVENT_READ)
            if self._browser is not None:
                ears.register(self._browser, selectors.EVENT_READ)
            while True:
                speak_at = max(self._due, quiet_until) if self._topics else beat_at
                ears.select(max(0.0, min(speak_at, beat_at) - time.monotonic()))
                if self._has_ended(ears):
                    break
                now = time.monotonic()
                if self._topics and now >= max(self._due, quiet_until):
                    yield from self._news()
                    quiet_until = now + pause()
                if now >= beat_at:
                    if not is_welcome():
                        self._last_word = OVER
                        break
                    if now - born > LIFE:
                        break
                    yield _event("beat")
                    beat_at = now + HEARTBEAT
        if self._last_word:
            yield _event(self._last_word)

    def close(self) -> None:
        with self._lock:
            self._ear.close()
            self._bell.close()

    def _news(self) -> Iterator[str]:
        with self._lock:
            topics, self._topics = self._topics, set()
        if HELLO in topics:
            topics = {HELLO}  # the page fetches all there is
            yield _event(HELLO)
        else:
            yield _event("changed", " ".join(sorted(topics)))

    def _has_ended(self, ears: selectors.BaseSelector) -> bool:
        for key, _ in ears.select(0):
            if key.fileobj is self._ear:
                self._ear.recv(4096)
            else:
                try:
                    if not self._browser_says():
                        return True
                except OSError:
                    return True
                ears.unregister(key.fileobj)  # it sends what nobody asked for: no news of its end from here
        return self._last_word is not None

    def _browser_says(self) -> bytes:
        assert self._browser is not None
        return self._browser.recv(1, socket.MSG_PEEK)

    def _ring(self) -> None:
        with self._lock:
            if self._bell.fileno() != -1:
                with suppress(BlockingIOError):  # it has rung often enough
                    self._bell.send(b".")


def _event(name: str, data: str = "") -> str:
    return f"event: {name}\ndata: {data}\n\n"
