"""Where things lie in a checkout."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STATE = ROOT / "var" / "setup"
APP = ROOT / ".venv" / "bin"
NLU = ROOT / "nlu"
FRONTEND = ROOT / "bot" / "web" / "frontend"
VENDOR = ROOT / "bot" / "web" / "static" / "vendor"
STOCK_RASA = ROOT / "bench" / "stock_rasa"


def short(path: Path) -> str:
    """The path as a person in the checkout would type it."""
    return str(path.relative_to(ROOT))


def environment() -> dict[str, str]:
    """The caller's environment without what would turn uv away from this checkout's own environments."""
    foreign = ("VIRTUAL_ENV", "UV_PROJECT_ENVIRONMENT", "UV_PYTHON", "UV_PROJECT", "PYTHONHOME")
    return {name: value for name, value in os.environ.items() if name not in foreign}
