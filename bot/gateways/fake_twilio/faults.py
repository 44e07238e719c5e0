"""Errors on demand: rules that the control API sets and the Twilio API obeys, oldest rule first."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

WINDOW_CLOSED = 63016


class Trouble(StrEnum):
    """``refuse``: answered with Twilio's error ``code``. ``late``: carried out, answered after ``seconds``.
    ``drop``: the connection is closed without an answer (after ``seconds``). ``undelivered``: taken, and the
    status callback later says ``status`` with ``code``, as Twilio does for most 63016 and 63014.

    Of media contents only: ``short``: half of them, under their whole length. ``endless``: more than anybody takes.
    ``drip``: a byte each ``seconds``."""

    REFUSE = "refuse"
    LATE = "late"
    DROP = "drop"
    UNDELIVERED = "undelivered"
    SHORT = "short"
    ENDLESS = "endless"
    DRIP = "drip"


class Door(StrEnum):
    """Which requests a rule meets: creates, reads (fetch and list), media contents."""

    CREATE = "create"
    READ = "read"
    MEDIA = "media"


@dataclass(slots=True)
class Fault:
    """``stored`` False with ``late`` or ``drop``: nothing is carried out (``late`` then answers 503).

    ``recipient``: only creates to this address; empty = all. ``times``: how often it still applies; None =
    until cleared. ``hits`` counts how often it did. A closed window (63016) spares templates.
    """

    kind: Trouble
    on: Door = Door.CREATE
    code: int = 20500
    status: str = "undelivered"
    seconds: float = 0.0
    stored: bool = True
    recipient: str = ""
    times: int | None = 1
    hits: int = 0

    @classmethod
    def from_json(cls, wish: Mapping[str, Any]) -> Fault:
        """Raises KeyError, TypeError or ValueError for a wish that is none."""
        values = dict(wish)
        values.pop("hits", None)
        return cls(**values | {"kind": Trouble(values["kind"]), "on": Door(values.get("on", Door.CREATE))})

    def meets(self, door: Door, recipient: str, is_template: bool) -> bool:
        if is_template and self.code == WINDOW_CLOSED:
            return False
        return self.on is door and self.times != 0 and self.recipient in ("", recipient)


class Faults:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rules: list[Fault] = []

    def add(self, fault: Fault) -> None:
        with self._lock:
            self._rules.append(fault)

    def clear(self) -> None:
        with self._lock:
            self._rules.clear()

    def as_json(self) -> list[dict[str, Any]]:
        with self._lock:
            return [asdict(rule) for rule in self._rules]

    def take(self, door: Door, recipient: str = "", is_template: bool = False) -> Fault | None:
        """The rule that this request meets, used up by one."""
        if not self._rules:
            return None
        with self._lock:
            for rule in self._rules:
                if rule.meets(door, recipient, is_template):
                    rule.hits += 1
                    rule.times = None if rule.times is None else rule.times - 1
                    return rule
        return None
