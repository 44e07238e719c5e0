"""``make bench``: measures Sapa beside its peers, prints a Markdown report and keeps it in ``bench/results/``.

Nothing here fails because something is slow: figures are printed beside their targets, people judge.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# the folder of this file would hide nothing of ours, but its modules must have one name only
sys.path[0] = str(ROOT)

from bench.line import measure_line  # noqa: E402
from bench.report import Measured, markdown, save  # noqa: E402
from bench.stock import is_synced, measure_stock  # noqa: E402
from bench.usage import machine  # noqa: E402
from bench.webhook import measure_webhook  # noqa: E402

PARTS = ("webhook", "line", "stock")


def main() -> int:
    arguments = _arguments()
    for name in [name for name in os.environ if name.startswith("SAPA_")]:
        del os.environ[name]  # an installation's own settings are not measured
    measured = Measured(machine(), _commit())
    if "webhook" in arguments.parts:
        _say("(a) the webhook against a bare route ...")
        measured.webhook = measure_webhook(arguments.rounds)
    if "line" in arguments.parts:
        _say("(b) end to end ...")
        measured.lines = measure_line(arguments.rounds, with_postgres=not arguments.sqlite_only)
    if "stock" in arguments.parts:
        if is_synced():
            _say("(c) stock Rasa ...")
            measured.stock = measure_stock(arguments.rounds)
        else:
            measured.missing["stock Rasa"] = "bench/stock_rasa/.venv is not there; `make bench` makes it"
    print(markdown(measured))
    print(f"\nEach round: {save(measured).relative_to(ROOT)}")
    return 0


def _commit() -> str:
    found = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return found.stdout.strip() or "unknown"


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure Sapa beside its peers.")
    parser.add_argument("parts", nargs="*", default=PARTS, help=f"which: {', '.join(PARTS)} (default: all)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sqlite-only", action="store_true", help="leave PostgreSQL out of (b)")
    arguments = parser.parse_args()
    unknown = set(arguments.parts) - set(PARTS)
    if unknown:
        parser.error(f"unknown part: {', '.join(sorted(unknown))}")
    return arguments


if __name__ == "__main__":
    sys.exit(main())
