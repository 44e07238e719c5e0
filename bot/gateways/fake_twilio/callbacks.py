"""What becomes of a message that Sapa sent: its status moves on, and each move is told to its StatusCallback.

Two chains per message: the status itself moves in order; the callbacks tell of it in order, or, on demand,
late, twice, shuffled, reversed or not at all. A chain plans its next step only when the one before is done.
"""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import partial
from typing import Any

from bot.gateways.fake_twilio.errors import sentence
from bot.gateways.fake_twilio.records import API_VERSION, Message
from bot.gateways.fake_twilio.store import Store
from bot.gateways.fake_twilio.timetable import Timetable
from bot.gateways.fake_twilio.webhook import WebhookCaller


class Order(StrEnum):
    IN_ORDER = "in_order"
    REVERSED = "reversed"
    SHUFFLED = "shuffled"


@dataclass(frozen=True, slots=True)
class Step:
    """``after``: seconds since the message was created."""

    status: str
    after: float = 0.0
    error_code: int | None = None


@dataclass(frozen=True, slots=True)
class Habits:
    """How callbacks come. ``late``: further seconds before each. ``told`` False: none at all."""

    steps: tuple[Step, ...] = (Step("queued"), Step("sent", 0.2), Step("delivered", 0.6), Step("read", 2.0))
    order: Order = Order.IN_ORDER
    twice: bool = False
    late: float = 0.0
    told: bool = True

    @classmethod
    def from_json(cls, wish: Mapping[str, Any]) -> Habits:
        """``steps`` as ``[["sent", 0.2], …]``. Raises TypeError or ValueError for a wish that is none."""
        values = dict(wish)
        if "steps" in values:
            values["steps"] = tuple(Step(str(status), float(after)) for status, after in values["steps"])
        return cls(**values | {"order": Order(values.get("order", Order.IN_ORDER))})

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"steps": [[step.status, step.after] for step in self.steps]}

    def told_steps(self, steps: Sequence[Step]) -> list[Step]:
        """The steps as the callbacks tell them: times stay, what is told at each may change places."""
        if not self.told:
            return []
        told = list(steps)
        if self.order is Order.REVERSED:
            told.reverse()
        elif self.order is Order.SHUFFLED:
            random.shuffle(told)
        times = [step.after + self.late for step in steps]
        plan = [Step(step.status, after, step.error_code) for step, after in zip(told, times, strict=True)]
        return [step for step in plan for _ in range(2 if self.twice else 1)]


class Courses:
    """Carries sent messages through their statuses, in the background."""

    def __init__(self, account_sid: str, store: Store, caller: WebhookCaller, timetable: Timetable) -> None:
        self.habits = Habits()
        self._account_sid = account_sid
        self._store = store
        self._caller = caller
        self._timetable = timetable
        self._lock = threading.Lock()
        self._posted: Counter[str] = Counter()
        self._unanswered = 0

    def begin(self, message: Message, failure: Step | None = None) -> None:
        """``failure`` replaces every step after ``queued``."""
        steps = self.habits.steps
        if failure is not None:
            steps = (*(step for step in steps if step.status == "queued"), failure)
        self._plan_moves(message, tuple(step for step in steps if step.status != "queued"))
        if message.callback:
            self._plan_posts(message, tuple(self.habits.told_steps(steps)))

    def resume(self) -> None:
        """After a restart: what was under way goes on from the status it had."""
        for message in self._store.unfinished():
            names = [step.status for step in self.habits.steps]
            done = names.index(message.status) if message.status in names else -1
            steps = self.habits.steps[done + 1 :]
            self._plan_moves(message, steps)
            if message.callback:
                self._plan_posts(message, tuple(self.habits.told_steps(steps)))

    def tell(self, message: Message, step: Step) -> int:
        """One callback now; the HTTP status it was answered with, 0 when there was no answer."""
        answered = self._caller.post(message.callback, self._form(message, step))
        with self._lock:
            self._posted[step.status] += 1
            self._unanswered += not 200 <= answered < 300
        return answered

    def counts(self) -> dict[str, Any]:
        """``posted`` by status, ``refused``: how many were not answered with 2xx, ``pending``."""
        with self._lock:
            posted = dict(self._posted)
            return {"posted": posted, "refused": self._unanswered, "pending": self._timetable.pending}

    def forget_counts(self) -> None:
        with self._lock:
            self._posted.clear()
            self._unanswered = 0

    def _plan_moves(self, message: Message, steps: tuple[Step, ...]) -> None:
        if steps:
            self._timetable.at(message.created + steps[0].after, partial(self._move, message, steps), quick=True)

    def _move(self, message: Message, steps: tuple[Step, ...]) -> None:
        self._store.set_status(message.sid, steps[0].status, steps[0].error_code)
        self._plan_moves(message, steps[1:])

    def _plan_posts(self, message: Message, steps: tuple[Step, ...]) -> None:
        if steps:
            self._timetable.at(message.created + steps[0].after, partial(self._post, message, steps))

    def _post(self, message: Message, steps: tuple[Step, ...]) -> None:
        self.tell(message, steps[0])
        self._plan_posts(message, steps[1:])

    def _form(self, message: Message, step: Step) -> dict[str, str]:
        channel, _, address = message.recipient.rpartition(":")
        form = {
            "AccountSid": self._account_sid,
            "ApiVersion": API_VERSION,
            "ChannelPrefix": channel,
            "ChannelToAddress": address[:-4] + "XXXX",
            "From": message.sender,
            "MessageSid": message.sid,
            "MessageStatus": step.status,
            "SmsSid": message.sid,
            "SmsStatus": step.status,
            "To": message.recipient,
        }
        if step.status in ("delivered", "read"):
            form["EventType"] = step.status.upper()
        if step.error_code is not None:
            form |= {"ErrorCode": str(step.error_code), "ErrorMessage": sentence(step.error_code)}
        return form


def failure_step(status: str, code: int) -> Step:
    """``failed`` or ``undelivered``, a moment after the message was taken."""
    return Step(status, 0.2, code)


def step_from_json(wish: Mapping[str, Any]) -> Step:
    """Raises KeyError or ValueError for a wish that is none."""
    code = wish.get("error_code")
    return Step(str(wish["status"]), 0.0, None if code is None else int(code))
