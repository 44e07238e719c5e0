"""What the desk's pages are handed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from bot.contracts import FilledTemplate, Level, Way, Whom
from bot.db.session import Database
from bot.rules import OfficeRules
from bot.web.desk.case import Case

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

    def opening_hours(self, office: str) -> str:
        """The hours of a week, a line for days that are alike."""
        ...

    def document(self, office: str, document: str) -> str | None:
        """What a document is called, in short; None: nobody knows it any more."""
        ...

    def document_in_full(self, office: str, document: str) -> str:
        """What the law calls it; '' where that says no more."""
        ...

    def case(self, office: str, service: str, whom: Whom | None, answers: Mapping[str, str]) -> Case | None:
        """What a submission of these answers needs; None: the office knows no such service any more."""
        ...

    def ways(self, approved: Collection[str]) -> Mapping[Way, bool]:
        """Each way an alert can go, and whether it is set up."""
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    """``office`` and ``vault`` are made at their first use; ``push_key``: for the browser's permission, empty when not
    set up. ``search_key`` (Fernet's) seals what was searched for."""

    database: Database
    office: Callable[[], DeskOffice]
    now: Callable[[], datetime]
    push_key: Callable[[], str]
    vault: Callable[[], Vault]
    search_key: bytes
