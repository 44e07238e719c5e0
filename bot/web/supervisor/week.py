"""The figures of a week, with the week before beside them, by officer and by service. Every number knows its list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from flask import abort, g, url_for
from sqlalchemy.orm import Session

from bot.desk import figures, staff
from bot.desk.figures import Week
from bot.figures import Figure, Measured, Share, Spread, Summary, summary
from bot.web.accounts.language import language, t
from bot.web.desk.office import Desk

FIRST_YEAR, LAST_YEAR = 2000, 2100  # of the weeks that can be asked for
NONE = "none"  # as an officer: nobody held it; as a service: none was named
OFFICER, SERVICE, OFFICE = "officer", "service", "office"
BY = (OFFICE, OFFICER, SERVICE)
_UNKNOWN = "-"
Key = TypeVar("Key", int, str)


@dataclass(frozen=True, slots=True)
class Line:
    """One officer's, one service's or the whole office's figures. ``links``: figure → its list of tickets."""

    name: str
    found: Summary
    links: Mapping[Figure, str]

    def spread(self, figure: str) -> Spread:
        return self.found.first_response if figure == Figure.FIRST_RESPONSE else self.found.resolution

    @property
    def is_known(self) -> bool:
        """Whether anything counts here."""
        found = self.found
        return any((found.first_response.count, found.resolution.count, found.within_target.count))

    @property
    def share(self) -> Share:
        return self.found.within_target


@dataclass(frozen=True, slots=True)
class ShownWeek:
    """``lines``: 'office' holds the week and the week before; 'officer' and 'service' one line each. ``before`` and
    ``after`` are other weeks' Mondays; no ``after`` for the present one."""

    monday: str
    title: str
    before: str
    after: str
    is_present: bool
    is_empty: bool
    lines: Mapping[str, Sequence[Line]]


class Reader:
    """Reads for the office of the one who asks."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def chosen(self, day: str) -> Week:
        """The week of this day (``2026-11-23``); the present one for ''. 404 for what is no day."""
        calendar = self._desk.office().rules(g.seat.prefix).calendar
        if not day:
            return Week.of(calendar.local(self._desk.now()).date(), calendar)
        try:
            found = date.fromisoformat(day)
        except ValueError:
            abort(404)
        if not FIRST_YEAR <= found.year < LAST_YEAR:
            abort(404)
        return Week.of(found, calendar)

    def measured(self, session: Session, since: Week, until: Week) -> list[Measured]:
        calendar = self._desk.office().rules(g.seat.prefix).calendar
        return figures.measured(session, since.since, until.until, calendar)

    def figures(self, session: Session, week: Week) -> ShownWeek:
        calendar = self._desk.office().rules(g.seat.prefix).calendar
        before = week.before(calendar)
        found = self.measured(session, before, week)
        mine = [one for one in found if week.holds(one.at)]
        present = Week.of(calendar.local(self._desk.now()).date(), calendar)
        after = Week.of(week.until.astimezone(calendar.zone).date(), calendar)
        return ShownWeek(
            monday=week.monday.isoformat(),
            title=title(week),
            before=before.monday.isoformat(),
            after=after.monday.isoformat() if after.monday <= present.monday else "",
            is_present=week == present,
            is_empty=not mine,
            lines={
                OFFICE: [
                    _line(t("week_whole") if week == present else title(week), week, mine),
                    _line(t("week_before"), before, [one for one in found if before.holds(one.at)]),
                ],
                OFFICER: _lines(mine, week, OFFICER, lambda one: one.post_id, self.officers(session)),
                SERVICE: _lines(mine, week, SERVICE, lambda one: one.service, self.services(mine)),
            },
        )

    def officers(self, session: Session) -> dict[int | None, str]:
        """Names by post; None: nobody held it."""
        return {None: t("by_nobody"), **{post.id: person.name for post, person in staff.team(session)}}

    def services(self, found: Iterable[Measured]) -> dict[str | None, str]:
        """Names of the services that occur; None: none was named."""
        return {code: self.service(code) for code in {one.service for one in found}}

    def service(self, code: str | None) -> str:
        if code is None:
            return t("by_no_service")
        name = self._desk.office().about(g.seat.prefix, "", code, language())
        return code if name == _UNKNOWN else name


def title(week: Week) -> str:
    """23 Nov – 29 Nov 2026."""
    last = date.fromordinal(week.monday.toordinal() + 6)
    first = f"{week.monday.day} {t(f'month_{week.monday.month}')}"
    if week.monday.year != last.year:
        first = f"{first} {week.monday.year}"
    return f"{first} – {last.day} {t(f'month_{last.month}')} {last.year}"


def _lines(
    found: Sequence[Measured],
    week: Week,
    by: str,
    key: Callable[[Measured], Key | None],
    names: Mapping[Key | None, str],
) -> list[Line]:
    """By name, nobody's or no service's last."""
    groups: dict[Key | None, list[Measured]] = {}
    for one in found:
        groups.setdefault(key(one), []).append(one)
    ordered = sorted(groups, key=lambda group: (group is None, names.get(group, str(group)).casefold()))
    return [_line(names.get(one, str(one)), week, groups[one], {by: NONE if one is None else one}) for one in ordered]


def _line(name: str, week: Week, found: Sequence[Measured], only: Mapping[str, object] | None = None) -> Line:
    asked: dict[str, Any] = {"week": week.monday.isoformat(), **(only or {})}
    links = {figure: url_for("supervisor.tickets", of=figure, **asked) for figure in Figure}
    return Line(name, summary(found), links)
