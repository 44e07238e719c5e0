"""The papers name only what is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)#\s]+)")
PATH = re.compile(r"[\w.\-/*]+")
ENDINGS = (".py", ".yml", ".md", ".toml", ".lock", ".html", ".js", ".css")
MADE_BY_SET_UP = ("var", ".venv", ".uv", "nlu/.venv", "bench/results", "bench/stock_rasa", "bot/web/static/vendor")


@pytest.fixture(scope="module")
def papers(own_files: list[Path]) -> list[Path]:
    """Not the CHANGELOG: it also tells of what was once there."""
    return [file for file in own_files if file.suffix == ".md" and file.name != "CHANGELOG.md"]


def test_papers_name_only_paths_that_exist(papers: list[Path], own_files: list[Path], root: Path) -> None:
    names = {file.name for file in own_files}
    missing = [
        f"{paper.relative_to(root)}: {token}"
        for paper in papers
        for token in CODE.findall(paper.read_text(encoding="utf-8"))
        if _is_path(token, root) and not _is_there(token, root, paper.parent) and token not in names
    ]
    assert not missing, "a reader who follows these finds nothing:\n" + "\n".join(missing)


def test_papers_link_only_to_files_that_exist(papers: list[Path], root: Path) -> None:
    missing = [
        f"{paper.relative_to(root)}: {target}"
        for paper in papers
        for target in LINK.findall(paper.read_text(encoding="utf-8"))
        if "://" not in target and not target.startswith("mailto:") and not (paper.parent / target).exists()
    ]
    assert not missing, "these links lead nowhere:\n" + "\n".join(missing)


def _is_path(token: str, root: Path) -> bool:
    """``bot/flow/apply.py`` or ``config.yml``; not a URL path, a command or a placeholder."""
    if not PATH.fullmatch(token) or token.startswith("/"):
        return False
    return token.endswith(ENDINGS) or ("/" in token and (root / token.split("/")[0]).exists())


def _is_there(token: str, root: Path, beside: Path) -> bool:
    return token.startswith(MADE_BY_SET_UP) or any(any(folder.glob(token.rstrip("/"))) for folder in (root, beside))
