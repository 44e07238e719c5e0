"""The two models of ``make bench-nlu``, trained on the same examples, and what their training took.

Stock's takes an hour or more: it is kept in var/bench_nlu under a fingerprint of examples, configuration and packages,
with its figures, and trained again only when one of them changed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bench.stock_rasa.prepare import ENVIRONMENT, STOCK, labelled, prepare

ROOT = Path(__file__).resolve().parents[1]
OURS = ROOT / "nlu" / ".venv" / "bin" / "python"
MADE = ROOT / "var" / "bench_nlu"
LOG = MADE / "bench.log"
ASSISTANT = MADE / "stock"


@dataclass(frozen=True)
class Training:
    """``seconds`` by the clock on the wall, ``cpu`` seconds of processor: on a shared machine compare these."""

    model: Path
    examples: int
    seconds: float
    cpu: float


def train_ours() -> Training:
    command = [str(OURS), str(ROOT / "nlu" / "train.py"), "--out", str(MADE)]
    seconds, cpu = _timed(command, ROOT)
    return Training(MADE / "current.tar.gz", _examples(), seconds, cpu)


def train_stock(epochs: int) -> Training:
    """The kept model when nothing changed."""
    prepare(labelled(), epochs, ASSISTANT)
    model = MADE / f"stock-{_fingerprint()}.tar.gz"
    figures = model.with_suffix("").with_suffix(".json")
    if not (model.is_file() and figures.is_file()):
        print(f"training stock for {epochs} epochs, a minute or more each ...", file=sys.stderr, flush=True)
        command = [str(STOCK / "rasa"), "train", "nlu", "--nlu", "data", "--fixed-model-name", "stock"]
        seconds, cpu = _timed(command, ASSISTANT)
        shutil.move(ASSISTANT / "models" / "stock.tar.gz", model)
        figures.write_text(json.dumps({"examples": _examples(), "seconds": seconds, "cpu": cpu}), encoding="utf-8")
    return Training(model, **json.loads(figures.read_text(encoding="utf-8")))


def _fingerprint() -> str:
    files = [ASSISTANT / "config.yml", ASSISTANT / "data" / "nlu.yml", ROOT / "bench" / "stock_rasa" / "uv.lock"]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


def _examples() -> int:
    return sum(map(len, labelled().values()))


def _timed(command: list[str], folder: Path) -> tuple[float, float]:
    started = time.monotonic()
    with LOG.open("a") as log:  # thousands of progress bars
        process = subprocess.Popen(command, cwd=folder, env={**os.environ, **ENVIRONMENT}, stdout=log, stderr=log)
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"training ended with {process.returncode}; see {LOG.relative_to(ROOT)}")
    return time.monotonic() - started, used.ru_utime + used.ru_stime
