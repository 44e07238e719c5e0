"""``make bench-media``: how long a citizen waits for word of a photo, and what looking at photos costs.

Invented documents are photographed by `tests.pictures`, and looked at as the worker does: one at a time, in the
confined process. The first one pays for the start of the process and the models it loads. Then the whole way is
measured, from the signed webhook to the reply (`bench.word`). Nothing fails because it is slow: people judge.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from statistics import median

from bench.report import table
from bench.rounds import quantile
from bench.usage import cpu_seconds, machine, memory_mb, peak_mb
from bench.word import QUIET, Words, measure_words
from bot.contracts.files import FetchedFile
from bot.gateways.inspection import InspectionProcess
from bot.settings import KNOWLEDGE
from tests.pictures import DOCUMENTS, picture_of

BURST = 5
WAIT = 5.0  # seconds beside the quiet window that a citizen may wait for word of one picture


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure how photos are looked at.")
    parser.add_argument("--pictures", type=int, default=40)
    parser.add_argument("--singles", type=int, default=12, help="pictures sent one after the other, the whole way")
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    names = sorted(DOCUMENTS)
    count = max(wanted.pictures, 1 + wanted.singles + BURST)
    print(f"drawing {count} pictures ...", file=sys.stderr, flush=True)
    pictures = [picture_of(names[n % len(names)], wanted.seed + n) for n in range(count)]
    print(_report(pictures[: wanted.pictures]))
    first, *rest = pictures
    words = measure_words(first, rest[: wanted.singles], rest[wanted.singles : wanted.singles + BURST])
    print("\n" + _whole_way(words))
    return 0


def _whole_way(words: Words) -> str:
    ordered, until = sorted(words.singles), QUIET + WAIT
    rows = [
        ["quiet window after a picture", f"{QUIET:g} s"],
        ["the first picture, inspection started", f"{words.first:.2f} s"],
        [f"one picture ({len(ordered)} singly), median", f"{median(ordered):.2f} s"],
        ["one picture, p95", f"{quantile(ordered, 0.95):.2f} s"],
        ["one picture, worst", f"{ordered[-1]:.2f} s"],
        [f"within the quiet window + {WAIT:g} s", f"{sum(wait <= until for wait in ordered)} of {len(ordered)}"],
        [f"a burst of {BURST}: each message told after", ", ".join(f"{wait:.2f} s" for wait in words.burst)],
        *([f"memory of the {name}, at most", f"{peak:.0f} MB"] for name, peak in words.peaks.items()),
        ["both together", f"{sum(words.peaks.values()):.0f} MB"],
        ["pictures stored", f"{words.stored} of {1 + len(ordered) + BURST}"],
        ["load of the machine, before and after", "{:.1f}, {:.1f}".format(*words.load)],
    ]
    return "\n\n".join(["# From the webhook to word of a picture", table(["", "measured"], rows)])


def _report(pictures: Sequence[bytes]) -> str:
    inspector = InspectionProcess(KNOWLEDGE)
    try:
        cold = _seconds(inspector, pictures[0])
        assert inspector.pid is not None
        before, start = cpu_seconds(inspector.pid), time.perf_counter()
        stages: dict[str, list[float]] = {}
        waits = []
        for picture in pictures[1:]:
            waits.append(_seconds(inspector, picture))
            for stage, seconds in inspector.stages.items():
                stages.setdefault(stage, []).append(seconds)
        took = time.perf_counter() - start
        cpu = cpu_seconds(inspector.pid) - before
        memory, peak = memory_mb(inspector.pid), peak_mb(inspector.pid)
    finally:
        inspector.close()
    ordered = sorted(waits)
    this = machine()
    rows = [
        ["first picture, process started", f"{cold:.2f} s"],
        ["a picture, median", f"{median(ordered):.2f} s"],
        ["a picture, p95", f"{quantile(ordered, 0.95):.2f} s"],
        ["pictures a second", f"{len(waits) / took:.2f}"],
        ["CPU a picture", f"{cpu / len(waits):.2f} s"],
        *([f"of it: {stage}, median", f"{median(seconds):.2f} s"] for stage, seconds in stages.items()),
        ["memory of the process (PSS, at most)", f"{memory['pss']:.0f} MB, {peak:.0f} MB"],
        [f"word within the quiet window + {WAIT:g} s", f"{sum(wait <= WAIT for wait in waits)} of {len(waits)}"],
    ]
    head = f"{this['cores']} cores ({this['cpu']}), Python {this['python']}; {len(pictures)} pictures"
    mb = sum(map(len, pictures)) / len(pictures) / 1e6
    return "\n\n".join(
        ["# Looking at pictures", f"{head}, {mb:.1f} MB each on average.", table(["", "measured"], rows)]
    )


def _seconds(inspector: InspectionProcess, picture: bytes) -> float:
    start = time.perf_counter()
    inspector.inspect(FetchedFile(picture, "image/jpeg"))
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
