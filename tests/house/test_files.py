"""What must not get into the repository."""

from __future__ import annotations

import re
from pathlib import Path

LARGEST = 1_000_000  # bytes
TEXT = {
    ".py",
    ".yml",
    ".yaml",
    ".json",
    ".md",
    ".txt",
    ".toml",
    ".html",
    ".js",
    ".csv",
    ".form",
    ".example",
    "",
}
LOCKS = {"uv.lock", "package-lock.json"}

NIK = re.compile(r"(?<![\w.])\d{16}(?![\w.])")
# No province has 00 or 99, and no person the serial number 0000.
INVENTED_NIK = re.compile(r"(00|99)\d{14}|\d{12}0000")

PHONE = re.compile(r"(?<!\w)(?:\+?62|0)[ -]?8\d{2}[ -]?\d{3,4}[ -]?\d{3,5}(?!\w)")
INVENTED_PHONE = re.compile(r"(?:62|0)811(?:0000\d+|(\d)\1{7})")  # 0811 0000 …, or one digit repeated
PEOPLE_WRITE_HERE = ("tests", "bench", "data/nlu")


def test_no_large_file_is_kept(own_files: list[Path], root: Path) -> None:
    large = {str(file.relative_to(root)): size for file in own_files if (size := file.stat().st_size) > LARGEST}
    assert not large, f"what is large is fetched or made by set-up, or every clone carries it for ever: {large}"


def test_no_number_could_be_a_persons_nik_or_kk(own_files: list[Path], root: Path) -> None:
    found = [
        f"{file.relative_to(root)}: {number}"
        for file in own_files
        if file.suffix in TEXT and file.name not in LOCKS
        for number in NIK.findall(file.read_text(encoding="utf-8", errors="replace"))
        if not INVENTED_NIK.fullmatch(number)
    ]
    assert not found, f"these may be somebody's; write an invented one (province 99, or serial 0000): {found}"


def test_no_number_could_be_a_persons_telephone(own_files: list[Path], root: Path) -> None:
    found = [
        f"{file.relative_to(root)}: {number}"
        for file in own_files
        if str(file.relative_to(root)).startswith(PEOPLE_WRITE_HERE) and file.suffix in TEXT
        for number in PHONE.findall(file.read_text(encoding="utf-8", errors="replace"))
        if not INVENTED_PHONE.fullmatch(re.sub(r"[ +-]", "", number))
    ]
    assert not found, f"these may be somebody's; write +6281100000001 or alike: {found}"


def test_every_folder_of_tests_is_a_package(root: Path) -> None:
    loose = [
        str(f.parent.relative_to(root))
        for f in (root / "tests").rglob("test_*.py")
        if not (f.parent / "__init__.py").exists()
    ]
    assert not loose, f"two tests of one file name would shut each other out; add __init__.py to {sorted(set(loose))}"
