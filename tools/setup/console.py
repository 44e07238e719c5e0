"""One line a step, with its time; steps may run side by side, so whole lines are written at once."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

_writing = threading.Lock()


def say(text: str) -> None:
    with _writing:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()


class Step:
    """A step under way: ``work`` says that there is something to do (it may take long)."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.worked = False

    def work(self, what: str) -> None:
        self.worked = True
        say(f"  {self.name:<18} {what} ...")


@contextmanager
def step(name: str, nothing_done: str = "up to date") -> Iterator[Step]:
    begin = time.monotonic()
    under_way = Step(name)
    yield under_way
    outcome = "done" if under_way.worked else nothing_done
    say(f"  {name:<18} {outcome}, {time.monotonic() - begin:.1f} s")
