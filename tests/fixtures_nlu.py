"""The real NLU process for tests: trained from the tree's own data, started once a test process.

Known to every test: `tests/conftest.py` names it as a plugin.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NLU_PYTHON = ROOT / "nlu" / ".venv" / "bin" / "python"
MODEL = ROOT / "var" / "models" / "current.tar.gz"


def run_nlu(script: str, *arguments: str, timeout: float = 120) -> subprocess.CompletedProcess[str]:
    """Runs ``nlu/<script>`` to its end in the NLU's own environment."""
    command = [str(NLU_PYTHON), str(ROOT / "nlu" / script), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=timeout, cwd=ROOT, check=False)


@contextmanager
def running_nlu() -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The server process and its URL, on a free port, ended afterwards."""
    command = [str(NLU_PYTHON), str(ROOT / "nlu" / "server.py"), "--port", "0", "--model", str(MODEL)]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment) as server:
        try:
            assert server.stdout is not None
            first_line = server.stdout.readline()
            port = re.search(r"port (\d+)", first_line)
            if port is None:
                pytest.fail(f"the NLU server did not start: {first_line!r}")
            yield server, f"http://127.0.0.1:{port.group(1)}"
        finally:
            server.kill()


@pytest.fixture(scope="session")
def trained_model() -> Path:
    """The current model, trained first when data or code changed. train.py holds a lock of its own, so that
    parallel test processes train once."""
    if not NLU_PYTHON.exists():
        pytest.fail("nlu/.venv is missing: run `make setup` first")
    result = run_nlu("train.py", "--if-changed", timeout=280)
    if result.returncode != 0:
        pytest.fail(f"training failed: {result.stderr or result.stdout}")
    return MODEL


@pytest.fixture(scope="session")
def nlu_server(trained_model: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    with running_nlu() as server_and_url:
        yield server_and_url


@pytest.fixture(scope="session")
def nlu_url(nlu_server: tuple[subprocess.Popen[str], str]) -> str:
    return nlu_server[1]
