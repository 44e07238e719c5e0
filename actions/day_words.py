"""Which day a question about opening hours means: besok, lusa, hari minggu, 25 desember, natal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from actions.dates import DAYS, MONTHS
from actions.words import holds_any, words

_AHEAD = {"besok": 1, "bsk": 1, "besoknya": 1, "lusa": 2}
_DAYS = {name.lower(): number for number, name in enumerate(DAYS)} | {"jumat": 4, "jum": 4, "ahad": 6}
_MONTHS = {short: number for number, name in enumerate(MONTHS, start=1) for short in (name.lower(), name[:3].lower())}
_WEEK_NOT_SUNDAY = ("depan", "ini", "lalu", "kemarin", "sekali")
"""After "minggu" these speak of a week, not of Sunday."""
_HOLIDAYS = {
    "idul adha": ("idul adha", "iduladha", "lebaran haji", "kurban", "qurban"),
    "idul fitri": ("lebaran", "idul fitri", "idulfitri", "hari raya"),
    "natal": ("natal", "natalan"),
    "tahun baru islam": ("tahun baru islam", "tahun baru hijriah", "satu muharram"),
    "tahun baru imlek": ("imlek",),
    "tahun baru masehi": ("tahun baru", "tahun baruan"),
    "nyepi": ("nyepi",),
    "waisak": ("waisak",),
    "maulid": ("maulid", "maulidan"),
    "isra": ("isra miraj", "isra mikraj"),
    "wafat yesus": ("jumat agung",),
    "kebangkitan": ("paskah",),
    "hari buruh": ("hari buruh",),
    "kemerdekaan": ("hari kemerdekaan", "agustusan"),
}
"""A part of a holiday's name in the calendar, and how people call it; the first that fits counts."""


def day_meant(text: str, today: date) -> date | None:
    """The day named, today or later; None when none is."""
    said = words(text)
    for number, word in enumerate(said):
        after = said[number + 1] if number + 1 < len(said) else ""
        if word in _AHEAD:
            return today + timedelta(days=_AHEAD[word])
        if word in _DAYS and not (word == "minggu" and after in _WEEK_NOT_SUNDAY):
            return today + timedelta(days=(_DAYS[word] - today.weekday()) % 7)
        if word.isdigit() and after in _MONTHS:
            return _next(int(word), _MONTHS[after], today)
    return None


def holiday_meant(text: str, today: date, holidays: Callable[[int], Mapping[date, str]]) -> date | None:
    """The next time of a holiday called by its name; None when none is."""
    said = words(text)
    name = next((name for name, called in _HOLIDAYS.items() if holds_any(said, called)), None)
    if name is None:
        return None
    years = (holidays(year) for year in (today.year, today.year + 1))
    days = ((day, title.lower()) for year in years for day, title in sorted(year.items()))
    return next((day for day, title in days if day >= today and name in title and "cuti" not in title), None)


def _next(day: int, month: int, today: date) -> date | None:
    """That day of this year, or of the next when it is over; None when there is no such day."""
    for year in (today.year, today.year + 1):
        try:
            meant = date(year, month, day)
        except ValueError:
            continue
        if meant >= today:
            return meant
    return None
