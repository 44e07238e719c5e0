"""Invented persons of the regency: their numbers are well formed, their names are picked from two lists."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

REGIONS = Path(__file__).parents[2] / "data/knowledge/regions.yml"
MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
MEN = (
    "Baharuddin",
    "Syamsul",
    "Rahmat",
    "Irfan",
    "Darwis",
    "Hamzah",
    "Ridwan",
    "Sultan",
    "Amiruddin",
    "Yusran",
    "Fadli",
    "Takdir",
    "Idham",
    "Zulkifli",
)
WOMEN = (
    "Nurhayati",
    "Hasnah",
    "Sitti",
    "Rabiah",
    "Kartini",
    "Marwah",
    "Fatimah",
    "Suriani",
    "Herlina",
    "Nirwana",
    "Jumriah",
    "Wahyuni",
    "Mardiana",
)
LATER = (
    "Mappangara",
    "Tenriola",
    "Lallo",
    "Baddu",
    "Makkasau",
    "Paduai",
    "Salengke",
    "Mattola",
    "Kadere",
    "Bundu",
    "Pasolong",
    "Tayang",
)
STREETS = ("Jl. Kemakmuran", "Jl. Andi Mauraga", "Jl. Poros Tonasa", "Kp. Baru", "Dusun Bonto", "Jl. Pelabuhan")
JOBS = ("Nelayan/Perikanan", "Petani/Pekebun", "Wiraswasta", "Mengurus Rumah Tangga", "Guru", "Karyawan Swasta")


@dataclass(frozen=True)
class Person:
    """``nik`` and ``kk``: 16 digits; ``sex``: L or P."""

    name: str
    nik: str
    kk: str
    sex: str
    born: date
    place: str
    street: str
    village: str
    district: str
    job: str

    @property
    def is_man(self) -> bool:
        return self.sex == "L"


def somebody(
    rng: Random, *, ages: tuple[int, int] = (18, 75), sex: str = "", today: date = date(2026, 11, 1)
) -> Person:
    """A person of that age, in years, of a real village of the regency."""
    sex = sex or rng.choice("LP")
    born = today - timedelta(days=rng.randint(ages[0] * 366, max(ages[1] * 365, ages[0] * 366 + 1)))
    district = rng.choice(_districts())
    issued = date(2012, 1, 1) + timedelta(days=rng.randrange(5000))
    return Person(
        name=f"{rng.choice(MEN if sex == 'L' else WOMEN)} {rng.choice(LATER)}".upper(),
        nik=_number(rng, district["code6"], born, 40 if sex == "P" else 0),
        kk=_number(rng, district["code6"], issued, 0),
        sex=sex,
        born=born,
        place="PANGKEP",
        street=f"{rng.choice(STREETS)} No. {rng.randint(1, 99)}".upper(),
        village=rng.choice(district["villages"])["name"].upper(),
        district=district["name"].upper(),
        job=rng.choice(JOBS),
    )


def same_home(person: Person, other: Person) -> Person:
    """The other as a member of this person's family card."""
    kept = ("kk", "street", "village", "district")
    return replace(other, **{name: getattr(person, name) for name in kept})


def in_words(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _number(rng: Random, code6: str, day: date, shift: int) -> str:
    return f"{code6}{day.day + shift:02d}{day:%m%y}{rng.randint(1, 9999):04d}"


@lru_cache(maxsize=1)
def _districts() -> list[dict[str, Any]]:
    districts: list[dict[str, Any]] = yaml.safe_load(REGIONS.read_text(encoding="utf-8"))["kecamatan"]
    return districts
