"""Which day a question about opening hours means: besok, lusa, hari minggu, 25 desember."""

from __future__ import annotations

from datetime import date, timedelta

from actions.dates import DAYS, MONTHS
from actions.words import words

_AHEAD = {"besok": 1, "bsk": 1, "besoknya": 1, "lusa": 2}
_DAYS = {name.lower(): number for number, name in enumerate(DAYS)} | {"jumat": 4, "jum": 4, "ahad": 6}
_MONTHS = {short: number for number, name in enumerate(MONTHS, start=1) for short in (name.lower(), name[:3].lower())}
_WEEK_NOT_SUNDAY = ("depan", "ini", "lalu", "kemarin", "sekali")
"""After "minggu" these speak of a week, not of Sunday."""


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
