"""Asking the NLU process: whatever citizens write fits its limits."""

from __future__ import annotations

import pytest

from bot.errors import NluUnavailable
from bot.gateways.rasa import RasaReader


def test_a_large_batch_of_heavy_texts_is_read_in_order(nlu_url: str) -> None:
    texts = ["👨‍👩‍👧‍👦" * 140, "kk hilang", *(f"jam berapa buka {n}" for n in range(300)), "ا" * 1_000, ""]
    readings = RasaReader(nlu_url).read(texts)
    assert len(readings) == len(texts)
    assert readings[1].service == "kk_hilang_rusak"
    assert {reading.intent for reading in readings[2:302]} == {"ask_hours"}


def test_an_nlu_that_is_down_is_unavailable() -> None:
    reader = RasaReader("http://127.0.0.1:9")
    assert not reader.is_well()
    with pytest.raises(NluUnavailable):
        reader.read(["halo"])
