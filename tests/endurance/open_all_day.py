"""``python -m tests.endurance.open_all_day FOLDER COMMAND``: a ``sapa`` command with the knowledge of another folder.

A kill test runs by the wall clock at any hour, and an office that sleeps raises no alerts: its processes know an
office that never closes and whose first levels are due at once. Everything else of them is as it is.
"""

from __future__ import annotations

import shutil
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import yaml

import bot.settings


def knowledge(folder: Path) -> Path:
    """A copy of the shipped knowledge, laid over in the way any office lays its own."""
    copy = folder / "knowledge"
    shutil.copytree(bot.settings.KNOWLEDGE, copy)
    today = datetime.now(UTC).date()
    days = [today + timedelta(days=ahead) for ahead in range(-1, 3)]
    own = {
        "office": {"special_days": {day: ["00.00-23.59"] for day in days}},
        "targets": {
            "alerts": {"half": 0.001, "most": 0.002},
            # no share of it falls due while the test runs, however busy the machine is
            "priorities": {"normal": {"resolution": "60 working days"}},
        },
    }
    (copy / "offices" / "PKP.yml").write_text(yaml.safe_dump(own), encoding="utf-8")
    return copy


def main() -> None:
    bot.settings.KNOWLEDGE = Path(sys.argv[1])  # before anybody has asked for it
    sys.argv = ["sapa", *sys.argv[2:]]
    from bot.cli import main as sapa

    sapa()


if __name__ == "__main__":
    main()
