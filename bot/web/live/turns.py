"""News in turn: what one change makes every open page fetch at the same moment must not hold up a webhook, nor what an
officer does meanwhile."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from werkzeug.exceptions import ServiceUnavailable

LONGEST_REST = 0.05  # seconds
RETRY_AFTER = 3  # seconds, as pages without a stream ask
Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


class Turns:
    """One at a time, who came first goes first; between two a rest as long as the first took, which leaves half of the
    process's time to others."""

    def __init__(self) -> None:
        self._lock = threading.BoundedSemaphore()
        self._free_at = 0.0
        self._is_stopped = False

    def take(self, work: Callable[[], Answer]) -> Answer:
        with self._lock:
            if self._is_stopped:
                raise ServiceUnavailable(retry_after=RETRY_AFTER)
            time.sleep(max(0.0, self._free_at - time.monotonic()))
            began = time.monotonic()
            try:
                return work()
            finally:
                now = time.monotonic()
                self._free_at = now + min(now - began, LONGEST_REST)

    def stop(self) -> None:
        """Whoever waits is sent away with 503, and asks again when the server is back."""
        self._is_stopped = True


turns = Turns()  # of this process, as its processor time is


def in_turn(view: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Put it inside `requires`."""

    @wraps(view)
    def waiting(*args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        return turns.take(lambda: view(*args, **kwargs))

    return waiting
