"""Who may import whom: the imports of every module against the table in arrows.py."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.house.arrows import TABLE

ROOT = Path(__file__).resolve().parents[2]
OURS = ("bot", "actions", "nlu", "tools")
CLOCK = {f"{of}.{call}" for of in ("datetime", "datetime.datetime") for call in ("now", "utcnow", "today")}
CLOCK |= {"date.today", "datetime.date.today", "time.time", "time.monotonic"}


def test_every_module_has_its_arrows() -> None:
    lost = [name for name, _ in _modules() if not _part(name)]
    assert not lost, f"say in tests/house/arrows.py what these may import, and why: {lost}"


def test_imports_follow_the_arrows() -> None:
    wrong = [
        f"{name} must not import {target}: {TABLE[part].why}"
        for name, tree in _modules()
        if (part := _part(name))
        for target in _imports(name, tree)
        if target.split(".")[0] in OURS and not _within(target, (part, *TABLE[part].to))
    ]
    assert not wrong, "\n".join(wrong)


def test_pure_parts_import_no_package_from_outside() -> None:
    wrong = [
        f"{name} must not import {top}: {TABLE[part].why}"
        for name, tree in _modules()
        if (part := _part(name))
        for top in sorted({target.split(".")[0] for target in _imports(name, tree)})
        if not _may_use(part, top)
    ]
    assert not wrong, "\n".join(wrong)


def test_pure_parts_are_told_the_time() -> None:
    wrong = [
        f"{name}:{node.lineno} reads the clock: now is a parameter, so that a replay gives the same answer"
        for name, tree in _modules()
        if _part(name) in ("actions", "bot.calendar", "bot.deadlines", "bot.rules", "bot.knowledge")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in CLOCK
    ]
    assert not wrong, "\n".join(wrong)


def _modules() -> Iterator[tuple[str, ast.Module]]:
    for package in OURS:
        for file in sorted((ROOT / package).rglob("*.py")):
            inside = file.relative_to(ROOT)
            if not {".venv", "node_modules"} & set(inside.parts):
                name = ".".join(inside.with_suffix("").parts).removesuffix(".__init__")
                yield name, ast.parse(file.read_text(encoding="utf-8"))


def _part(name: str) -> str:
    """The entry of the table that decides for this module; the bare ``bot`` and ``tools`` hold no code."""
    if name in ("bot", "tools"):
        return "bot.contracts"
    return max((part for part in TABLE if _within(name, (part,))), key=len, default="")


def _within(name: str, parts: tuple[str, ...]) -> bool:
    return any(name == part or name.startswith(part + ".") for part in parts)


def _may_use(part: str, top: str) -> bool:
    if top in sys.stdlib_module_names or top in OURS:
        return True
    outside = TABLE[part].outside
    return top in outside if outside is not None else top != "rasa" or part == "nlu"


def _imports(name: str, tree: ast.Module) -> Iterator[str]:
    """Every module imported, also inside functions and for types only."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _base(name, node)
            yield from (_module_or_name(base, alias.name) for alias in node.names)


def _base(name: str, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    is_package = ROOT.joinpath(*name.split("."), "__init__.py").is_file()
    above = name.split(".")[: None if is_package and node.level == 1 else is_package - node.level]
    return ".".join([*above, *filter(None, [node.module])])


def _module_or_name(base: str, name: str) -> str:
    """``from bot.gateways import base`` imports a module, ``from bot.errors import SapaError`` a name of one."""
    path = ROOT.joinpath(*base.split("."), name)
    return f"{base}.{name}" if path.is_dir() or path.with_suffix(".py").is_file() else base
