"""Learning from what was read wrongly: messages for people to label and add to data/nlu."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.settings import PROJECT, read_settings

if TYPE_CHECKING:
    from bot.desk.alike import Candidate

OWNER_ONLY = 0o600
TAUGHT = ("data/nlu", "data/knowledge", "nlu/components", "actions")
"""Folders whose YAML holds words that tell nothing of a citizen."""
_FORMULA = ("=", "+", "-", "@", "\t")


@click.command()
@click.option("--days", default=30, show_default=True, type=click.IntRange(1, 3650), help="How far to look back.")
@click.option(
    "--below",
    default=0.6,
    show_default=True,
    type=click.FloatRange(0, 1),
    help="The confidence under which a reading is shown.",
)
@click.option("--office", "prefix", help="One office alone, by its prefix; otherwise all.")
@click.option("--format", "form", default="yaml", show_default=True, type=click.Choice(["yaml", "csv"]))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="A file that you alone can read.")
def candidates(days: int, below: float, prefix: str | None, form: str, out: Path | None) -> None:
    """Show misread and unsure messages, masked, for people to label.

    Names, numbers, dates and addresses are masked, and words that hardly anybody else writes; masking is not
    perfect, so handle the list with care. What is worth learning goes into data/nlu under its right intent.
    """
    settings = read_settings()
    from bot import pieces
    from bot.desk import offices
    from bot.desk.candidates import candidates as find
    from bot.masking import Vocabulary

    database = pieces.build_database(settings)
    office_id = None
    if prefix is not None:
        with database.reading() as session:
            known = {office.prefix: office.id for office in offices.all_offices(session)}
        if prefix.upper() not in known:
            raise click.BadParameter(
                f"there is no office {prefix}; there is {', '.join(known)}.", param_hint="--office"
            )
        office_id = known[prefix.upper()]
    with database.reading(office_id) as session:
        since = pieces.utc_now() - timedelta(days=days)
        found = find(session, since=since, below=below, vocabulary=Vocabulary.of(_taught_lines()))
    text = _as_csv(found) if form == "csv" else _as_yaml(found)
    if out is None:
        click.echo(text, nl=False)
    else:
        _write(out, text)
        click.echo(f"{len(found)} candidates of {sum(one.count for one in found)} messages in {out}.", err=True)


def _taught_lines() -> Iterator[str]:
    files = chain.from_iterable(sorted((PROJECT / folder).rglob("*.yml")) for folder in TAUGHT)
    return chain.from_iterable(file.read_text(encoding="utf-8").splitlines() for file in files)


def _as_yaml(found: Sequence[Candidate]) -> str:
    """One entry a guessed intent, in the order of its newest message."""
    import yaml

    groups: dict[str, list[dict[str, Any]]] = {}
    for one in found:
        groups.setdefault(one.intent, []).append(_told(one))
    content = [{"read_as": intent, "messages": messages} for intent, messages in groups.items()]
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=1000)


def _as_csv(found: Sequence[Candidate]) -> str:
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(["read_as", "text", "count", "confidence", "service", "why", "then", "last"])
    order = list(dict.fromkeys(one.intent for one in found))
    for one in sorted(found, key=lambda one: order.index(one.intent)):
        told = _told(one)
        row = [told[name] for name in ("text", "count", "confidence", "service", "why", "then", "last")]
        table.writerow([one.intent, *map(_cell, row)])
    return written.getvalue()


def _told(one: Candidate) -> dict[str, Any]:
    """The day alone: the minute would find the message in the inbox again."""
    return {
        "text": one.text,
        "count": one.count,
        "confidence": round(one.confidence, 2),
        "service": one.service,
        "why": sorted(map(str, one.why)),
        "then": list(one.then),
        "last": one.at.date().isoformat(),
    }


def _cell(value: object) -> object:
    """A text that begins like a formula would be run by a spreadsheet."""
    if isinstance(value, list):
        return " ".join(value)
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _write(file: Path, text: str) -> None:
    """Readable by its owner from the first byte on, also where a file of that name was there before."""
    making = file.with_name(f".{file.name}.{os.getpid()}")
    with os.fdopen(os.open(making, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "w", encoding="utf-8") as opened:
        opened.write(text)
    making.replace(file)
