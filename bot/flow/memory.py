"""A conversation's memory as JSON and back. What an older version wrote and this one does not know is dropped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from bot.contracts import Choice, Memory


def to_json(memory: Memory) -> dict[str, Any]:
    return asdict(memory)


def from_json(stored: Mapping[str, Any]) -> Memory:
    choices = tuple(
        Choice(
            title=str(choice["title"]),
            intent=str(choice["intent"]),
            service=choice.get("service"),
            part=int(choice.get("part", 1)),
        )
        for choice in stored.get("choices", ())
    )
    return Memory(service=stored.get("service"), choices=choices, misunderstood=int(stored.get("misunderstood", 0)))
