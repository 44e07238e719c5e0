"""Waking workers."""

from __future__ import annotations

import subprocess
import sys

from bot.settings import PROJECT


def test_a_process_on_sqlite_does_not_carry_the_driver_of_postgresql() -> None:
    looks = "import sys, bot.db.wake, bot.db.engine; print('psycopg' in sys.modules)"
    seen = subprocess.run([sys.executable, "-c", looks], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert seen.stdout.strip() == "False"
