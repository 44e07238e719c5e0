"""``.env.example`` is where an office finds every setting."""

from __future__ import annotations

import re
from pathlib import Path

from bot.settings import Settings

LINE = re.compile(r"^(SAPA_[A-Z_]+)=(\S*) +# \S.*$")


def test_every_setting_has_one_line_in_env_example_and_the_other_way_round(root: Path) -> None:
    listed = [match[1] for match in _lines(root)]
    fields = [f"SAPA_{name.upper()}" for name in Settings.model_fields]
    assert sorted(listed) == sorted(fields), (
        "an office sets Sapa up from .env.example alone: missing there "
        f"{sorted(set(fields) - set(listed))}, unknown to bot/settings.py {sorted(set(listed) - set(fields))}, "
        "and each must stand there once"
    )


def test_env_example_shows_the_real_defaults(root: Path) -> None:
    for name, shown in ((match[1], match[2]) for match in _lines(root)):
        default = Settings.model_fields[name.removeprefix("SAPA_").lower()].default
        if default not in ("", False):
            assert type(default)(shown) == default, f"{name} is {default} when it is not set, not {shown}"


def test_every_setting_is_explained_on_its_line(root: Path) -> None:
    bare = [
        line
        for line in _text(root).splitlines()
        if line.startswith("SAPA_") and not LINE.match(line)
    ]  # fmt: skip
    assert not bare, f"a setting without a word on what belongs there helps nobody: {bare}"


def _lines(root: Path) -> list[re.Match[str]]:
    return [match for line in _text(root).splitlines() if (match := LINE.match(line))]


def _text(root: Path) -> str:
    return (root / ".env.example").read_text(encoding="utf-8")
