"""A newer model is taken into use while citizens are being read, and a broken one changes nothing."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.fixtures_nlu import NLU_PYTHON, ROOT


@pytest.fixture
def place(trained_model: Path, tmp_path: Path) -> Path:
    return Path(shutil.copyfile(trained_model, tmp_path / "current.tar.gz"))


@pytest.fixture
def server(place: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [str(NLU_PYTHON), str(ROOT / "nlu" / "server.py"), "--port", "0", "--model", str(place)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        port = re.search(r"port (\d+)", process.stdout.readline())
        assert port is not None
        yield process, f"http://127.0.0.1:{port.group(1)}"
        process.kill()


def put(place: Path, content: bytes) -> None:
    making = place.with_name("making")
    making.write_bytes(content)
    os.replace(making, place)


def told(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def test_no_request_is_dropped_while_a_new_model_comes_into_use(
    server: tuple[subprocess.Popen[str], str], place: Path
) -> None:
    process, url = server
    answers: list[int] = []
    slowest: list[float] = []
    done = threading.Event()

    def ask() -> None:
        session = requests.Session()
        while not done.is_set():
            before = time.monotonic()
            answers.append(session.post(f"{url}/model/parse", json={"text": "kk hilang"}, timeout=10).status_code)
            slowest.append(time.monotonic() - before)

    asking = [threading.Thread(target=ask) for _ in range(4)]
    for thread in asking:
        thread.start()
    put(place, place.read_bytes())
    process.send_signal(signal.SIGHUP)
    assert "in use" in told(process)
    time.sleep(0.2)
    done.set()
    for thread in asking:
        thread.join()
    assert len(answers) > 20
    assert set(answers) == {200}
    assert max(slowest) < 5


def test_a_broken_model_is_told_and_the_old_one_goes_on_reading(
    server: tuple[subprocess.Popen[str], str], place: Path
) -> None:
    process, url = server
    put(place, b"no archive")
    assert "kept the old" in told(process)
    answer = requests.post(f"{url}/model/parse", json={"text": "kk hilang"}, timeout=5).json()
    assert answer["entities"][0]["value"] == "kk_hilang_rusak"
