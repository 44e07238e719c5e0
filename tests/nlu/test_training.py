"""Training refuses wrong data by file name, and does nothing when nothing changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fixtures_nlu import run_nlu

HEAD = 'version: "3.1"\nnlu:\n'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("nlu: [", "not readable as YAML"),
        ("rules: []", "expected a list"),
        (HEAD + "- intent: ask_weather\n  examples: |\n    - hujan?\n", "not an intent of domain.yml"),
        (HEAD + "- intent: ask_cost/ktp_hilng\n  examples: |\n    - biaya ktp\n", "neither a service nor a family"),
        (HEAD + "- intent: greet\n  examples: |\n    - halo\n    hai\n", "is no example"),
        (
            HEAD + "- intent: greet\n  examples: |\n    - ya\n- intent: affirm\n  examples: |\n    - Ya\n",
            "stands under",
        ),
    ],
)
def test_wrong_data_stops_the_training_with_one_sentence_that_names_the_file(
    tmp_path: Path, content: str, reason: str
) -> None:
    (tmp_path / "salah.yml").write_text(content, encoding="utf-8")
    result = run_nlu("train.py", "--data", str(tmp_path), "--out", str(tmp_path / "models"))
    assert result.returncode == 1
    assert len(result.stderr.splitlines()) == 1
    assert "salah.yml" in result.stderr
    assert reason in result.stderr
    assert not (tmp_path / "models" / "current.tar.gz").exists()


def test_intents_without_examples_are_named(tmp_path: Path) -> None:
    (tmp_path / "satu.yml").write_text(HEAD + "- intent: greet\n  examples: |\n    - halo\n", encoding="utf-8")
    result = run_nlu("train.py", "--data", str(tmp_path), "--out", str(tmp_path / "models"))
    assert result.returncode == 1
    assert "no examples for" in result.stderr
    assert "ask_service" in result.stderr


def test_an_unchanged_tree_is_not_trained_again(trained_model: Path) -> None:
    before = trained_model.stat().st_mtime_ns
    result = run_nlu("train.py", "--if-changed")
    assert (result.returncode, result.stderr) == (0, "")
    assert "up to date" in result.stdout
    assert trained_model.stat().st_mtime_ns == before
