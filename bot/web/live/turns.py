"""News in turn: what one change makes every open page fetch at the same moment must not hold up a webhook, nor what an
officer does meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

AT_ONCE = 1
Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")

_turns = threading.BoundedSemaphore(AT_ONCE)


def in_turn(view: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Renders two at once at most; the others wait, who came first goes first. Put it inside `requires`."""

    @wraps(view)
    def waiting(*args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        with _turns:
            return view(*args, **kwargs)

    return waiting
