"""Migrations stand in one line."""

from __future__ import annotations

from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory


def test_there_is_one_newest_migration(root: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(root / "migrations"))
    heads = ScriptDirectory.from_config(config).get_heads()
    assert len(heads) == 1, f"an office could not tell which one to go to: rebase one migration on the other: {heads}"
