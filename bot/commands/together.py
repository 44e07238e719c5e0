"""Starting every process of the Procfile together, under honcho."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import threading
import time
from pathlib import Path

import requests
from honcho.manager import Manager
from honcho.printer import Printer

from bot.settings import PROJECT, Settings

READY_WITHIN = 60.0  # seconds
FAKE_TWILIO = "sapa fake-twilio"


def procfile() -> dict[str, str]:
    """The Procfile's processes: name → command line."""
    lines = (PROJECT / "Procfile").read_text(encoding="utf-8").splitlines()
    parts = [line.partition(":") for line in lines if ":" in line and not line.startswith("#")]
    return {name.strip(): command.strip() for name, _, command in parts}


def run_all(settings: Settings) -> int:
    """Run until Ctrl-C or until one of them ends; the others are stopped then. Returns the exit status."""
    processes = procfile()
    if settings.demo:
        processes = {"twilio": FAKE_TWILIO, **processes}
    bin_folder = str(Path(sys.executable).parent)
    environment = os.environ | {
        "PATH": f"{bin_folder}{os.pathsep}{os.environ.get('PATH', '')}",
        "PYTHONUNBUFFERED": "1",
    }
    manager = Manager(Printer(sys.stdout, colour=sys.stdout.isatty()))
    for name, command in processes.items():
        manager.add_process(name, f"exec {command}", env=environment, cwd=str(PROJECT))
    # honcho heeds Ctrl-C and SIGTERM; a closed terminal must leave no process behind either
    signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    threading.Thread(target=_say_where, args=(settings,), daemon=True).start()
    manager.loop()
    return int(manager.returncode or 0)


def _say_where(settings: Settings) -> None:
    home = f"http://{settings.host}:{settings.port}"
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        try:
            if requests.get(f"{home}/readyz", timeout=2).ok:
                break
        except requests.RequestException:
            pass
        time.sleep(0.2)
    width = min(shutil.get_terminal_size().columns, 72)
    where = (
        f"Simulator: {home}/simulator\n{_staff(home)}"
        if settings.demo
        else f"Twilio's webhook: {settings.public_url}/webhooks/twilio/messages"
    )
    print(f"\n{'=' * width}\nSapa is ready.  {where}\nCtrl-C stops it.\n{'=' * width}\n", flush=True)  # noqa: T201


def _staff(home: str) -> str:
    """How the demo's invented staff sign in."""
    from bot.web.demo_staff import PASSWORD, PEOPLE

    people = "".join(f"\n  {person.email:<26}{person.role}, {person.office}" for person in PEOPLE)
    return f"Desk: {home}/desk  Password of all: {PASSWORD}{people}\nOne-time codes: {home}/simulator/staff"
