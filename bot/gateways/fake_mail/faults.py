"""Trouble on demand, oldest rule first."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Stage(StrEnum):
    """Where in the conversation: ``sender`` (MAIL FROM), ``recipient`` (RCPT TO), ``content`` (after DATA)."""

    SENDER = "sender"
    RECIPIENT = "recipient"
    CONTENT = "content"


class Trouble(StrEnum):
    """``answer``: replied with ``code`` (450 busy, 550 refused, …). ``drop``: the connection is cut without a reply.
    ``slow``: answered after ``seconds``."""

    ANSWER = "answer"
    DROP = "drop"
    SLOW = "slow"


@dataclass(slots=True)
class Fault:
    """``stored``: with ``drop`` or ``slow`` at the content, whether the mail is kept. ``recipient``: only mail to
    this address, from RCPT TO on; empty = all. ``times``: how often it still applies; None = until cleared."""

    kind: Trouble
    at: Stage = Stage.CONTENT
    code: int = 450
    seconds: float = 0.0
    stored: bool = True
    recipient: str = ""
    times: int | None = 1

    @classmethod
    def from_json(cls, wish: Mapping[str, Any]) -> Fault:
        """Raises KeyError, TypeError or ValueError for a wish that is none."""
        values = dict(wish)
        return cls(**values | {"kind": Trouble(values["kind"]), "at": Stage(values.get("at", Stage.CONTENT))})


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

    def take(self, stage: Stage, recipient: str = "") -> Fault | None:
        """The rule that is met, used up by one."""
        with self._lock:
            for rule in self._rules:
                if rule.at is stage and rule.times != 0 and rule.recipient in ("", recipient):
                    rule.times = None if rule.times is None else rule.times - 1
                    return rule
        return None
