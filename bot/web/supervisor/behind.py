"""The very tickets behind a number: of those as of now, or of a week's figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import abort, g, url_for
from sqlalchemy.orm import Session

from bot.desk import figures, overview, staff
from bot.desk.overview import Listed, Standing
from bot.figures import Figure, Measured
from bot.rules import OfficeRules
from bot.web.accounts.language import language, t
from bot.web.desk.countdown import countdown, moment, waited
from bot.web.desk.office import Desk
from bot.web.desk.spots import read_spot, spot_words
from bot.web.supervisor import week as weeks
from bot.web.supervisor.spans import office_span
from bot.web.supervisor.week import NONE, OFFICER, SERVICE

PAGE = 50  # tickets a page


@dataclass(frozen=True, slots=True)
class Row:
    """``conversation_id`` is None where the ticket is not kept any more; ``minutes``: office minutes of a figure;
    ``told``: the same in words, or what was kept or missed, or how long it waits; ``stamp``: ``at`` in full, on the
    office's clock."""

    number: str
    conversation_id: int | None
    about: str
    name: str
    officer: str
    at: str
    told: str
    stamp: str
    minutes: int | None = None
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A page of the list. ``first``, ``before``, ``after``, ``file``: addresses, '' where there is no such page."""

    title: str
    of: str
    week: str
    count: int
    rows: list[Row]
    after: str
    file: str
    first: str = ""
    before: str = ""


def find(session: Session, desk: Desk, read: weeks.Reader, asked: Mapping[str, str], most: int | None) -> Found:
    """``most`` tickets a page, None for all at once. 404 for a number that there is not."""
    number, shower = asked.get("of", ""), _Shower(session, desk)
    if number in set(Standing):
        return _as_of_now(session, shower, asked, Standing(number), most)
    if number in set(Figure):
        return _of_a_week(session, shower, read, asked, most)
    abort(404)


def _as_of_now(
    session: Session, shower: _Shower, asked: Mapping[str, str], standing: Standing, most: int | None
) -> Found:
    after = read_spot(asked)
    page = overview.listed(session, standing, shower.now, after=after, most=most)
    return Found(
        title=t(f"behind_{standing}"),
        of=standing,
        week="",
        count=overview.count(session, standing, shower.now),
        rows=[shower.standing(one) for one in page.rows],
        after=_to("tickets", asked, **spot_words(page.following)) if page.following else "",
        file=_to("tickets_file", asked),
        first=_to("tickets", asked) if after else "",
    )


def _of_a_week(
    session: Session, shower: _Shower, read: weeks.Reader, asked: Mapping[str, str], most: int | None
) -> Found:
    page = _page(asked.get("page", "1"))
    skip = (page - 1) * (most or 0)
    chosen = read.chosen(asked.get("week", ""))
    wanted = _wanted(read.measured(session, chosen, chosen), asked)
    rows = shower.measured(wanted[skip : skip + most] if most else wanted, read)
    if skip and not rows:
        abort(404)
    return Found(
        title=_title(session, read, asked),
        of=asked["of"],
        week=chosen.monday.isoformat(),
        count=len(wanted),
        rows=rows,
        after=_to("tickets", asked, page=page + 1) if skip + len(rows) < len(wanted) else "",
        file=_to("tickets_file", asked),
        before=_to("tickets", asked, **({"page": page - 1} if page > 2 else {})) if page > 1 else "",
    )


class _Shower:
    """Rows in the reader's words."""

    def __init__(self, session: Session, desk: Desk) -> None:
        self._session, self._office, self.now = session, desk.office(), desk.now()
        self._rules: OfficeRules = self._office.rules(g.seat.prefix)
        self._names = {post.id: person.name for post, person in staff.team(session)}

    def standing(self, one: Listed) -> Row:
        clock = countdown(one.due_at, 0, False, self._rules, self.now) if one.due_at else None
        is_late = one.due_at is not None and one.due_at <= self.now
        return Row(
            number=one.number,
            conversation_id=one.conversation_id,
            about=self._about(one.kind, one.service),
            name=one.name,
            officer=self._names.get(one.owner_id, "") if one.owner_id else "",
            at=self._moment(one.since),
            stamp=self._stamp(one.since),
            told=clock.text if clock and is_late else waited(one.since, self.now),
            is_late=is_late,
        )

    def measured(self, found: list[Measured], read: weeks.Reader) -> list[Row]:
        known = figures.known(self._session, {one.ticket_id for one in found})
        officers, rows = read.officers(self._session), []
        for one in found:
            ticket = known.get(one.ticket_id)
            rows.append(
                Row(
                    number=ticket.number if ticket else t("ticket_gone"),
                    conversation_id=ticket.conversation_id if ticket else None,
                    about=self._about(ticket.kind if ticket else "", one.service),
                    name=ticket.name if ticket else "",
                    officer=officers.get(one.post_id, str(one.post_id)),
                    at=self._moment(one.at),
                    stamp=self._stamp(one.at),
                    told=_told(one),
                    minutes=one.minutes,
                    is_late=one.late,
                )
            )
        return rows

    def _about(self, kind: str, service: str | None) -> str:
        return self._office.about(g.seat.prefix, kind, service, language())

    def _moment(self, at: datetime) -> str:
        calendar = self._rules.calendar
        return moment(calendar.local(at), calendar.local(self.now).date())

    def _stamp(self, at: datetime) -> str:
        return f"{self._rules.calendar.local(at):%Y-%m-%d %H:%M}"


def _told(one: Measured) -> str:
    if one.minutes is not None:
        return office_span(one.minutes)
    return f"{t(f'deadline_{one.deadline}')}: {t('missed' if one.late else 'in_time')}"


def _wanted(found: list[Measured], asked: Mapping[str, str]) -> list[Measured]:
    """What counts in this number: the missed first, then the longest."""
    figure, officer, service = Figure(asked["of"]), asked.get(OFFICER, ""), asked.get(SERVICE, "")
    post_id = _post(officer)
    wanted = [
        one
        for one in found
        if one.figure is figure
        and (not officer or one.post_id == post_id)
        and (not service or one.service == (None if service == NONE else service))
    ]
    return sorted(wanted, key=lambda one: (not one.late, -(one.minutes or 0), one.at))


def _title(session: Session, read: weeks.Reader, asked: Mapping[str, str]) -> str:
    """The number's name, and whose it is."""
    parts = [t(f"behind_{asked['of']}")]
    if officer := asked.get(OFFICER, ""):
        parts.append(read.officers(session).get(_post(officer), officer))
    if service := asked.get(SERVICE, ""):
        parts.append(read.service(None if service == NONE else service))
    return " · ".join([*parts, weeks.title(read.chosen(asked.get("week", "")))])


def _post(officer: str) -> int | None:
    if officer in ("", NONE):
        return None
    if not (officer.isascii() and officer.isdigit()):
        abort(404)
    return int(officer)


def _page(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 7 and int(text) > 0):
        abort(404)
    return int(text)


def _to(endpoint: str, asked: Mapping[str, str], **page: str | int) -> str:
    kept: dict[str, Any] = {name: asked[name] for name in ("of", "week", OFFICER, SERVICE) if name in asked}
    return url_for(f"supervisor.{endpoint}", **(kept | page))
