"""One round: the generator runs, and what every process used meanwhile is read from /proc."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median

from bench.load import Job
from bench.usage import busy_seconds, cpu_seconds
from bot.settings import PROJECT


@dataclass(frozen=True)
class Round:
    """``rate``: answers a second; ``p50`` and ``p99`` in ms; ``cpu_ms``: ms of CPU an answer, by process.
    ``others``: cores that processes outside this bench kept busy.
    ``refused`` and ``unanswered`` should be 0; ``wordless`` as in `bench.load.Outcome`."""

    rate: float
    p50: float
    p99: float
    answers: int
    refused: int
    unanswered: int
    wordless: int
    cpu_ms: dict[str, float]
    others: float


def measure(job: Job, processes: Mapping[str, int]) -> Round:
    """Run the generator with this job. ``processes``: name → process id; children count with their parent."""
    with subprocess.Popen(
        [sys.executable, "-m", "bench.load"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=PROJECT
    ) as generator:
        assert generator.stdin is not None
        generator.stdin.write(json.dumps(asdict(job)))
        generator.stdin.close()
        _expect(generator, "begin")
        before, busy_before = _clocks(processes), busy_seconds()
        _expect(generator, "end")
        after, busy_after = _clocks(processes), busy_seconds()
        outcome = json.loads(_line(generator))
    used = {name: after[name] - before[name] for name in processes} | {"generator": outcome["cpu_seconds"]}
    waits = sorted(outcome["waits"])
    if not waits:
        raise RuntimeError(f"nothing was answered: {outcome['refused']} refused, {outcome['unanswered']} unanswered")
    return Round(
        rate=len(waits) / outcome["took"],
        p50=1000 * median(waits),
        p99=1000 * quantile(waits, 0.99),
        answers=len(waits),
        refused=outcome["refused"],
        unanswered=outcome["unanswered"],
        wordless=outcome["wordless"],
        cpu_ms={name: 1000 * seconds / len(waits) for name, seconds in used.items()},
        others=max(0.0, (busy_after - busy_before - sum(used.values())) / outcome["took"]),
    )


def medians(rounds: Sequence[Round]) -> Round:
    """The median of each figure by itself; what must be 0 is summed."""
    return Round(
        rate=median(one.rate for one in rounds),
        p50=median(one.p50 for one in rounds),
        p99=median(one.p99 for one in rounds),
        answers=sum(one.answers for one in rounds),
        refused=sum(one.refused for one in rounds),
        unanswered=sum(one.unanswered for one in rounds),
        wordless=sum(one.wordless for one in rounds),
        cpu_ms={name: median(one.cpu_ms[name] for one in rounds) for name in rounds[0].cpu_ms},
        others=median(one.others for one in rounds),
    )


def quantile(ordered: Sequence[float], part: float) -> float:
    """The smallest value that at least this part of an ordered list does not exceed."""
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def _clocks(processes: Mapping[str, int]) -> dict[str, float]:
    return {name: cpu_seconds(pid) for name, pid in processes.items()}


def _expect(generator: subprocess.Popen[str], word: str) -> None:
    line = _line(generator)
    if line != word:
        raise RuntimeError(f"the load generator said {line!r} instead of {word!r}")


def _line(generator: subprocess.Popen[str]) -> str:
    assert generator.stdout is not None
    return generator.stdout.readline().strip()
