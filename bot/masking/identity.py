"""Showing a NIK or KK: the region and the last two digits, so that an officer can tell two apart."""

from __future__ import annotations

import re

_SHOWN = re.compile(r"(\d{4})(\d\d)\d{8}(\d\d)")


def mask_identity(digits: str) -> str:
    """``7310 04** **** **12`` (rules §2); nothing is shown of what has not sixteen digits."""
    whole = _SHOWN.fullmatch(re.sub(r"\D", "", digits, flags=re.ASCII))
    return f"{whole[1]} {whole[2]}** **** **{whole[3]}" if whole else "****"
