"""What every data file shares: how it is read, and how its entries complain.

An entry refuses keys it does not know, so that a slip in a key is found at load; keys that are only for
people and for later readers of the file (``unused``) are dropped before anything is kept in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, ClassVar, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from bot.errors import KnowledgeError


class Entry(BaseModel):
    """One entry of a data file: frozen, strict about keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    unused: ClassVar[frozenset[str]] = frozenset()

    @model_validator(mode="before")
    @classmethod
    def _drop_unused(cls, data: Any) -> Any:
        if isinstance(data, Mapping):
            return {key: value for key, value in data.items() if key not in cls.unused}
        return data


E = TypeVar("E", bound=Entry)


def read_file(path: Path) -> dict[str, Any]:
    """The mapping a YAML file holds. Raises KnowledgeError naming the file."""
    try:
        content = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    except FileNotFoundError:
        raise KnowledgeError(f"{path.name}: the file is missing") from None
    except yaml.YAMLError as error:
        raise KnowledgeError(f"{path.name}: not valid YAML: {error}") from None
    if not isinstance(content, dict):
        raise KnowledgeError(f"{path.name}: a mapping is expected")
    return content


def section(content: Mapping[str, Any], key: str, file: str) -> Any:
    """One part of a file. Raises KnowledgeError when it is not there."""
    if key not in content:
        raise KnowledgeError(f"{file}: the section '{key}' is missing")
    return content[key]


def build(model: type[E], data: Any, file: str, name: str) -> E:
    """An entry from its data; pydantic's findings become one sentence naming file and entry."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "entry"
        raise KnowledgeError(f"{file}: entry '{name}': {where}: {first['msg']}") from None


def build_list(model: type[E], items: Iterable[Any], key: str, file: str) -> dict[str, E]:
    """Entries of a list by their key (`id`, `name`, …), in the file's order; each only once."""
    entries: dict[str, E] = {}
    for number, item in enumerate(items, start=1):
        name = str(item.get(key, f"number {number}")) if isinstance(item, Mapping) else f"number {number}"
        if name in entries:
            raise KnowledgeError(f"{file}: entry '{name}': stands twice")
        entries[name] = build(model, item, file, name)
    return entries
