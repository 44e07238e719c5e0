"""Days and times in Indonesian."""

from __future__ import annotations

from datetime import date, datetime, time

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)

A_WEEKDAY_SAYS_IT = 6
"""Days ahead; from then on the same weekday is meant twice."""


def day_text(day: date) -> str:
    """Kamis, 24 Desember 2026"""
    return f"{DAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]} {day.year}"


def clock_text(at: time | datetime) -> str:
    """08.00"""
    return f"{at.hour:02}.{at.minute:02}"


def part_of_day(at: datetime) -> str:
    """pagi, siang, sore or malam, of a local time."""
    for until, name in ((4, "malam"), (11, "pagi"), (15, "siang"), (18, "sore")):
        if at.hour < until:
            return name
    return "malam"


def moment_text(at: datetime, today: date, zone: str) -> str:
    """pukul 14.20 WITA; Senin pukul 08.00 WITA; from a week ahead on Senin, 28 Desember 2026 pukul 08.00 WITA. ``at``
    is a local time, ``today`` the local date."""
    clock = f"pukul {clock_text(at)} {zone}"
    ahead = (at.date() - today).days
    if ahead == 0:
        return clock
    return f"{DAYS[at.weekday()] if 0 < ahead <= A_WEEKDAY_SAYS_IT else day_text(at.date())} {clock}"
