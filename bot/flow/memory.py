"""A conversation's memory as JSON and back. What an older version wrote and this one does not know is dropped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from bot.contracts import Choice, Memory


def to_json(memory: Memory) -> dict[str, Any]:
    return asdict(memory)


def from_json(stored: object) -> Memory:
    """Never raises: what does not fit is forgotten, since a conversation must go on whatever its row holds."""
    if not isinstance(stored, Mapping):
        return Memory()
    service, misunderstood, asked = (stored.get(name) for name in ("service", "misunderstood", "asked"))
    choices = stored.get("choices")
    return Memory(
        service=service if isinstance(service, str) else None,
        choices=tuple(filter(None, map(_choice, choices))) if isinstance(choices, list) else (),
        misunderstood=misunderstood if isinstance(misunderstood, int) else 0,
        asked=asked if isinstance(asked, str) else None,
    )


def _choice(stored: object) -> Choice | None:
    if not isinstance(stored, Mapping):
        return None
    title, intent, service, part = (stored.get(name) for name in ("title", "intent", "service", "part"))
    value, number = stored.get("value"), stored.get("number")
    if not isinstance(title, str) or not isinstance(intent, str):
        return None
    return Choice(
        title=title,
        intent=intent,
        service=service if isinstance(service, str) else None,
        part=part if isinstance(part, int) else 1,
        value=value if isinstance(value, str) else "",
        number=number if isinstance(number, int) else 0,
    )
