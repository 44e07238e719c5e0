"""When the office is open: now, on the day asked for, and in the week."""

from __future__ import annotations

from datetime import date

from actions.dates import DAYS, clock_text, day_text
from actions.day_words import day_meant, holiday_meant
from actions.subject import after, say
from actions.words import words
from bot.calendar import Closed, ClosedBy, Period, Week
from bot.contracts import Decision, Reading, Talk
from bot.knowledge import Knowledge
from bot.knowledge.office import SeasonHours

_FASTING = {"puasa", "ramadan", "ramadhan", "romadon", "ramadlan"}


def ask_hours(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    fasting = _FASTING.intersection(words(reading.text))
    if fasting and (season := _season("Ramadan", knowledge)):
        hours = week_text(season.week.week())
        return say("hours_season", talk, season=season.name, hours=hours, zone=_zone(knowledge))
    today = knowledge.calendar.local(talk.now).date()
    day = day_meant(reading.text, today) or holiday_meant(reading.text, today, knowledge.holidays)
    if day is not None and day != today:
        return _that_day(day, talk, knowledge)
    return after(open_now(talk, knowledge), _week(today, talk, knowledge))


def open_now(talk: Talk, knowledge: Knowledge) -> Decision:
    """Whether the office is open at this moment, until when or from when on."""
    calendar, now = knowledge.calendar, talk.now
    closes, opens = calendar.closes_at(now), calendar.next_opening(now)
    zone = _zone(knowledge)
    if closes:
        until = clock_text(calendar.local(closes))
        resume = calendar.local(opens) if opens else None
        if resume and resume.date() == calendar.local(now).date():
            return say("open_until_break", talk, until=until, resume=clock_text(resume), zone=zone)
        return say("open_until", talk, until=until, zone=zone)
    closed = calendar.why_closed(now) or Closed(ClosedBy.AFTER_HOURS)
    again = _when(opens and calendar.local(opens).date(), talk, knowledge)
    at = clock_text(calendar.local(opens)) if opens else ""
    return say(f"closed_{closed.by.value}", talk, holiday=closed.name, next=again, at=at, zone=zone)


def _when(day: date | None, talk: Talk, knowledge: Knowledge) -> str:
    if day is None:
        return ""
    ahead = (day - knowledge.calendar.local(talk.now).date()).days
    if ahead == 0:
        return "hari ini"
    return f"besok, {day_text(day)}" if ahead == 1 else day_text(day)


def _that_day(day: date, talk: Talk, knowledge: Knowledge) -> Decision:
    told = _when(day, talk, knowledge)
    told = told[0].upper() + told[1:]
    if periods := knowledge.calendar.periods(day):
        return say("open_on", talk, day=told, hours=_periods_text(periods), zone=_zone(knowledge))
    holiday = (knowledge.calendar.holiday(day) or "").replace(" (perkiraan)", ", perkiraan")
    unconfirmed = bool(holiday) and not knowledge.holidays.is_confirmed(day.year)
    closed = say("shut_on_holiday" if holiday else "shut_on", talk, day=told, holiday=holiday)
    return after(closed, say("holiday_unconfirmed", talk)) if unconfirmed else closed


def _week(day: date, talk: Talk, knowledge: Knowledge) -> Decision:
    season = knowledge.calendar.season(day)
    week = season.week if season else knowledge.office.hours.week.week()
    note = knowledge.office.fact("registration_note")
    season_name = f" selama {season.name}" if season else ""
    return say("hours_week", talk, when=f"loket{season_name}", hours=week_text(week), zone=_zone(knowledge), note=note)


def week_text(week: Week) -> str:
    """Days in a row with the same hours on one line; closed days are not listed."""
    lines: list[tuple[int, int, tuple[Period, ...]]] = []
    for day, periods in enumerate(week):
        if lines and lines[-1][2] == periods and lines[-1][1] == day - 1:
            lines[-1] = (lines[-1][0], day, periods)
        else:
            lines.append((day, day, periods))
    return "\n".join(
        f"• {DAYS[first]}{'–' + DAYS[last] if last > first else ''}: {_periods_text(periods)}"
        for first, last, periods in lines
        if periods
    )


def _periods_text(periods: tuple[Period, ...]) -> str:
    return " dan ".join(f"{clock_text(period.start)}–{clock_text(period.end)}" for period in periods)


def _season(name: str, knowledge: Knowledge) -> SeasonHours | None:
    return next((season for season in knowledge.office.seasons if season.name == name), None)


def _zone(knowledge: Knowledge) -> str:
    return knowledge.office.time_zone_label
