"""Checks the training data before anything is trained: a wrong label is found here, with its file, not by a citizen."""

from __future__ import annotations

from pathlib import Path

import yaml


class DataError(Exception):
    """The training data is wrong; the text is one sentence that names the file."""


def check_examples(folder: Path, intents: set[str], services: set[str]) -> int:
    """The number of examples. Raises DataError for what Rasa would skip with a warning or learn wrongly.

    ``services`` holds service and family ids; empty when they are not known here, and then not checked.
    """
    seen: dict[str, tuple[str, Path]] = {}
    for file in _files(folder):
        for label, text in _labelled(file):
            intent, _, service = label.partition("/")
            if intent not in intents:
                raise DataError(f"{file}: '{intent}' is not an intent of domain.yml.")
            if service and services and service not in services:
                raise DataError(f"{file}: '{service}' (in '{label}') is neither a service nor a family.")
            known = seen.setdefault(text.casefold(), (label, file))
            if known[0] != label:
                raise DataError(f"{file}: '{text}' stands under '{label}' and, in {known[1]}, under '{known[0]}'.")
    if not seen:
        raise DataError(f"{folder}: no training examples here.")
    missing = sorted(intents - {label.partition("/")[0] for label, _ in seen.values()})
    if missing:
        raise DataError(f"{folder}: no examples for {', '.join(missing)}.")
    return len(seen)


def labelled_examples(folder: Path) -> list[tuple[str, str]]:
    """(label, text) of every example below the folder. Raises DataError for a file that is not in the format."""
    return [pair for file in _files(folder) for pair in _labelled(file)]


def _files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.yml")) if folder.is_dir() else []


def _labelled(file: Path) -> list[tuple[str, str]]:
    """(label, text) of every example of a file in Rasa's YAML format."""
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        reason = " ".join(str(error).split())
        raise DataError(f"{file}: not readable as YAML ({reason}).") from error
    groups = content.get("nlu") if isinstance(content, dict) else None
    if not isinstance(groups, list):
        raise DataError(f"{file}: expected a list under 'nlu:'.")
    return [pair for group in groups for pair in _group(file, group)]


def _group(file: Path, group: object) -> list[tuple[str, str]]:
    if not isinstance(group, dict) or not isinstance(group.get("intent"), str):
        raise DataError(f"{file}: every entry under 'nlu:' needs an 'intent'.")
    label, examples = group["intent"], group.get("examples")
    if not isinstance(examples, str):
        raise DataError(f"{file}: '{label}' needs 'examples: |' with lines that begin with '- '.")
    lines = [line.strip() for line in examples.splitlines() if line.strip()]
    wrong = next((line for line in lines if not line.startswith("- ") or not line[2:].strip()), None)
    if wrong is not None:
        raise DataError(f"{file}: the line '{wrong}' of '{label}' is no example ('- text').")
    return [(label, line[2:].strip()) for line in lines]
