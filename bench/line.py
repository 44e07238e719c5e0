"""(b) End to end: from the signed webhook to the reply at the stand-in Twilio, through the real processes."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import func, select

from bench.installation import Running, fresh_folder, nlu, sapa
from bench.load import BUSIER, IN_FLIGHT, Job
from bench.postgres import postgres
from bench.rounds import Round, measure
from bot.db.engine import make_engine
from bot.db.session import Database
from bot.gateways.fake_twilio import FakeTwilioControl
from bot.models import InboundMessage
from bot.settings import Settings

WARM_UP = 3.0  # longer than it takes until `read` is told, so that receipts come at the pace of replies
SECONDS = 6.0
MOST_A_SECOND = 600
UNLOADED_SECONDS = 8.0
PAUSE = 0.05


@dataclass
class Line:
    """``silent``: without status callbacks; ``busier``: so too, with more in flight; ``unloaded``: one question at a
    time. ``states``: what became of the
    inbound messages; ``receipts``: status callbacks a message that were posted, where they are on."""

    database: str
    told: list[Round] = field(default_factory=list)
    silent: list[Round] = field(default_factory=list)
    busier: list[Round] = field(default_factory=list)
    unloaded: list[Round] = field(default_factory=list)
    memory: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    states: dict[str, int] = field(default_factory=dict)
    receipts: float = 0.0


class Citizens:
    """Fresh citizens for every round of an installation."""

    def __init__(self) -> None:
        self._next = 1

    def take(self) -> int:
        first, self._next = self._next, self._next + 100_000
        return first


def measure_line(rounds: int, seconds: float = SECONDS, with_postgres: bool = True) -> list[Line]:
    with nlu() as (nlu_url, nlu_pid):
        folder = fresh_folder("sqlite")
        lines = [
            _measured("SQLite", f"sqlite:///{folder / 'sapa.db'}", nlu_url, {"nlu": nlu_pid}, rounds, seconds, True)
        ]
        if with_postgres:
            with postgres() as (url, pid):
                processes = {"nlu": nlu_pid, "postgres": pid}
                lines.append(_measured("PostgreSQL", url, nlu_url, processes, rounds, seconds, False))
    return lines


def _measured(
    name: str, url: str, nlu_url: str, others: Mapping[str, int], rounds: int, seconds: float, silent_too: bool
) -> Line:
    line = Line(name)
    citizens = Citizens()
    with sapa(url, fresh_folder(f"{name.lower()}-logs"), "worker", "clock", nlu_url=nlu_url) as running:
        control = running.control
        assert control is not None
        running.processes |= others
        for _ in range(rounds):
            control.reset()
            line.told.append(_round(running, citizens.take(), seconds))
            line.receipts = _receipts_a_message(control)
            if silent_too:
                control.callbacks(told=False)
                line.silent.append(_round(running, citizens.take(), seconds))
                line.busier.append(_round(running, citizens.take(), seconds, in_flight=BUSIER))
        line.memory = running.memory()
        control.callbacks()
        line.unloaded.append(_round(running, citizens.take(), UNLOADED_SECONDS, in_flight=1, pause=PAUSE))
    line.states = _states(url)
    return line


def _round(running: Running, first: int, seconds: float, in_flight: int = IN_FLIGHT, pause: float = 0.0) -> Round:
    assert running.control is not None
    job = Job(
        kind="webhook",
        shots=running.shots(first),
        host="127.0.0.1",
        port=running.port,
        in_flight=in_flight,
        warm_up=WARM_UP,
        seconds=seconds,
        most_a_second=MOST_A_SECOND,
        pause=pause,
        replies=running.told_at,
    )
    found = measure(job, running.processes)
    _wait_for_receipts(running.control)
    return found


def _wait_for_receipts(control: FakeTwilioControl) -> None:
    """What one round left behind must not be taken from the next."""
    control.wait_until(lambda: control.counts()["callbacks"]["pending"] == 0, seconds=30)
    time.sleep(0.3)


def _receipts_a_message(control: FakeTwilioControl) -> float:
    counts = control.counts()
    return float(sum(counts["callbacks"]["posted"].values()) / counts["created"])


def _states(url: str) -> dict[str, int]:
    database = Database(make_engine(Settings(database_url=url).sqlalchemy_url))
    with database.reading() as session:
        counted = session.execute(select(InboundMessage.state, func.count()).group_by(InboundMessage.state))
        found = {str(state): count for state, count in counted}
    database.engine.dispose()
    return found
