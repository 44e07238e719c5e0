"""Times as the desk shows them: how long is left in office minutes, and when something was or will be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.deadlines import office_minutes
from bot.rules import OfficeRules
from bot.web.accounts.language import t

HOUR, DAY = 60, 1440  # minutes
A_WEEK = 6  # days ahead or back that a weekday alone tells


class Pressure(StrEnum):
    """Each has its own shape and colour beside the words."""

    CALM = "calm"
    SOON = "soon"
    LATE = "late"
    STOPPED = "stopped"  # while the office waits for the citizen


@dataclass(frozen=True, slots=True)
class Countdown:
    pressure: Pressure
    text: str


def countdown(due_at: datetime | None, minutes: int, paused: bool, rules: OfficeRules, now: datetime) -> Countdown:
    """To a deadline of so many office minutes in all. It is ``soon`` from the share on at which alerts call it so."""
    if paused:
        return Countdown(Pressure.STOPPED, t("clock_stopped"))
    if due_at is None:
        return Countdown(Pressure.CALM, t("clock_none"))
    if due_at <= now:
        late = office_minutes(rules.calendar, due_at, now)
        late -= late % HOUR if late > HOUR else 0  # what is hours late is not told by the minute
        return Countdown(Pressure.LATE, t("clock_late", time=span(late)) if late else t("clock_just_late"))
    left = office_minutes(rules.calendar, now, due_at)
    pressure = Pressure.SOON if left <= minutes * (1 - rules.climb.most) else Pressure.CALM
    local, today = rules.calendar.local(due_at), rules.calendar.local(now).date()
    text = t("clock_left", time=span(left)) if local.date() == today else t("clock_until", time=moment(local, today))
    return Countdown(pressure, text)


def window(until: datetime | None, rules: OfficeRules, now: datetime) -> Countdown | None:
    """WhatsApp's day for free text, by the wall; None when it is over."""
    if until is None or until <= now:
        return None
    left = int((until - now).total_seconds() // 60)
    local, today = rules.calendar.local(until), rules.calendar.local(now).date()
    is_soon = left < 2 * HOUR
    words = t("window_soon" if is_soon else "window_open", time=moment(local, today), left=span(left))
    return Countdown(Pressure.SOON if is_soon else Pressure.CALM, words)


def span(minutes: int) -> str:
    """12 menit, 1 jam 5 menit, 3 hari."""
    minutes = max(minutes, 0)
    if minutes < HOUR:
        return t("span_minutes", count=minutes)
    hours, rest = divmod(minutes, HOUR)
    if minutes < DAY:
        return t("span_both", hours=hours, minutes=rest) if rest and hours < 10 else t("span_hours", count=hours)
    return t("span_days", count=minutes // DAY)


def waited(since: datetime, now: datetime) -> str:
    """By the wall, as the citizen feels it."""
    return span(int((now - since).total_seconds() // 60))


def moment(local: datetime, today: date) -> str:
    """09.14 of today, Senin 09.14 within a week, 3 Nov 09.14 else. ``local`` is in the office's zone."""
    clock = f"{local:%H.%M}"
    day = local.date()
    if day == today:
        return clock
    near = abs((day - today).days) <= A_WEEK
    name = t(f"day_{day.weekday()}") if near else f"{day.day} {t(f'month_{day.month}')}"
    return f"{name} {clock}"
