from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).parents[2] / "data" / "knowledge"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of data/knowledge to spoil."""
    return Path(shutil.copytree(FOLDER, tmp_path / "knowledge"))


@pytest.fixture
def change(folder: Path) -> Callable[[str, Callable[[Any], object]], None]:
    """Changes the content of one file of the copy."""

    def _change(file: str, how: Callable[[Any], object]) -> None:
        path = folder / file
        content = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
        how(content)
        path.write_text(yaml.dump(content, Dumper=yaml.CSafeDumper, allow_unicode=True), encoding="utf-8")

    return _change
