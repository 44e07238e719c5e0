"""How margins become honest confidences: measured on examples that the weights had not seen. Only training uses it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, List, Sequence, Tuple

import numpy as np
import scipy.sparse as sp

FOLDS = 5
ALIKE = 0.6
"""Share of common three-letter pieces from which two texts count as one said twice."""
BLOCK = 500
DOUBTS = (0.0, 0.01, 0.02, 0.03, 0.05, 0.08)
"""Candidates for the share of messages of which nothing can be known, however far they lie from every boundary."""
STIFFNESS = 0.02
"""How much a bias must gain before it is taken: labels with few examples keep none."""


def alike(texts: Sequence[str]) -> np.ndarray:
    """A group number a text; texts that nearly repeat each other, or are linked by such ones, share theirs."""
    return _alike(tuple(texts))


@lru_cache(maxsize=1)  # the four learners of a training ask about the same texts
def _alike(texts: Tuple[str, ...]) -> np.ndarray:
    from sklearn.feature_extraction.text import CountVectorizer

    pieces = CountVectorizer(analyzer="char_wb", ngram_range=(3, 3), binary=True, dtype=np.float32)
    found = pieces.fit_transform([f"{text} ." for text in texts])
    sizes = np.asarray(found.sum(axis=1)).ravel()
    leader = list(range(len(texts)))

    def lead(place: int) -> int:
        while leader[place] != place:
            leader[place] = leader[leader[place]]
            place = leader[place]
        return place

    for start in range(0, len(texts), BLOCK):
        common = (found[start : start + BLOCK] @ found.T).tocoo()
        rows = common.row + start
        near = common.data / (sizes[rows] + sizes[common.col] - common.data) >= ALIKE
        for one, other in zip(rows[near], common.col[near], strict=True):
            leader[lead(one)] = lead(other)
    return np.array([lead(place) for place in range(len(texts))])


def held_out(
    features: sp.csr_matrix, targets: np.ndarray, names: List[str], groups: np.ndarray, machine: Any
) -> Tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The margins of every example by a machine that was not taught it, and the mean weights and offsets of these
    machines. The mean is what reads later: a machine taught on everything has wider margins than those measured."""
    from joblib import Parallel, cpu_count, delayed
    from sklearn.base import clone
    from sklearn.model_selection import GroupKFold

    places = {name: place for place, name in enumerate(names)}
    margins = np.full((len(targets), len(names)), -1.0)
    weights, offsets = np.zeros((len(names), features.shape[1])), np.zeros(len(names))
    folds = list(GroupKFold(FOLDS).split(features, targets, groups))
    # processes, not threads: liblinear draws from one generator, and a second training must give the same model
    parts = Parallel(n_jobs=min(FOLDS, cpu_count()))(
        delayed(clone(machine).fit)(features[seen], targets[seen]) for seen, _ in folds
    )
    # where a fold leaves a label out, its machine says nothing for it: as sure as can be that it is not meant
    for (_, unseen), part in zip(folds, parts, strict=True):
        rows, shifts = part.coef_, part.intercept_
        if len(part.classes_) == 2:  # scikit-learn keeps one row for two labels
            rows, shifts = np.vstack([-rows, rows]), np.concatenate([-shifts, shifts])
        known = [places[name] for name in part.classes_]
        margins[np.ix_(unseen, known)] = features[unseen] @ rows.T + shifts
        weights[known] += rows / FOLDS
        offsets[known] += shifts / FOLDS
        offsets[[place for place in range(len(names)) if place not in known]] -= 1 / FOLDS
    return margins, weights, offsets


def calibrate(
    margins: np.ndarray, targets: np.ndarray, names: List[str], even: bool
) -> Tuple[float, np.ndarray, float]:
    """The sharpness, the bias of each label and the doubt under which held-out examples are least surprising;
    ``even`` counts every label the same and leaves the biases at nought."""
    from scipy.optimize import minimize

    places = {name: place for place, name in enumerate(names)}
    truth = np.array([places[target] for target in targets])
    counts = np.bincount(truth, minlength=len(names))
    weight = 1 / counts[truth] if even else np.ones(len(truth))
    weight = weight / weight.sum()
    right = np.zeros_like(margins)
    right[np.arange(len(truth)), truth] = 1

    def surprise(values: np.ndarray, doubt: float) -> Tuple[float, np.ndarray]:
        scores = margins * values[0] + values[1:]
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares = powers / powers.sum(axis=1, keepdims=True)
        sure = (1 - doubt) * (shares * right).sum(axis=1)
        told = sure + doubt / len(names)
        over = (shares - right) * (weight * sure / told)[:, None]
        bias = values[1:]
        slope = np.concatenate([[float((over * margins).sum())], over.sum(axis=0) + 2 * STIFFNESS * bias / len(bias)])
        if even:
            slope[1:] = 0
        return -float(np.log(told) @ weight) + STIFFNESS * float(bias @ bias) / len(bias), slope

    start = np.concatenate([[4.0], np.zeros(len(names))])
    tries = [(doubt, minimize(surprise, start, args=(doubt,), jac=True, method="L-BFGS-B")) for doubt in DOUBTS]
    doubt, best = min(tries, key=lambda one: float(one[1].fun))
    return float(best.x[0]), best.x[1:], doubt
