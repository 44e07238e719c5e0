"""The demo office's invented staff: data that `sapa seed-demo` puts in and the simulator's pages show."""

from __future__ import annotations

from dataclasses import dataclass

from bot.contracts import Role

PASSWORD = "sapa demo 2026"


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """``key``: of the authenticator app, for who needs a second factor (base32)."""

    name: str
    email: str
    role: Role
    whatsapp: str
    key: str = ""


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
)
