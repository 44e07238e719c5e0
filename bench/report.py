"""What was measured, as Markdown for people and JSON for later."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.line import Line
from bench.load import BUSIER, IN_FLIGHT
from bench.rounds import Round, medians
from bench.stock import Stock
from bench.webhook import IN_FLIGHT as WEBHOOK_IN_FLIGHT
from bench.webhook import Webhook

RESULTS = Path(__file__).with_name("results")
WEB_OF_BARE = 0.5
TIMES_STOCK = 5.0
MOST_MEMORY_MB = 300.0
COUNTED = ("web (master)", "web", "worker", "clock")


@dataclass
class Measured:
    """What this run measured; a part that was left out or failed is None, ``missing`` says why."""

    machine: Mapping[str, str | int]
    commit: str
    webhook: Webhook | None = None
    lines: Sequence[Line] = ()
    stock: Stock | None = None
    missing: dict[str, str] = field(default_factory=dict)


def markdown(measured: Measured) -> str:
    machine = measured.machine
    parts = [
        "# Bench",
        f"{machine['cores']} cores ({machine['cpu']}), Python {machine['python']}, commit {measured.commit}. Medians "
        "over the rounds; CPU in milliseconds a message; *others* = cores that processes outside the bench kept busy "
        "meanwhile: above 0.2, compare CPU rather than msgs/s.",
    ]
    parts += [_webhook(measured.webhook)] if measured.webhook else []
    parts += [_line(measured.lines, measured.stock)] if measured.lines or measured.stock else []
    parts += [_memory(measured.lines, measured.stock)] if measured.lines or measured.stock else []
    parts += [table(["to reach", "measured", ""], targets(measured))]
    parts += [f"Not measured: {part}: {why}" for part, why in measured.missing.items()]
    return "\n\n".join(parts)


def targets(measured: Measured) -> list[list[str]]:
    """Each target with what was measured and whether it is reached."""
    rows = []
    if measured.webhook:
        part = medians(measured.webhook.sapa).rate / medians(measured.webhook.bare).rate
        rows.append(_target(f"webhook ≥ {WEB_OF_BARE} of the bare route", f"{part:.2f}", part >= WEB_OF_BARE))
    if measured.lines and measured.stock:
        stock = _best(measured.stock.loaded, measured.stock.busier)
        for line in measured.lines:
            for callbacks, levels in (("with status callbacks", (line.told,)), ("without", (line.silent, line.busier))):
                if levels[0]:
                    times = _best(*levels) / stock
                    name = f"end to end ≥ {TIMES_STOCK:g} × stock Rasa ({line.database}, {callbacks})"
                    rows.append(_target(name, f"{times:.1f} ×", times >= TIMES_STOCK))
    for line in measured.lines:
        total = our_memory(line)
        name = f"web + worker + clock ≤ {MOST_MEMORY_MB:g} MB PSS ({line.database})"
        rows.append(_target(name, f"{total:.0f} MB", total <= MOST_MEMORY_MB))
    return rows


def _best(*levels: Sequence[Round]) -> float:
    """Answers a second at the number in flight that suits it best."""
    return max(medians(rounds).rate for rounds in levels if rounds)


def our_memory(line: Line) -> float:
    return sum(line.memory[name]["pss"] for name in COUNTED)


def save(measured: Measured, now: datetime | None = None) -> Path:
    """Everything, each round by itself, into ``bench/results/``."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{(now or datetime.now(UTC)):%Y%m%dT%H%M%SZ}.json"
    content: dict[str, Any] = asdict(measured) | {"targets": targets(measured)}
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    return path


def _target(name: str, measured: str, reached: bool) -> list[str]:
    return [name, measured, "reached" if reached else "not reached"]


def _webhook(webhook: Webhook) -> str:
    head = [f"(a) webhook, {WEBHOOK_IN_FLIGHT} in flight", *_HEAD, "web", "generator", "others"]
    rows = [
        [name, *_figures(one), *_cpu(one, "web", "generator"), f"{one.others:.1f}"]
        for name, one in (("Sapa", medians(webhook.sapa)), ("bare Flask route", medians(webhook.bare)))
    ]
    return table(head, rows) + f"\n\nBoth under `gunicorn {' '.join(webhook.gunicorn)}`; in turns."


PROCESSES = ("web", "worker", "clock", "nlu", "postgres", "rasa", "stand-in", "generator")
_HEAD = ["msgs/s", "p50 ms", "p99 ms", "refused, unanswered"]


def _line(lines: Sequence[Line], stock: Stock | None) -> str:
    head = ["(b) Sapa end to end, (c) stock Rasa", "in flight", *_HEAD, *PROCESSES, "others"]
    rows = []
    for line in lines:
        rows.append(_row(f"(b) {line.database}, with status callbacks", IN_FLIGHT, line.told))
        if line.silent:
            rows.append(_row(f"(b) {line.database}, without", IN_FLIGHT, line.silent))
            rows.append(_row(f"(b) {line.database}, without", BUSIER, line.busier))
        rows.append(_row(f"(b) {line.database}, unloaded", 1, line.unloaded))
    if stock:
        rows.append(_row("(c) stock Rasa 3.6.21, SQLite", IN_FLIGHT, stock.loaded))
        rows.append(_row("(c) stock Rasa 3.6.21, SQLite", BUSIER, stock.busier))
        rows.append(_row("(c) stock Rasa 3.6.21, unloaded", 1, stock.unloaded))
    notes = [_what_became(line) for line in lines]
    if stock:
        loaded = medians(stock.loaded)
        notes.append(f"Stock Rasa gave no text in {loaded.wordless} of {loaded.answers} answers.")
    return "\n\n".join([table(head, rows), *notes])


def _what_became(line: Line) -> str:
    states = ", ".join(f"{count} {state}" for state, count in sorted(line.states.items()))
    return f"{line.database}: {states}; {line.receipts:.1f} status callbacks a message where they are on."


def _row(name: str, in_flight: int, rounds: Sequence[Round]) -> list[str]:
    one = medians(rounds)
    return [name, str(in_flight), *_figures(one), *_cpu(one, *PROCESSES), f"{one.others:.1f}"]


def _memory(lines: Sequence[Line], stock: Stock | None) -> str:
    rows = []
    for line in lines:
        rows += [
            [f"(b) {line.database}: {name}", f"{size['pss']:.0f}", f"{size['rss']:.0f}"]
            for name, size in line.memory.items()
        ]
        rows.append([f"(b) {line.database}: **web + worker + clock**", f"**{our_memory(line):.0f}**", ""])
    if stock:
        rows.append(["(c) stock Rasa", f"{stock.memory['pss']:.0f}", f"{stock.memory['rss']:.0f}"])
    return table(["memory after the load, MB", "PSS", "RSS"], rows)


def _figures(one: Round) -> list[str]:
    return [f"{one.rate:.0f}", f"{one.p50:.0f}", f"{one.p99:.0f}", f"{one.refused}, {one.unanswered}"]


def _cpu(one: Round, *names: str) -> list[str]:
    return [f"{one.cpu_ms[name]:.2f}" if name in one.cpu_ms else "–" for name in names]


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]

    def line(cells: Sequence[str]) -> str:
        return "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) + " |"

    return "\n".join([line(head), line(["-" * width for width in widths]), *map(line, rows)])
