"""The Python environments, each synced by its lock: the app's, the NLU's (Python 3.10), stock Rasa's."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tools.setup import children, system
from tools.setup.console import step
from tools.setup.place import APP, NLU, ROOT, STOCK_RASA, environment
from tools.setup.stamps import fingerprint, is_done, mark_done


def sync_app(uv: Path, *, dev: bool) -> None:
    """``make run`` needs no test tools, and leaves those that are there alone (``--inexact``)."""
    made_from = fingerprint([ROOT / "pyproject.toml", ROOT / "uv.lock"])
    with step("app environment") as under_way:
        there = (APP / "python").exists()
        stamps = ["app-dev"] if dev else ["app-dev", "app"]
        if there and any(is_done(stamp, made_from) for stamp in stamps):
            return
        system.check_room()
        under_way.work("syncing by uv.lock")
        python = [] if there else ["--python", sys.executable]
        extent = [] if dev else ["--no-dev", "--inexact"]
        options = ["--locked", "--no-progress", *extent, *python]
        children.run("Syncing the app's environment", uv, "sync", *options, log="app")
        mark_done(stamps[-1], made_from)


def sync_nlu(uv: Path) -> None:
    _sync_python310(uv, NLU, "NLU environment", "nlu")


def sync_stock_rasa(uv: Path) -> None:
    _sync_python310(uv, STOCK_RASA, "stock Rasa", "stock-rasa")


def _sync_python310(uv: Path, project: Path, name: str, log: str) -> None:
    made_from = fingerprint([project / "pyproject.toml", project / "uv.lock"])
    with step(name) as under_way:
        if (project / ".venv" / "bin" / "python").exists() and is_done(log, made_from):
            return
        system.check_room()
        under_way.work("syncing by its uv.lock, with Python 3.10")
        command = (uv, "sync", "--locked", "--no-progress", "--project", project)
        children.run(f"Syncing the {name}", *command, log=log, env=_with_pyenv_pythons())
        mark_done(log, made_from)


def _with_pyenv_pythons() -> dict[str, str]:
    """pyenv's shim for 3.10 refuses to run unless chosen, so uv is shown the interpreters themselves."""
    env = environment()
    pyenv = Path(env.get("PYENV_ROOT") or Path.home() / ".pyenv")
    found = sorted(str(folder) for folder in pyenv.glob("versions/3.10.*/bin"))
    if found and "UV_PYTHON_SEARCH_PATH" not in env:
        env["UV_PYTHON_SEARCH_PATH"] = os.pathsep.join([*found, env.get("PATH", "")])
    return env
