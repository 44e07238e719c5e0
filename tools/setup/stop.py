"""The one error of set-up: a sentence that says what to do. People never see a traceback."""

from __future__ import annotations

from pathlib import Path

from tools.setup.place import short

NO_SPACE = ("No space left on device", "ENOSPC", "os error 28")
NO_NETWORK = (
    "dns error", "Failed to fetch", "error sending request", "Connection refused", "Temporary failure",
    "ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ETIMEDOUT", "Network is unreachable", "Could not fetch URL",
    "operation timed out", "Could not resolve", "No matching distribution found",
)  # fmt: skip
NO_PYTHON310 = ("No interpreter found", "python-build-standalone", "Failed to install cpython")

FULL_DISK = "The disk is full: free 2 GB or more, then run make again; what is done already is kept."


class SetupStopped(Exception):
    """Set-up cannot go on; the text is one sentence for the person at the keyboard."""


def reason(what: str, log: Path) -> SetupStopped:
    """Why a child failed, read from its log."""
    text = log.read_text(encoding="utf-8", errors="replace")
    if any(sign in text for sign in NO_SPACE):
        return SetupStopped(FULL_DISK)
    if any(sign in text for sign in NO_PYTHON310):
        return SetupStopped(
            "Python 3.10, which Rasa needs, is not here and uv could not download it: install it "
            "(pyenv install 3.10, or your system's python3.10), then run make again."
        )
    if any(sign in text for sign in NO_NETWORK):
        return SetupStopped(
            f"{what} could not reach a package registry: check the network, then run make again "
            f"(its last lines are in {short(log)})."
        )
    return SetupStopped(f"{what} failed: the last lines of {short(log)} say why.")
