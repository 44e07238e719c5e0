"""Webhooks at a steady pace, as citizens write: the next is sent in time whether or not the last was answered, and a
wait counts from the moment it was due, so that a server that stalls is not spared the messages of its pause."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from bench.connection import Connection
from bench.shots import Shot

AT_ONCE = 32  # connections


@dataclass
class Steady:
    """``waits``: seconds from when a message was due to its answer; ``refused``: answers other than 2xx."""

    waits: list[float] = field(default_factory=list)
    refused: int = 0


def send_steadily(shots: Iterator[Shot], port: int, a_second: float, seconds: float) -> Steady:
    """Send ``a_second`` webhooks for so many seconds to this machine's port; returns when all are answered."""
    sent = Steady()
    ready = [next(shots) for _ in range(int(a_second * seconds))]
    turns, lock = count(), threading.Lock()
    began = time.monotonic() + 0.1

    def work() -> None:
        connection = Connection("127.0.0.1", port)
        while (turn := next(turns)) < len(ready):
            due = began + turn / a_second
            time.sleep(max(0.0, due - time.monotonic()))
            connection.send(ready[turn])
            while not (status := connection.receive()):
                pass
            with lock:
                sent.waits.append(time.monotonic() - due)
                sent.refused += not 200 <= status < 300
        connection.socket.close()

    threads = [threading.Thread(target=work) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sent
