"""Set-up as a person at the keyboard meets it: a copy of tools/ in an empty folder, with a uv that does as told."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

TOOLS = Path(__file__).resolve().parents[2] / "tools"
FRONTEND = ("package.json", "package-lock.json", "assets.json")


class Checkout:
    """A folder that set-up takes for a checkout. ``uv_does`` is what a sync runs, in sh."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(TOOLS, folder / "tools", ignore=shutil.ignore_patterns("__pycache__"))
        frontend = [f"bot/web/frontend/{name}" for name in FRONTEND]
        for name in ("pyproject.toml", "uv.lock", "nlu/pyproject.toml", "nlu/uv.lock", *frontend):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text("{}", encoding="utf-8")
        (folder / "bin").mkdir()

    def uv_does(self, script: str) -> None:
        uv = self.folder / "bin" / "uv"
        uv.write_text(f'#!/bin/sh\n[ "$1" = --version ] && echo "uv 0.13.9" && exit\necho "$@" >> calls\n{script}\n')
        uv.chmod(0o755)

    def npm_waits(self) -> None:
        npm = self.folder / "bin" / "npm"
        npm.write_text("#!/bin/sh\nexec sleep 60\n")
        npm.chmod(0o755)

    def start(self, command: str, **settings: str) -> subprocess.Popen[str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SAPA_")}
        env = kept | {"PATH": f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}"} | settings
        return subprocess.Popen(
            [sys.executable, "-m", "tools.setup", command], cwd=self.folder, env=env, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            # as in a terminal; a shell's background jobs ignore Ctrl-C, and hand that on
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )  # fmt: skip

    def stopped(self, command: str, **settings: str) -> str:
        """The sentence that a failing command ends with."""
        with self.start(command, **settings) as process:
            _, said = process.communicate(timeout=60)
        assert process.returncode == 1
        assert "Traceback" not in said
        assert len(said.strip().splitlines()) == 1
        return said.strip()


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def test_a_port_in_use_is_named_with_the_setting_that_moves_it(checkout: Checkout) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        said = checkout.stopped("run", SAPA_PORT=port)
    assert f"Port {port} is in use" in said
    assert "SAPA_PORT" in said


def test_the_demo_refuses_to_run_on_the_secrets_of_a_real_office(checkout: Checkout) -> None:
    assert "SAPA_VAULT_KEY is set" in checkout.stopped("run", SAPA_VAULT_KEY="k" * 43)


def test_the_demo_refuses_to_send_through_the_real_twilio(checkout: Checkout) -> None:
    said = checkout.stopped("run", SAPA_TWILIO_API_URL="https://api.twilio.com")
    assert "SAPA_TWILIO_API_URL" in said


def test_the_demo_refuses_to_send_mail_from_this_machine(checkout: Checkout) -> None:
    said = checkout.stopped("run", SAPA_SMTP_URL="smtps://mail.contoh.go.id?from=sapa@contoh.go.id")
    assert "SAPA_SMTP_URL" in said


def test_an_older_demo_gets_the_settings_that_came_later_and_keeps_its_own(checkout: Checkout) -> None:
    file = checkout.folder / "var" / "demo.env"
    file.parent.mkdir(exist_ok=True)
    file.write_text("SAPA_SECRET_KEY=as-it-was\n", encoding="utf-8")
    checkout.stopped("run", SAPA_SMTP_URL="smtps://mail.contoh.go.id")
    kept = file.read_text(encoding="utf-8")
    assert kept.startswith("SAPA_SECRET_KEY=as-it-was\n")
    assert kept.count("SAPA_SECRET_KEY") == kept.count("SAPA_VAPID_KEY") == 1


def test_the_demos_secrets_are_made_once_and_for_its_owner_alone(checkout: Checkout) -> None:
    checkout.uv_does("exit 1")
    free = dict(zip(("SAPA_PORT", "SAPA_NLU_URL", "SAPA_TWILIO_API_URL"), _free_addresses(), strict=True))
    checkout.stopped("run", **free)
    file = checkout.folder / "var" / "demo.env"
    first = file.read_text(encoding="utf-8")
    checkout.stopped("run", **free)
    assert file.read_text(encoding="utf-8") == first
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("uv_says", "sentence"),
    [
        ("error: No space left on device (os error 28)", "The disk is full"),
        ("cause: dns error", "check the network"),
        ("error: No interpreter found for Python >=3.10, <3.11", "Python 3.10"),
        ("error: something new", "var/setup/app.log say why"),
    ],
)
def test_a_failed_sync_ends_in_one_sentence(checkout: Checkout, uv_says: str, sentence: str) -> None:
    checkout.uv_does(f"echo '{uv_says}' >&2; exit 2")
    assert sentence in checkout.stopped("check")
    assert uv_says in (checkout.folder / "var" / "setup" / "app.log").read_text(encoding="utf-8")


def test_what_is_done_is_not_done_again_until_its_lock_changes(checkout: Checkout) -> None:
    checkout.uv_does("mkdir -p .venv/bin; touch .venv/bin/python")
    for _ in range(2):
        checkout.start("check").communicate(timeout=60)
    assert len(_calls(checkout)) == 1
    (checkout.folder / "uv.lock").write_text("changed", encoding="utf-8")
    checkout.start("check").communicate(timeout=60)
    assert len(_calls(checkout)) == 2


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_leaves_no_process_behind(checkout: Checkout, number: signal.Signals) -> None:
    checkout.uv_does("sleep 60 & echo $$ $! >> pids; wait")
    checkout.npm_waits()  # the real one fails on an empty lock, now and then before the stop
    process = checkout.start("setup", CI="false")
    pids = _wait_for(lambda: _pids(checkout), 4)  # two syncs, each with a child of its own
    process.send_signal(number)
    _, said = process.communicate(timeout=55)  # less than the sleep of what it has to stop
    assert process.returncode == 130
    assert "Traceback" not in said
    assert _wait_for(lambda: ["all gone"] if not any(map(_is_alive, pids)) else [], 1)


def test_an_old_python_is_told_so(checkout: Checkout) -> None:
    script = "import sys, runpy; sys.version_info = (3, 10, 4); runpy.run_module('tools.setup', run_name='__main__')"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=checkout.folder, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Sapa needs Python 3.11 or newer, and this one is 3.10")


def _free_addresses() -> list[str]:
    sockets = [socket.socket() for _ in range(3)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return [str(ports[0]), f"http://127.0.0.1:{ports[1]}", f"http://127.0.0.1:{ports[2]}"]


def _calls(checkout: Checkout) -> list[str]:
    return (checkout.folder / "calls").read_text(encoding="utf-8").splitlines()


def _pids(checkout: Checkout) -> list[str]:
    file = checkout.folder / "pids"
    return file.read_text(encoding="utf-8").split() if file.exists() else []


def _is_alive(pid: str) -> bool:
    """A process that ended but was not yet collected by its parent counts as gone."""
    stat = Path(f"/proc/{pid}/stat")
    try:
        return stat.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def _wait_for(what: Callable[[], list[str]], count: int) -> list[str]:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if len(found := what()) >= count:
            return found
        time.sleep(0.05)
    raise AssertionError("it did not come about within 20 s")
