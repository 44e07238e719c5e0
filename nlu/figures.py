"""The pictures of an evaluation: reliability diagram and confusion table, as PNG."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from nlu.scores import Read, calibration_error, reliability


def draw_reliability(reads: Sequence[Read], file: Path) -> None:
    plt = _plotter()
    points = reliability(reads)
    error, low, high = calibration_error(reads)
    figure, (upper, lower) = plt.subplots(
        2, 1, figsize=(5, 6), sharex=True, gridspec_kw={"height_ratios": (3, 1)}, layout="constrained"
    )
    upper.plot([0, 1], [0, 1], color="0.7", linewidth=1, label="as often right as told")
    upper.plot([p[0] for p in points], [p[1] for p in points], marker="o", color="#1f5fa8", label="measured")
    upper.set(ylabel="share of intents right", xlim=(0, 1), ylim=(0, 1))
    upper.set_title(f"{len(reads)} messages, calibration error {error:.3f} ({low:.3f} to {high:.3f})", fontsize=10)
    upper.legend(frameon=False, loc="upper left")
    lower.bar([p[0] for p in points], [p[2] for p in points], width=0.05, color="#1f5fa8")
    lower.set(xlabel="confidence", ylabel="messages")
    figure.savefig(file, dpi=110)
    plt.close(figure)


def draw_confusions(reads: Sequence[Read], file: Path) -> None:
    """Rows: what was meant; each row as shares, so that rare intents show as well."""
    plt = _plotter()
    names = sorted({one.intent for one in reads} | {one.found_intent for one in reads})
    places = {name: place for place, name in enumerate(names)}
    counts = np.zeros((len(names), len(names)))
    for one in reads:
        counts[places[one.intent], places[one.found_intent]] += 1
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    figure, axes = plt.subplots(figsize=(11, 10), layout="constrained")
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    axes.set_xticks(range(len(names)), names, rotation=90, fontsize=7)
    axes.set_yticks(range(len(names)), names, fontsize=7)
    axes.set(xlabel="read as", ylabel="meant")
    for row, column in zip(*np.nonzero(counts), strict=True):
        shade = "white" if shares[row, column] > 0.5 else "black"
        axes.text(column, row, int(counts[row, column]), ha="center", va="center", fontsize=6, color=shade)
    figure.savefig(file, dpi=110)
    plt.close(figure)


def _plotter():  # type: ignore[no-untyped-def]
    """Matplotlib comes with Rasa; it is imported here because it takes a second, and needs no screen this way."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    return plt
