"""nlu/check_data.py passes on our examples, and finds every kind of fault in examples made up here."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OURS = ROOT / "data" / "nlu"


def check(*options: str | Path) -> tuple[int, str]:
    """(exit code, what it printed)."""
    command = [sys.executable, str(ROOT / "nlu" / "check_data.py"), *map(str, options)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert not done.stderr, done.stderr
    return done.returncode, done.stdout


def ours_with(folder: Path, label: str, *texts: str) -> Path:
    """A copy of our examples and one file more, read last."""
    copy = folder / "nlu"
    shutil.copytree(OURS, copy)
    lines = "".join(f"    - {text}\n" for text in texts)
    (copy / "work.yml").write_text(f'version: "3.1"\nnlu:\n- intent: {label}\n  examples: |\n{lines}')
    return copy


def test_our_examples_pass() -> None:
    code, said = check()
    assert code == 0, said


def test_a_text_that_stands_twice_under_its_label_is_a_duplicate(tmp_path: Path) -> None:
    code, said = check("--data", ours_with(tmp_path, "ask_service/ktp_hilang", "KTP  hilang!!"))
    assert (code, "nlu/work.yml:5: duplicate" in said) == (1, True), said


def test_a_text_under_two_labels_is_a_contradiction(tmp_path: Path) -> None:
    code, said = check("--data", ours_with(tmp_path, "ask_service/ktp_rusak", "KTP hilang", "ktp digigit kambing"))
    assert (code, "nlu/work.yml:5: contradiction" in said) == (1, True), said
    assert "work.yml:6" not in said


@pytest.mark.parametrize("text", ["halo min, kartu keluarga hilang dong", "kartu keluarga hilanng"])
def test_almost_a_text_of_another_label_is_found(tmp_path: Path, text: str) -> None:
    data = ours_with(tmp_path, "complaint", text)
    (data / "works.yml").write_text("nlu:\n- intent: suggestion\n  examples: |\n    - kartu keluarga hilang\n")
    code, said = check("--data", data)
    assert (code, "nlu/works.yml:4: near" in said) == (1, True), said


def test_a_sentence_filled_with_many_words_is_a_template(tmp_path: Path) -> None:
    places = ("Wonosobo", "Sragen", "Blitar", "Ngawi", "Tuban")
    texts = [f"loket layanan daerah {place} sampai sore begini?" for place in places]
    code, said = check("--data", ours_with(tmp_path, "ask_hours", *texts))
    assert (code, "nlu/work.yml:9: template: 5 of 'ask_hours'" in said) == (1, True), said


def test_a_label_with_few_examples_is_thin(tmp_path: Path) -> None:
    data = tmp_path / "nlu"
    data.mkdir()
    (data / "few.yml").write_text("nlu:\n- intent: greet\n  examples: |\n    - halo\n    - pagi\n")
    code, said = check("--data", data)
    assert (code, "nlu/few.yml:5: thin: 'greet' has 2 different examples" in said) == (1, True), said
    assert "'ask_service/ktp_hilang' has 0 different examples" in said


def test_a_text_of_the_frozen_evaluation_is_a_leak_and_is_not_printed(tmp_path: Path) -> None:
    frozen = tmp_path / "frozen"
    frozen.mkdir()
    (frozen / "one.yml").write_text("- text: perahu kami karam, akta adik basah semua\n  intent: ask_service\n")
    data = ours_with(tmp_path, "ask_service/kutipan_kedua", "perahu kami karam pak, akta adik basah semuanya")
    code, said = check("--data", data, "--frozen", frozen)
    assert (code, "nlu/work.yml:5: leak" in said) == (1, True), said
    assert "karam" not in said


def test_short_messages_may_stand_in_the_frozen_evaluation_too(tmp_path: Path) -> None:
    frozen = tmp_path / "frozen"
    frozen.mkdir()
    (frozen / "one.yml").write_text("- text: ktp hilang\n")
    code, said = check("--frozen", frozen)
    assert code == 0, said
