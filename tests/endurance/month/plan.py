"""When the month is, and who is there. The world writes it into rows; the oracle asks it directly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Makassar")
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
OFFICERS = ("andi", "besse", "citra")
SUPERVISOR = "dg-supervisor"
STAFF = (*OFFICERS, SUPERVISOR)


def at(day: date, hour: int = 0, minute: int = 0) -> datetime:
    """A moment on the office's clock."""
    return datetime.combine(day, time(hour, minute), tzinfo=ZONE).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Span:
    start: datetime
    end: datetime

    def __contains__(self, moment: datetime) -> bool:
        return self.start <= moment < self.end


@dataclass(frozen=True)
class Plan:
    """``leave``: whole days, first and last; ``away``: hours in which somebody is not at the desk; ``mail_down``:
    nothing takes mail. ``resting_days``: conversations on a day without hours, as a share of ``per_day``."""

    first: date
    last: date
    per_day: int
    leave: Mapping[str, tuple[date, date]]
    away: Mapping[str, Sequence[Span]]
    mail_down: Span
    resting_days: float = 0.3
    seed: int = 4
    settles_within: timedelta = field(default=timedelta(days=9))

    def is_there(self, name: str, moment: datetime) -> bool:
        """Whether somebody is on duty, days without hours aside."""
        local = moment.astimezone(ZONE).date()
        first, last = self.leave.get(name, (date.max, date.min))
        return not first <= local <= last and not any(moment in span for span in self.away.get(name, ()))


def _aug(day: int) -> date:
    return date(2026, 8, day)


def _hours(day: int, start: int, end: int) -> Span:
    return Span(at(_aug(day), start), at(_aug(day), end))


# Friday with its prayers, a weekend, the holiday of the 17th, a Tuesday that nobody begins, a Wednesday to mend it
SHORT = Plan(
    first=_aug(14),
    last=_aug(19),
    per_day=18,
    leave={"andi": (_aug(14), _aug(14))},
    away={
        "andi": [_hours(18, 7, 10)],
        "besse": [_hours(14, 13, 17), _hours(18, 7, 10)],
        "citra": [_hours(18, 7, 10)],
        SUPERVISOR: [_hours(18, 7, 9)],
    },
    mail_down=_hours(20, 9, 11),
)
# two holidays, the 17th and the 25th; the month begins on a Saturday
MONTH = Plan(
    first=_aug(1),
    last=_aug(31),
    per_day=150,
    leave={"andi": (_aug(10), _aug(14))},
    away={
        "andi": [_hours(20, 7, 12)],
        "besse": [*(_hours(day, 13, 17) for day in (5, 7, 19, 26)), _hours(20, 7, 12)],
        "citra": [_hours(20, 7, 12), _hours(28, 9, 15)],
        SUPERVISOR: [_hours(20, 7, 9), _hours(21, 7, 17)],
    },
    mail_down=_hours(12, 9, 11),
)
