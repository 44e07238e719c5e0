"""(c) The same questions to a stock Rasa: default DIET pipeline, REST channel, SQL tracker store on SQLite.

``bench/stock_rasa/prepare.py`` writes and trains the assistant; here it is only served and asked.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from bench.installation import fresh_folder
from bench.load import BUSIER, IN_FLIGHT, Job
from bench.rounds import Round, measure
from bench.stock_rasa import prepare
from bench.usage import memory_mb
from tests.processes import free_port, wait_for

ASSISTANT = prepare.ASSISTANT
MODEL = ASSISTANT / "models" / "stock.tar.gz"
TRAINED = ASSISTANT / "trained.sha256"
EPOCHS = 5  # speed does not depend on how well it was taught, as long as it answers (the report says)
WARM_UP = 3.0
SECONDS = 6.0
UNLOADED_SECONDS = 8.0
PAUSE = 0.05
MOST_A_SECOND = 400
STARTS_WITHIN = 120.0


@dataclass
class Stock:
    loaded: list[Round] = field(default_factory=list)
    busier: list[Round] = field(default_factory=list)
    unloaded: list[Round] = field(default_factory=list)
    memory: Mapping[str, float] = field(default_factory=dict)


def is_synced() -> bool:
    """Whether the stock environment is there."""
    return (prepare.STOCK / "rasa").exists()


def measure_stock(rounds: int, seconds: float = SECONDS) -> Stock:
    _train_if_changed()
    result = Stock()
    with _running() as (port, pid):
        citizens = itertools.count(1, 100_000)  # fresh ones for every round
        for _ in range(rounds):
            result.loaded.append(_round(port, pid, next(citizens), seconds, IN_FLIGHT, 0.0))
            result.busier.append(_round(port, pid, next(citizens), seconds, BUSIER, 0.0))
        result.memory = memory_mb(pid)
        result.unloaded.append(_round(port, pid, next(citizens), UNLOADED_SECONDS, 1, PAUSE))
    return result


def _train_if_changed() -> None:
    """Training takes minutes: once for each state of the training data."""
    script = [sys.executable, prepare.__file__, "--epochs", str(EPOCHS)]
    subprocess.run(script, check=True, stdout=subprocess.DEVNULL)
    files = [path for path in sorted(ASSISTANT.rglob("*.yml")) if path.parent.name in (ASSISTANT.name, "data")]
    state = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
    if MODEL.exists() and TRAINED.exists() and TRAINED.read_text() == state:
        return
    print("training the stock assistant, once ...", file=sys.stderr, flush=True)
    with (fresh_folder("stock-training") / "rasa.log").open("wb") as log:
        subprocess.run([*script, "--train"], check=True, stdout=log, stderr=log)
    TRAINED.write_text(state)


def _round(port: int, pid: int, first: int, seconds: float, in_flight: int, pause: float) -> Round:
    job = Job(
        kind="rest",
        shots={"first_citizen": first, "host": f"127.0.0.1:{port}"},
        host="127.0.0.1",
        port=port,
        in_flight=in_flight,
        warm_up=WARM_UP,
        seconds=seconds,
        most_a_second=MOST_A_SECOND,
        pause=pause,
    )
    return measure(job, {"rasa": pid})


@contextmanager
def _running() -> Iterator[tuple[int, int]]:
    """Port and process id of ``rasa run``; its tracker store begins empty, as ours does."""
    port = free_port()
    for store in ASSISTANT.glob("tracker.db*"):
        store.unlink()
    environment = {**os.environ, **prepare.ENVIRONMENT}
    with (
        (fresh_folder("stock") / "rasa.log").open("wb") as log,
        subprocess.Popen(
            prepare.serve_command(port), cwd=ASSISTANT, env=environment, stdout=log, stderr=log
        ) as process,
    ):
        try:
            wait_for(f"http://127.0.0.1:{port}/webhooks/rest/", within=STARTS_WITHIN)
            yield port, process.pid
        finally:
            process.terminate()
