"""A new model comes into use only when it reads the frozen messages no worse, and the old one can come back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.fixtures_nlu import run_nlu

EASY = [("ktp saya hilang", "ask_service", "ktp_hilang"), ("bikin paspor di mana", "out_of_scope", "")]
BROKEN = ("patah dua", "sobek ujungnya", "tulisan buram", "retak di tengah", "basah kena hujan")
IMPOSSIBLE = [("ktp saya hilang", "thank", ""), ("bikin paspor di mana", "out_of_scope", "")]


def frozen(folder: Path, messages: list[tuple[str, str, str]]) -> Path:
    folder.mkdir()
    lines = [
        f'- {{id: m{n}, text: "{t}", intent: {i}, service: "{s}", style: plain}}'
        for n, (t, i, s) in enumerate(messages)
    ]
    (folder / "messages.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def models(trained_model: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "models"
    folder.mkdir()
    shutil.copyfile(trained_model, folder / "current.tar.gz")
    return folder


@pytest.fixture
def poor_model(tmp_path: Path) -> Path:
    """Trained on next to nothing."""
    data = tmp_path / "data"
    data.mkdir()
    intents = [
        line.strip()[2:]
        for line in Path("domain.yml").read_text().split("entities:")[0].splitlines()
        if line.startswith("  - ")
    ]
    groups = "".join(
        f"- intent: {name}\n  examples: |\n" + "".join(f"    - {name} kata{n} {n}{name}\n" for n in range(5))
        for name in intents
    )
    groups += "- intent: ask_service/ktp_rusak\n  examples: |\n" + "".join(f"    - {how}\n" for how in BROKEN)
    (data / "all.yml").write_text(f'version: "3.1"\nnlu:\n{groups}', encoding="utf-8")
    result = run_nlu("train.py", "--data", str(data), "--out", str(tmp_path / "poor"))
    assert result.returncode == 0, result.stderr
    return tmp_path / "poor" / "current.tar.gz"


def test_a_worse_model_is_not_taken(models: Path, poor_model: Path, tmp_path: Path) -> None:
    before = (models / "current.tar.gz").read_bytes()
    texts = frozen(tmp_path / "frozen", EASY)
    result = run_nlu("promote.py", str(poor_model), "--models", str(models), "--frozen", str(texts))
    assert result.returncode == 1
    assert "Not taken: worse in intent and service right" in result.stderr
    assert (models / "current.tar.gz").read_bytes() == before


def test_one_as_good_is_taken_and_the_previous_can_come_back(models: Path, poor_model: Path, tmp_path: Path) -> None:
    before = (models / "current.tar.gz").read_bytes()
    texts = frozen(tmp_path / "frozen", IMPOSSIBLE)
    slack = ("--slack", "1")
    result = run_nlu("promote.py", str(poor_model), "--models", str(models), "--frozen", str(texts), *slack)
    assert result.returncode == 0, result.stderr
    assert (models / "current.tar.gz").read_bytes() == poor_model.read_bytes()
    assert run_nlu("promote.py", "--back", "--models", str(models)).returncode == 0
    assert (models / "current.tar.gz").read_bytes() == before


def test_without_frozen_messages_nothing_is_taken(models: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = run_nlu(
        "promote.py", str(models / "current.tar.gz"), "--models", str(models), "--frozen", str(tmp_path / "empty")
    )
    assert result.returncode == 1
    assert "no frozen messages" in result.stderr


def test_going_back_without_a_previous_model_is_told(models: Path) -> None:
    result = run_nlu("promote.py", "--back", "--models", str(models))
    assert (result.returncode, result.stderr) == (1, "nlu: There is no previous model.\n")


def test_going_back_holds_until_the_data_change(models: Path, tmp_path: Path) -> None:
    (models / "current.json").write_text('{"fingerprint": "of the newer data"}')
    (models / "previous.tar.gz").write_bytes(b"the older model")
    (models / "previous.json").write_text('{"fingerprint": "of the older data"}')
    assert run_nlu("promote.py", "--back", "--models", str(models)).returncode == 0
    set_up = run_nlu("train.py", "--if-changed", "--out", str(models))
    assert (set_up.returncode, set_up.stdout) == (0, "nlu: The model is up to date.\n")
    assert (models / "current.tar.gz").read_bytes() == b"the older model"
    (tmp_path / "changed").mkdir()
    changed = run_nlu("train.py", "--if-changed", "--data", str(tmp_path / "changed"), "--out", str(models))
    assert "no training examples here" in changed.stderr, "new data are trained on"
