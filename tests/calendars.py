"""Offices' times to try: any week, breaks, a season, holidays, closures, special days, any zone of Indonesia."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from bot.calendar import OfficeCalendar, Period, Season, Week

MONDAY = date(2026, 11, 23)
MINUTE = timedelta(minutes=1)
ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "Europe/Amsterdam")


def week(*days: tuple[Period, ...]) -> Week:
    return (*days, *((),) * (7 - len(days)))


def period(start: str, end: str) -> Period:
    return Period(time.fromisoformat(start), time.fromisoformat(end))


@st.composite
def periods(draw: st.DrawFn) -> tuple[Period, ...]:
    """None to three periods of a day, with breaks between."""
    quarters = sorted(draw(st.sets(st.integers(0, 95), max_size=6)))
    clock = [time(quarter // 4, quarter % 4 * 15) for quarter in quarters]
    return tuple(Period(start, end) for start, end in zip(clock[::2], clock[1::2], strict=False))


@st.composite
def calendars(draw: st.DrawFn, monday: date = MONDAY, zones: tuple[str, ...] = ZONES) -> OfficeCalendar:
    days = st.integers(-3, 10).map(lambda ahead: monday + timedelta(days=ahead))
    weeks = st.tuples(*[periods()] * 7)
    first = draw(days)
    closed = draw(st.dictionaries(days, st.just("Libur"), max_size=3))
    return OfficeCalendar(
        zone=ZoneInfo(draw(st.sampled_from(zones))),
        week=draw(weeks),
        seasons=(Season("Ramadan", first, first + timedelta(days=draw(st.integers(0, 5))), draw(weeks)),),
        holidays=lambda year: {day: name for day, name in closed.items() if day.year == year},
        closures=draw(st.dictionaries(days, st.just("Tutup"), max_size=2)),
        special=draw(st.dictionaries(days, periods().filter(bool), max_size=2)),
    )


instants = st.integers(0, 7 * 24 * 60).map(lambda ahead: datetime(2026, 11, 22, 16, tzinfo=UTC) + ahead * MINUTE)
