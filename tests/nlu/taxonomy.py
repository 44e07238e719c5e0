"""What the taxonomy and the training data say, read without Rasa."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]


def read(path: str) -> Any:
    return yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))


TAXONOMY = read("data/knowledge/taxonomy.yml")
INTENTS = {intent["name"]: intent["service_role"] for intent in TAXONOMY["intents"]}
FAMILIES: dict[str, list[str]] = {name: family["members"] for name, family in TAXONOMY["families"].items()}
SERVICES = {service["id"] for service in read("data/knowledge/services.yml")["services"]}


def examples() -> Iterator[tuple[str, str, str, str]]:
    """(file, intent, service or family or "", text) of every training example."""
    for file in sorted((ROOT / "data" / "nlu").rglob("*.yml")):
        for group in read(str(file.relative_to(ROOT)))["nlu"]:
            intent, _, service = group["intent"].partition("/")
            for line in group["examples"].splitlines():
                if line.strip():
                    yield file.name, intent, service, line.removeprefix("- ").strip()
