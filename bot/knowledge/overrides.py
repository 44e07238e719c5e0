"""offices/<PREFIX>.yml: what one office says differently, laid over the defaults key by key.

office:    {…}            over office.yml
targets:   {…}            over targets.yml
services:  {<id>: {…}}    over the entries of services.yml
faqs:      {<id>: {…}}    over the entries of faq.yml
submissions: {…}          over submissions.yml
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.errors import KnowledgeError
from bot.knowledge.entry import read_file, section

DEFAULT_OFFICE = "PKP"
_LISTS = {"services": "services.yml", "faqs": "faq.yml"}
_IDENTITY = ("prefix", "name", "full_name", "regency")
"""What every office says of itself: nobody speaks in the default office's name."""


def own_file(folder: Path, office: str) -> dict[str, Any]:
    """The office's file. The default office needs none, every other one does. Raises KnowledgeError."""
    path = folder / "offices" / f"{office}.yml"
    if office == DEFAULT_OFFICE and not path.exists():
        return {}
    file = f"offices/{office}.yml"
    if not path.exists():
        raise KnowledgeError(f"{file}: the file is missing; office '{office}' has no facts of its own")
    own = read_file(path)
    if unknown := set(own) - {"office", "targets", "submissions", *_LISTS}:
        raise KnowledgeError(f"{file}: entry '{min(unknown)}': not a part an office may change")
    if office != DEFAULT_OFFICE and (missing := set(_IDENTITY) - set(own.get("office", {}))):
        raise KnowledgeError(f"{file}: entry 'office': {min(missing)} is missing")
    return own


def entries(content: Mapping[str, Any], key: str, own: Mapping[str, Any]) -> list[Any]:
    """A file's list, each entry with the office's own values for its id. Raises KnowledgeError."""
    file = _LISTS[key]
    changes = dict(own.get(key, {}))
    changed = [over(entry, changes.pop(entry.get("id"), {})) for entry in section(content, key, file)]
    if changes:
        raise KnowledgeError(f"{file}: entry '{min(changes)}': an office changes it, but it is not there")
    return changed


def over(default: Any, own: Any) -> Any:
    """Mappings are laid over each other key by key; anything else is replaced."""
    if isinstance(default, Mapping) and isinstance(own, Mapping):
        return {**default, **{key: over(default.get(key, {}), value) for key, value in own.items()}}
    return own
