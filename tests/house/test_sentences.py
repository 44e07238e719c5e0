"""A sentence nobody says is dead, and one nobody wrote leaves a citizen without an answer."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import yaml

SPEAK = ("actions", "bot/flow")


def said(root: Path) -> tuple[set[str], set[str]]:
    """Names in the code, and the beginnings of names that end in a value (``closed_{why}``)."""
    names, beginnings = set(), set()
    for folder in SPEAK:
        for file in (root / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    names.add(node.value)
                if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                    beginnings.add(str(node.values[0].value))
    return names, {one for one in beginnings if re.fullmatch(r"[a-z]+(_[a-z]+)*_", one)}


def test_every_sentence_is_said_somewhere(root: Path) -> None:
    names, beginnings = said(root)
    files = sorted((root / "actions").rglob("replies.yml"))
    written = {name for file in files for name in yaml.safe_load(file.read_text(encoding="utf-8"))}
    dead = sorted(name for name in written - names if not name.startswith(tuple(beginnings)))
    assert not dead, f"no code in {SPEAK} says these sentences of replies.yml: {dead}"
