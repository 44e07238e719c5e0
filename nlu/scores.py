"""What a set of readings is worth: shares right, and how honest the confidences are. No Rasa here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

OUT_OF_SCOPE = "out_of_scope"
BINS = 15
DRAWS = 1000


@dataclass(frozen=True)
class Read:
    """A message, what it means, and what the model made of it; a service is "" where none is named."""

    text: str
    intent: str
    service: str
    found_intent: str
    found_service: str
    confidence: float
    style: str = ""

    @property
    def right(self) -> bool:
        return self.intent == self.found_intent and self.service == self.found_service


def read(text: str, intent: str, service: str | None, answer: dict[str, Any], style: str = "") -> Read:
    found = answer["entities"][0]["value"] if answer["entities"] else ""
    return Read(text, intent, service or "", answer["intent"]["name"], found, answer["intent"]["confidence"], style)


def share(hits: Iterable[bool]) -> float:
    """Of how many it holds; not a number when there is nothing to count."""
    counted = list(hits)
    return sum(counted) / len(counted) if counted else float("nan")


def summary(reads: Sequence[Read]) -> dict[str, float]:
    named = [one for one in reads if one.service]
    foreign = [one for one in reads if one.intent == OUT_OF_SCOPE]
    ours = [one for one in reads if one.intent != OUT_OF_SCOPE]
    return {
        "intent and service right": share(one.right for one in reads),
        "intent right": share(one.intent == one.found_intent for one in reads),
        "service right, where named": share(one.service == one.found_service for one in named),
        "service invented": share(bool(one.found_service) for one in ours if not one.service),
        "out of scope found": share(one.found_intent == OUT_OF_SCOPE for one in foreign),
        "real questions refused": share(one.found_intent == OUT_OF_SCOPE for one in ours),
    }


def reliability(reads: Sequence[Read]) -> list[tuple[float, float, int]]:
    """For each bin of confidence that holds any: mean confidence, share of intents right, number."""
    told = np.array([one.confidence for one in reads])
    right = np.array([one.intent == one.found_intent for one in reads])
    bins = np.minimum((told * BINS).astype(int), BINS - 1)
    return [
        (float(told[bins == place].mean()), float(right[bins == place].mean()), int((bins == place).sum()))
        for place in range(BINS)
        if (bins == place).any()
    ]


def calibration_error(reads: Sequence[Read]) -> tuple[float, float, float]:
    """Expected calibration error, and the bounds of its 95 % bootstrap interval."""
    told = np.array([one.confidence for one in reads])
    right = np.array([float(one.intent == one.found_intent) for one in reads])
    draw = np.random.default_rng(0)
    drawn = []
    for _ in range(DRAWS):
        chosen = draw.integers(0, len(told), len(told))
        drawn.append(_error(told[chosen], right[chosen]))
    low, high = np.quantile(drawn, [0.025, 0.975])
    return _error(told, right), float(low), float(high)


def _error(told: np.ndarray, right: np.ndarray) -> float:
    bins = np.minimum((told * BINS).astype(int), BINS - 1)
    gaps = np.bincount(bins, weights=told - right, minlength=BINS)
    return float(np.abs(gaps).sum() / len(told))
