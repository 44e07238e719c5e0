"""Citizens: they come through the day and the night, most for an officer; some answer, some thank, some come back."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Protocol

from tests.endurance.month.plan import DAY, Plan

WISH, COMPLAINT, FRAUD, NOTED, QUESTION = (
    "mau bicara dengan petugas",
    "pelayanannya lambat, saya mau mengadu",
    "ada yang minta uang untuk urus akta",
    "berkas saya sudah sampai mana",
    "kk hilang syaratnya apa",
)
DISTRESS = "suami saya memukuli saya"
THANKS, MORE = "terima kasih banyak", "ini keterangan tambahannya"
COMES_FOR = {WISH: 68, COMPLAINT: 14, FRAUD: 6, NOTED: 7, QUESTION: 5}
BY_DAY = 0.85  # of a day's conversations; the others come at any hour


class Town(Protocol):
    """What citizens need of the world."""

    plan: Plan

    def write(self, citizen: str, text: str) -> None: ...

    def minutes_later(self, minutes: int, citizen: str, text: str) -> None: ...

    def write_at(self, day: date, minute: int, citizen: str, text: str) -> None: ...

    def is_working_day(self, day: date) -> bool: ...


class Citizens:
    """One random generator for all; the same plan gives the same month."""

    def __init__(self, town: Town) -> None:
        self._town, self._chance, self._number = town, Random(town.plan.seed), 0

    def come(self) -> None:
        """Everybody's first words of the whole month."""
        plan = self._town.plan
        day = plan.first
        while day <= plan.last:
            share = 1.0 if self._town.is_working_day(day) else plan.resting_days
            for _ in range(round(plan.per_day * share)):
                self._come_on(day)
            day += DAY

    def was_answered(self, citizen: str) -> None:
        """Words of an officer arrived: some thank, some add something."""
        dice = self._chance.random()
        if dice < 0.4:
            self._town.minutes_later(self._chance.randint(1, 20), citizen, THANKS)
        elif dice < 0.7:
            self._town.minutes_later(self._chance.randint(1, 90), citizen, MORE)

    def was_asked(self, citizen: str) -> None:
        """The officer waits for them: most come back, some days later, some never."""
        dice = self._chance.random()
        if self._chance.random() < 0.15:
            self._town.minutes_later(1, citizen, THANKS)
        if dice < 0.7:
            self._town.minutes_later(self._chance.randint(3, 600), citizen, MORE)
        elif dice < 0.85:  # by then nobody waits for them any more
            self._later_with_a_choice(citizen, self._chance.randint(1500, 3600), WISH)

    def was_resolved(self, citizen: str) -> None:
        dice = self._chance.random()
        if dice < 0.12:
            self._later_with_a_choice(citizen, self._chance.randint(10, 1300), MORE)
        elif dice < 0.3:
            self._town.minutes_later(self._chance.randint(1, 30), citizen, THANKS)

    def _later_with_a_choice(self, citizen: str, minutes: int, text: str) -> None:
        """Asked "lanjutkan / pertanyaan baru", they pick the first."""
        self._town.minutes_later(minutes, citizen, text)
        self._town.minutes_later(minutes + 2, citizen, "1")

    def _come_on(self, day: date) -> None:
        self._number += 1
        citizen = f"whatsapp:+628110000{self._number + 1000}"
        by_day = self._chance.random() < BY_DAY
        minute = self._chance.randint(7 * 60, 16 * 60 + 30) if by_day else self._chance.randint(0, 24 * 60 - 1)
        text = self._chance.choices(list(COMES_FOR), list(COMES_FOR.values()))[0]
        self._town.write_at(day, minute, citizen, text)
        if self._chance.random() < 0.15:  # writing again moves nobody back
            self._town.write_at(day, minute + self._chance.randint(2, 40), citizen, self._chance.choice([MORE, WISH]))
        if text in (WISH, COMPLAINT) and self._chance.random() < 0.06:  # what they wait for is worse than they said
            self._town.write_at(day, minute + self._chance.randint(1, 90), citizen, DISTRESS)
        if text == WISH and self._chance.random() < 0.04:  # a second matter of the same citizen
            self._town.write_at(day, minute + self._chance.randint(2, 60), citizen, COMPLAINT)
