"""The commands behind the Makefile: each prepares what it needs, then becomes the program it is about."""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from tools.setup import browser, children, demo, environments, frontend, model
from tools.setup.console import say
from tools.setup.place import APP, ROOT, STATE, environment
from tools.setup.stop import FULL_DISK, SetupStopped
from tools.setup.uv import find_uv

PYTEST = (APP / "pytest", "-n", "2")


def prepare(*, dev: bool) -> Path:
    """Everything ``sapa up`` needs; with ``dev`` also what the tests need. Returns uv."""
    uv = find_uv()
    children.side_by_side(
        partial(environments.sync_app, uv, dev=dev),
        partial(_reading, uv),
        partial(frontend.bring_assets, uv),
        *([browser.bring_browser] if dev else []),
    )
    return uv


def _reading(uv: Path) -> None:
    environments.sync_nlu(uv)
    model.train()


def setup(arguments: Sequence[str]) -> None:
    prepare(dev=True)
    say("Ready: make run starts the demo, make test runs the tests.")


def run(arguments: Sequence[str]) -> None:
    env = demo.demo_environment()
    demo.check_ports(env)
    prepare(dev=False)
    children.run("Preparing the demo office", APP / "sapa", "seed-demo", log="seed-demo", env=env)
    say("Starting ...")
    become([APP / "sapa", "up"], env)


def test(arguments: Sequence[str]) -> None:
    prepare(dev=True)
    become([*PYTEST, "-m", "not long", *arguments], environment())


def test_long(arguments: Sequence[str]) -> None:
    prepare(dev=True)
    become([*PYTEST, "-m", "long", *arguments], environment())


def check(arguments: Sequence[str]) -> None:
    environments.sync_app(find_uv(), dev=True)
    become(["sh", "-ec", CHECKS], environment() | {"PATH": f"{APP}{os.pathsep}{os.environ['PATH']}"})


CHECKS = """
ruff check .
ruff format --check .
mypy
pytest -q tests/house/test_arrows.py
codespell
python nlu/check_data.py
"""


def format_code(arguments: Sequence[str]) -> None:
    environments.sync_app(find_uv(), dev=True)
    children.run("Sorting imports", APP / "ruff", "check", "--fix", "--exit-zero", "-q", ".", log="format")
    become([APP / "ruff", "format", "."], environment())


def bench(arguments: Sequence[str]) -> None:
    environments.sync_stock_rasa(prepare(dev=True))
    become([APP / "python", ROOT / "bench" / "run.py", *arguments], environment())


def bench_nlu(arguments: Sequence[str]) -> None:
    environments.sync_stock_rasa(prepare(dev=True))
    become([APP / "python", "-m", "bench.nlu", *arguments], environment())


def bench_streams(arguments: Sequence[str]) -> None:
    prepare(dev=True)
    become([APP / "python", "-m", "bench.streams", *arguments], environment())


def bench_desk(arguments: Sequence[str]) -> None:
    prepare(dev=True)
    become([APP / "python", "-m", "bench.desk", *arguments], environment())


def bench_media(arguments: Sequence[str]) -> None:
    prepare(dev=True)
    become([APP / "python", "-m", "bench.media", *arguments], environment())


def pictures(arguments: Sequence[str]) -> None:
    prepare(dev=True)
    become([APP / "python", "-m", "tools.pictures"], environment())


def compare(arguments: Sequence[str]) -> None:
    environments.sync_stock_rasa(prepare(dev=True))
    become([APP / "python", ROOT / "bench" / "stock_rasa" / "compare.py", *arguments], environment())


COMMANDS: dict[str, Callable[[Sequence[str]], None]] = {
    "setup": setup,
    "run": run,
    "test": test,
    "test-long": test_long,
    "check": check,
    "format": format_code,
    "bench": bench,
    "bench-nlu": bench_nlu,
    "bench-streams": bench_streams,
    "bench-desk": bench_desk,
    "bench-media": bench_media,
    "compare": compare,
    "pictures": pictures,
}


def become(command: Sequence[str | Path], env: Mapping[str, str]) -> None:
    """Replace this process: nothing of set-up stays in memory, and Ctrl-C reaches the program itself."""
    sys.stdout.flush()
    words = [str(word) for word in command]
    os.execvpe(words[0], words, dict(env))


def main(arguments: Sequence[str]) -> int:
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)  # a polite end stops the children as Ctrl-C does
    if not arguments or arguments[0] not in COMMANDS:
        return _fail(f"Name one of: {', '.join(COMMANDS)}.", 2)
    try:
        os.chdir(ROOT)
        with _alone():
            COMMANDS[arguments[0]](arguments[1:])
    except SetupStopped as stopped:
        return _fail(str(stopped), 1)
    except KeyboardInterrupt:
        children.stop_all()
        return _fail("Stopped; what is done already is kept.", 130)
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        return _fail(FULL_DISK if full else f"{error.strerror or error}: {error.filename}", 1)
    return 0


@contextmanager
def _alone() -> Iterator[None]:
    """One set-up at a time in a checkout; the lock goes when this process ends or becomes another."""
    STATE.mkdir(parents=True, exist_ok=True)
    with (STATE / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("  Another make is setting up this checkout: waiting for it ...")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _fail(sentence: str, code: int) -> int:
    sys.stderr.write(f"\n{sentence}\n")
    return code
