"""What Debian's package manager can add, and room on the disk."""

from __future__ import annotations

import os
import shutil

from tools.setup import children
from tools.setup.place import ROOT, environment
from tools.setup.stop import FULL_DISK, SetupStopped

ROOM_NEEDED = 2 * 10**9  # bytes: both environments and their downloads (1.3 GB in 2026) with room to spare


def can_apt() -> bool:
    """Only root may, and set-up asks nobody for a password."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_install(what: str, *packages: str) -> None:
    env = environment() | {"DEBIAN_FRONTEND": "noninteractive"}
    log = f"apt-{packages[0]}"
    children.run(what, "apt-get", "update", "-q", log=f"{log}-lists", env=env)
    children.run(what, "apt-get", "install", "-qy", "--no-install-recommends", *packages, log=log, env=env)


def check_room() -> None:
    if shutil.disk_usage(ROOT).free < ROOM_NEEDED:
        raise SetupStopped(FULL_DISK)
