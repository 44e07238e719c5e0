"""The frozen messages: written apart from the training data, never trained on, read by evaluate.py and promote.py."""

from __future__ import annotations

from pathlib import Path

import yaml

from nlu.model import Model
from nlu.scores import Read, read
from nlu.surroundings import ROOT

FROZEN = ROOT / "tests" / "nlu" / "frozen"
BATCH = 256


def read_frozen(model: Path, folder: Path = FROZEN) -> list[Read]:
    """Each message as the model reads it. A file holds a list of ``{id, text, intent, service, style}``, alone or
    under one key."""
    entries = [entry for file in sorted(folder.glob("*.yml")) for entry in _entries(file)]
    texts = [entry["text"] for entry in entries]
    reader = Model(model)
    answers = [answer for start in range(0, len(texts), BATCH) for answer in reader.parse(texts[start : start + BATCH])]
    return [
        read(entry["text"], entry["intent"], entry.get("service"), answer, entry.get("style") or "")
        for entry, answer in zip(entries, answers, strict=True)
    ]


def _entries(file: Path) -> list[dict[str, str]]:
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    if isinstance(content, dict):
        content = next(value for value in content.values() if isinstance(value, list))
    return list(content)
