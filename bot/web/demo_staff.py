"""The demo's offices and their invented staff: data that `sapa seed-demo` puts in and the simulator's pages show."""

from __future__ import annotations

from dataclasses import dataclass

from bot.contracts import Role

PASSWORD = "sapa demo 2026"
FIRST = "PKP"
TRAINING = "LAT"
TRAINING_SENDER = "whatsapp:+6281100000009"


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """``office`` by its prefix. ``key``: of the authenticator app, for who needs a second factor (base32)."""

    name: str
    email: str
    role: Role
    whatsapp: str
    key: str = ""
    office: str = FIRST

    @property
    def slug(self) -> str:
        """Their name in addresses of the simulator; no two have the same."""
        return self.email.partition("@")[0]


PEOPLE = (
    DemoPerson("Hasnah Contoh", "hasnah@contoh.example", Role.OFFICER, "+6281100000011"),
    DemoPerson("Ridwan Contoh", "ridwan@contoh.example", Role.OFFICER, "+6281100000012"),
    DemoPerson("Sulfiana Contoh", "sulfiana@contoh.example", Role.OFFICER, "+6281100000013"),
    DemoPerson(
        "Maryam Contoh",
        "maryam@contoh.example",
        Role.ADMINISTRATOR,
        "+6281100000014",
        "SAPADEMOSAPADEMOSAPADEMOSAPADEMO",
    ),
    DemoPerson(
        "Syamsul Contoh",
        "syamsul@contoh.example",
        Role.SUPERVISOR,
        "+6281100000015",
        "SAPADEMOSAPADEMOSAPADEMOPENGAWAS",
    ),
    DemoPerson("Andi Latihan", "andi@latihan.example", Role.OFFICER, "+6281100000021", office=TRAINING),
    DemoPerson("Mina Latihan", "mina@latihan.example", Role.OFFICER, "+6281100000022", office=TRAINING),
    DemoPerson(
        "Yusuf Latihan",
        "yusuf@latihan.example",
        Role.SUPERVISOR,
        "+6281100000023",
        "SAPALATIHANSAPALATIHANSAPALATIHA",
        TRAINING,
    ),
)


def people_of(office: str) -> tuple[DemoPerson, ...]:
    return tuple(person for person in PEOPLE if person.office == office)
