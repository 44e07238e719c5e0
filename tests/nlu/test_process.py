"""The NLU process starts with a sentence when it cannot, listens on loopback only, and ends at once."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path

import pytest
import requests

from tests.fixtures_nlu import MODEL, run_nlu, running_nlu


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_within_a_second_while_connections_are_open(trained_model: Path, stop: signal.Signals) -> None:
    with running_nlu() as (server, url):
        sessions = [requests.Session() for _ in range(20)]
        for session in sessions:
            assert session.post(f"{url}/model/parse", json={"text": "halo"}, timeout=5).status_code == 200
        before = time.monotonic()
        server.send_signal(stop)
        server.wait(timeout=5)
        assert time.monotonic() - before < 1
        assert server.returncode == 0


def test_it_listens_on_loopback_only(trained_model: Path) -> None:
    result = run_nlu("server.py", "--host", "0.0.0.0", "--port", "0")
    assert result.returncode == 1
    assert "loopback only" in result.stderr


def test_without_a_model_it_says_what_to_do(tmp_path: Path) -> None:
    result = run_nlu("server.py", "--model", str(tmp_path / "none.tar.gz"))
    assert result.returncode == 1
    assert "nlu/train.py" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_port_in_use_is_told_in_one_sentence(nlu_url: str) -> None:
    result = run_nlu("server.py", "--port", nlu_url.rpartition(":")[2], "--model", str(MODEL))
    assert result.returncode == 1
    assert len(result.stderr.splitlines()) == 1


def test_texts_are_not_logged(trained_model: Path) -> None:
    with running_nlu() as (server, url):
        requests.post(f"{url}/model/parse", json={"text": "rahasia sekali"}, timeout=5)
        requests.post(f"{url}/model/parse", data=b'{"rahasia', timeout=5)
        server.terminate()
        assert server.stdout is not None
        assert "rahasia" not in server.stdout.read()


def test_it_stays_small(nlu_server: tuple[subprocess.Popen[str], str]) -> None:
    server, url = nlu_server
    requests.post(f"{url}/model/parse_batch", json={"texts": ["kk hilang"] * 200}, timeout=5)
    status = Path(f"/proc/{server.pid}/status").read_text()
    resident = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
    assert resident <= 250_000, f"{resident} kB resident"
