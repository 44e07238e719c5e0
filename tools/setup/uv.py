"""uv, which installs everything else: a recent one on PATH, otherwise one of the checkout's own."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from tools.setup import children, system
from tools.setup.console import Step, step
from tools.setup.place import ROOT
from tools.setup.stop import SetupStopped

OLDEST = (0, 13)  # it must read the locks' revision
OWN = ROOT / ".uv"
WANTED = "uv>=0.13,<0.14"


def find_uv() -> Path:
    with step("uv") as under_way:
        for found in (shutil.which("uv"), OWN / "bin" / "uv"):
            if found and _is_recent(Path(found)):
                return Path(found)
        under_way.work("installing into .uv")
        _install(under_way)
        return OWN / "bin" / "uv"


def _is_recent(uv: Path) -> bool:
    try:
        said = subprocess.run([uv, "--version"], capture_output=True, text=True, timeout=30, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return False
    version = re.search(r"(\d+)\.(\d+)", said)
    return version is not None and (int(version[1]), int(version[2])) >= OLDEST


def _install(under_way: Step) -> None:
    """Debian splits venv and pip off from its Python, so either may be missing."""
    python = Path(sys.executable)
    pip: tuple[str | Path, ...]
    if not _has("ensurepip") and not _has("pip") and system.can_apt():
        under_way.work("this Python has no venv: installing python3-venv by apt-get")
        system.apt_install("Installing python3-venv", "python3-venv")
    if _has("ensurepip"):
        children.run("Making .uv", python, "-m", "venv", "--clear", OWN, log="uv-venv")
        pip = (OWN / "bin" / "python", "-m", "pip", "install", "-q")
    elif _has("pip"):
        shutil.rmtree(OWN, ignore_errors=True)
        pip = (python, "-m", "pip", "install", "-q", "--target", str(OWN))
    else:
        raise SetupStopped(
            "This Python has neither venv nor pip: install uv, or your system's python3-venv, then run make again."
        )
    children.run("Installing uv", *pip, WANTED, log="uv")


def _has(module: str) -> bool:
    """Asked of a new process: apt may have brought it a moment ago."""
    command = [sys.executable, "-c", f"import {module}"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
