"""The supervisor's tables as files for a spreadsheet: comma-separated, UTF-8 with its mark, minutes as numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response

from bot.figures import Figure, Spread
from bot.web.accounts.language import t
from bot.web.supervisor.behind import Found
from bot.web.supervisor.week import Line, ShownWeek

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so would be reckoned by the spreadsheet."""


def of_figures(week: ShownWeek, by: str) -> Response:
    """One line an officer, a service, or a week of the whole office."""
    spreads = (Figure.FIRST_RESPONSE, Figure.RESOLUTION)
    head = [t(f"by_{by}")]
    head += [f"{t(figure)}: {t(column)}" for figure in spreads for column in ("median_minutes", "p90_minutes", "n")]
    head += [f"{t('within_target')}: {t(column)}" for column in ("percent", "in_time", "n")]
    return _file(f"sapa-{by}-{week.monday}", head, (_cells(line) for line in week.lines[by]))


def of_tickets(found: Found) -> Response:
    """The list behind a number."""
    is_figure = bool(found.week)
    head = [t("column_ticket"), t("column_about"), t("column_officer"), t("column_at" if is_figure else "column_since")]
    head += [t("column_minutes"), t("column_told")]
    rows = ([row.number, row.about, row.officer, row.stamp, row.minutes, row.told] for row in found.rows)
    return _file(f"sapa-{found.of}{'-' + found.week if is_figure else ''}", head, rows)


def _cells(line: Line) -> list[object]:
    one, other, share = line.spread(Figure.FIRST_RESPONSE), line.spread(Figure.RESOLUTION), line.share
    return [line.name, *_spread(one), *_spread(other), share.percent, share.kept, share.count]


def _spread(found: Spread) -> list[object]:
    return [found.median, found.p90, found.count]


def _file(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(text.getvalue().encode("utf-8-sig"), mimetype="text/csv", headers=headers)


def _safe(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
