"""A Chromium for the browser tests: found, or installed where that needs no question, or plainly missing."""

from __future__ import annotations

import os
import shutil

from tools.setup import system
from tools.setup.console import say, step
from tools.setup.stop import SetupStopped

NAMES = ("chromium", "chromium-browser")


def find_browser() -> str | None:
    """The path of an installed one, or None. Tests ask here too."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def bring_browser() -> None:
    with step("browser") as under_way:
        if find_browser():
            return
        if system.can_apt():
            under_way.work("installing chromium by apt-get")
            system.apt_install("Installing chromium", "chromium", "fonts-noto-color-emoji")
        elif os.environ.get("CI") == "true":
            raise SetupStopped("With CI=true the browser tests must run: install chromium on this machine.")
        else:
            say("  browser            none here: its tests will be skipped (install chromium to run them)")
