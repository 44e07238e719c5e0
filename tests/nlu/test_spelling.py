"""Mistyped messages are read as the words that were meant; words that are merely unknown are left alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Ask = Callable[[str], dict[str, Any]]


def reading(answer: dict[str, Any]) -> tuple[str, str | None]:
    return answer["intent"]["name"], next((entity["value"] for entity in answer["entities"]), None)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("prsyaratn ktp ruask", "persyaratan ktp rusak"),
        ("aktakelahiran bayi baru lhair", "akta kelahiran bayi baru lahir"),
        ("kartukeluarga hilnag", "kartu keluarga hilang"),
        ("sya rat legalisr akta", "syarat legalisir akta"),
        ("jdwal buka kantro", "jadwal buka kantor"),
        ("kapna kantor bukka", "kapan kantor buka"),
    ],
)
def test_a_slip_changes_nothing(ask: Ask, typed: str, meant: str) -> None:
    assert reading(ask(typed)) == reading(ask(meant))


@pytest.mark.parametrize("text", ["sapi tetangga masuk kebun", "pasang kanopi berapa semeter", "resep konro bakar"])
def test_an_unknown_word_is_not_bent_into_ours(ask: Ask, text: str) -> None:
    assert reading(ask(text)) == ("out_of_scope", None)
