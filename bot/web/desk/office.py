"""What the desk's pages are handed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from bot.contracts import FilledTemplate, Level, Way
from bot.db.session import Database
from bot.rules import OfficeRules

if TYPE_CHECKING:
    from bot.desk.vault import Vault


class DeskOffice(Protocol):
    """Rules and words of an office, by its prefix. ``language``: ``id`` or ``en``."""

    def rules(self, office: str) -> OfficeRules: ...

    def zone_label(self, office: str) -> str: ...

    def about(self, office: str, kind: str, service: str | None, language: str) -> str: ...

    def understood(self, office: str, intent: str, service: str | None) -> str: ...

    def alerted(self, level: Level, number: str, language: str) -> str: ...

    def answer_waiting(self, office: str, number: str) -> FilledTemplate:
        """The template that tells a citizen that an answer of this ticket waits."""
        ...

    def farewell(self, office: str, number: str, now: datetime) -> str: ...

    def ways(self, approved: Collection[str]) -> Mapping[Way, bool]:
        """Each way an alert can go, and whether it is set up."""
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    """``office`` and ``vault`` are made at their first use; ``push_key``: for the browser's permission, empty when not
    set up."""

    database: Database
    office: Callable[[], DeskOffice]
    now: Callable[[], datetime]
    push_key: Callable[[], str]
    vault: Callable[[], Vault]
