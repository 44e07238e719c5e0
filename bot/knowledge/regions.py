"""regions.yml: the regency's districts and villages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, ClassVar

from pydantic import Field, StringConstraints, field_validator

from bot.knowledge.entry import Entry, build_list, read_file, section
from bot.knowledge.services import Text

FILE = "regions.yml"
_VILLAGE_DIGIT = {"kelurahan": "1", "desa": "2"}
"""The seventh digit of a village's code says which of the two it is."""


class District(Entry):
    """A kecamatan. ``code6`` is how a NIK registered there begins. Its villages are checked, not kept."""

    unused: ClassVar[frozenset[str]] = frozenset({"code", "aliases", "islands"})

    code6: Annotated[str, StringConstraints(pattern=r"^\d{6}$")]
    name: Text
    villages: Annotated[int, Field(ge=1)]

    @field_validator("villages", mode="before")
    @classmethod
    def _count_checked_villages(cls, villages: Any) -> int:
        if not isinstance(villages, list):
            raise ValueError("a list of villages is expected")
        for village in villages:
            number = str(village["code"]).replace(".", "")
            if number[6:7] != _VILLAGE_DIGIT.get(village["type"]):
                raise ValueError(f"village {village['code']}: digit 7 does not fit '{village['type']}'")
        return len(villages)


def load_districts(folder: Path) -> dict[str, District]:
    """By the six digits a NIK begins with. Raises KnowledgeError."""
    return build_list(District, section(read_file(folder / FILE), "kecamatan", FILE), "code6", FILE)
