"""taxonomy.yml: what the NLU tells apart, the contract between nlu/, actions/ and every measurement."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, ClassVar

from pydantic import Field, field_validator

from bot.knowledge.entry import Entry
from bot.knowledge.services import Text


class ServiceRole(StrEnum):
    """Whether an intent normally names a service."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


class Intent(Entry):
    unused: ClassVar[frozenset[str]] = frozenset({"covers"})

    name: Text
    service_role: ServiceRole

    @field_validator("service_role", mode="before")
    @classmethod
    def _undo_yaml(cls, role: Any) -> Any:
        """YAML 1.1 reads an unquoted yes or no as a truth value."""
        return {True: "yes", False: "no"}[role] if isinstance(role, bool) else role


class Family(Entry):
    """Services a citizen names with one word ("urus KK"); ``members`` are service ids."""

    unused: ClassVar[frozenset[str]] = frozenset({"says"})

    members: Annotated[tuple[Text, ...], Field(min_length=2)]
