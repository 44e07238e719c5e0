"""The load generator: a process of one thread that keeps a fixed number of questions in flight (closed loop).

``python -m bench.load`` reads a `Job` as JSON on standard input and prints three lines: ``begin`` and ``end`` as the
measured time begins and ends, so that the caller can read CPU clocks there, and its `Outcome` as JSON.

A question is done when its HTTP answer came and, where ``replies`` is set, when the stand-in Twilio told on that
socket that it received a reply to this citizen. Times are of the monotonic clock, which processes share.
"""

from __future__ import annotations

import json
import random
import select
import socket
import sys
import time
from collections import deque
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from bench.connection import NO_MESSAGE, Connection
from bench.shots import rest_shots, webhook_shots
from bench.standin import TOLD, read_told

IN_FLIGHT = 32
BUSIER = 64  # what each can do at most is told by the better of both
DRAIN_SECONDS = 20.0  # at most, for what is still in flight at the end
RING = 0.25  # seconds: the longest sleep of the loop
HUNG_UP = -1


@dataclass(frozen=True)
class Job:
    """``shots``: the arguments of `webhook_shots` or `rest_shots`. ``pause``: mean seconds between an answer and the
    next question; ``replies``: path of a Unix datagram socket."""

    kind: str
    shots: dict[str, Any]
    host: str
    port: int
    in_flight: int
    warm_up: float
    seconds: float
    most_a_second: int
    pause: float = 0.0
    replies: str = ""


@dataclass
class Outcome:
    """``waits``: seconds from question to answer, of those answered in the measured time. ``took``: seconds of
    measured time. ``refused``: HTTP answers other than 2xx; ``unanswered``: questions never answered;
    ``wordless``: answers of a REST channel that hold no message."""

    waits: list[float] = field(default_factory=list)
    took: float = 0.0
    cpu_seconds: float = 0.0
    asked: int = 0
    refused: int = 0
    unanswered: int = 0
    wordless: int = 0


class Generator:
    def __init__(self, job: Job) -> None:
        self._job = job
        self._outcome = Outcome()
        wanted = int((job.warm_up + job.seconds) * job.most_a_second)
        make = webhook_shots if job.kind == "webhook" else rest_shots
        self._shots = deque(islice(make(**job.shots), wanted))
        self._poll = select.epoll()
        self._connections: dict[int, Connection] = {}
        self._free: list[Connection] = []
        for _ in range(job.in_flight):
            self._free.append(self._register(Connection(job.host, job.port)))
        self._replies = _bound(job.replies) if job.replies else None
        if self._replies:
            self._poll.register(self._replies, select.EPOLLIN)
        self._asked: dict[str, float] = {}
        self._not_before = 0.0
        self._measuring = False

    def run(self) -> Outcome:
        self._work(time.monotonic() + self._job.warm_up)
        self._measuring = True
        print("begin", flush=True)
        began, cpu = time.monotonic(), time.process_time()
        self._work(began + self._job.seconds)
        self._outcome.took, self._outcome.cpu_seconds = time.monotonic() - began, time.process_time() - cpu
        self._measuring = False
        print("end", flush=True)
        self._not_before = float("inf")
        self._work(time.monotonic() + DRAIN_SECONDS, until_empty=True)
        self._outcome.unanswered = len(self._asked)
        return self._outcome

    def _work(self, until: float, until_empty: bool = False) -> None:
        while (now := time.monotonic()) < until and not (until_empty and not self._asked):
            self._offer(now)
            wait = until - now
            if now < self._not_before < until:
                wait = self._not_before - now
            for number, _ in self._poll.poll(min(wait, RING)):
                if number in self._connections:
                    self._answered(self._connections[number])
                else:
                    self._told()

    def _offer(self, now: float) -> None:
        while len(self._asked) < self._job.in_flight and self._free and now >= self._not_before:
            if not self._shots:
                raise SystemExit("the generator ran out of shots: raise most_a_second")
            shot = self._shots.popleft()
            connection = self._free.pop()
            self._asked[shot.citizen] = time.monotonic()
            self._outcome.asked += self._measuring
            connection.send(shot)

    def _answered(self, connection: Connection) -> None:
        try:
            status = connection.receive()
        except ConnectionError:
            status = HUNG_UP
            self._drop(connection)
        if not status:
            return
        if status != HUNG_UP:
            self._free.append(connection)
        if not 200 <= status < 300:
            self._outcome.refused += 1
            self._asked.pop(connection.citizen, None)
        elif not self._replies:
            self._outcome.wordless += self._measuring and connection.body == NO_MESSAGE
            self._done(connection.citizen, time.monotonic())

    def _drop(self, gone: Connection) -> None:
        self._poll.unregister(gone.socket)
        del self._connections[gone.socket.fileno()]
        gone.socket.close()
        if gone in self._free:
            self._free.remove(gone)
        self._free.append(self._register(Connection(self._job.host, self._job.port)))

    def _register(self, connection: Connection) -> Connection:
        self._connections[connection.socket.fileno()] = connection
        self._poll.register(connection.socket, select.EPOLLIN)
        return connection

    def _told(self) -> None:
        assert self._replies is not None
        while True:
            try:
                at, citizen = read_told(self._replies.recv(TOLD))
            except BlockingIOError:
                return
            self._done(citizen, at)

    def _done(self, citizen: str, at: float) -> None:
        """A second message of one answer finds its question done already."""
        asked_at = self._asked.pop(citizen, None)
        if asked_at is None:
            return
        if self._measuring:
            self._outcome.waits.append(at - asked_at)
        if self._job.pause:
            # at random, so that it does not keep step with a poll
            self._not_before = at + random.uniform(0, 2 * self._job.pause)


def _bound(path: str) -> socket.socket:
    Path(path).unlink(missing_ok=True)  # the last round's
    door = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    door.bind(path)
    door.setblocking(False)
    return door


if __name__ == "__main__":
    outcome = Generator(Job(**json.load(sys.stdin))).run()
    print(json.dumps(asdict(outcome)), flush=True)
