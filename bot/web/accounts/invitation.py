"""The form that invites a colleague."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from email_validator import EmailNotValidError, validate_email

from bot.contracts import Role
from bot.desk.staff import StaffRefused

LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Invitation:
    email: str
    name: str
    role: Role
    whatsapp: str | None

    @classmethod
    def of(cls, form: Mapping[str, str]) -> Invitation:
        """From what was written. Raises StaffRefused: ``email``, ``name``, ``role``."""
        name = " ".join(form.get("name", "").split())
        if not 0 < len(name) <= LONGEST_NAME:
            raise StaffRefused("name")
        if form.get("role") not in set(Role):
            raise StaffRefused("role")
        try:
            email = validate_email(form.get("email", "").strip(), check_deliverability=False).normalized.lower()
        except EmailNotValidError:
            raise StaffRefused("email") from None
        return cls(email, name, Role(form["role"]), form.get("whatsapp", "").strip() or None)

    def values(self) -> dict[str, Any]:
        """As `bot.desk.staff.invite` takes them."""
        return {"email": self.email, "name": self.name, "role": self.role, "whatsapp": self.whatsapp}
