"""A linear classifier with honest confidences; the intent and the service components each hold one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Sequence

import numpy as np
import scipy.sparse as sp

FOLDS = 4
SHARPNESS = np.geomspace(0.5, 12, 40)
"""Candidates for the factor that turns margins into confidences."""


class Linear:
    """One weight a feature and label; margins become confidences by a softmax whose sharpness was measured
    on examples the weights had not seen (so 0.8 means right about eight times in ten)."""

    def __init__(self, labels: Sequence[str], weights: np.ndarray, offsets: np.ndarray, sharpness: float) -> None:
        self.labels = list(labels)
        self._weights = weights.astype(np.float32)
        self._offsets = offsets.astype(np.float32)
        self._sharpness = sharpness

    @classmethod
    def fit(cls, features: sp.csr_matrix, labels: Sequence[str], strength: float) -> Linear:
        """``strength`` is the SVM's C. Labels weigh the same however many examples each has."""
        from sklearn.svm import LinearSVC  # only training needs it; the server starts quicker without

        def machine() -> LinearSVC:
            return LinearSVC(C=strength, class_weight="balanced", random_state=0, max_iter=3000)

        targets = np.asarray(labels)
        names = sorted(set(labels))
        fitted = machine().fit(features, targets)
        sharpness = _sharpness(features, targets, names, machine)
        weights, offsets = fitted.coef_, fitted.intercept_
        if len(names) == 2:  # scikit-learn keeps one row for two labels
            weights, offsets = np.vstack([-weights, weights]), np.concatenate([-offsets, offsets])
        return cls(names, weights.T, offsets, sharpness)

    def confidences(self, features: sp.csr_matrix) -> np.ndarray:
        """A row a text, a column a label, each row summing to 1."""
        return softmax((features @ self._weights + self._offsets) * self._sharpness)

    def save(self, folder: Path) -> None:
        meta = {"labels": self.labels, "sharpness": self._sharpness}
        (folder / "linear.json").write_text(json.dumps(meta), encoding="utf-8")
        np.savez_compressed(folder / "linear.npz", weights=self._weights, offsets=self._offsets)

    @classmethod
    def load(cls, folder: Path) -> Linear:
        meta = json.loads((folder / "linear.json").read_text(encoding="utf-8"))
        with np.load(folder / "linear.npz", allow_pickle=False) as arrays:
            return cls(meta["labels"], arrays["weights"], arrays["offsets"], meta["sharpness"])


def softmax(margins: np.ndarray) -> np.ndarray:
    powers = np.exp(margins - margins.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def _sharpness(features, targets, names, machine) -> float:  # type: ignore[no-untyped-def]
    """The factor under which held-out examples are least surprising."""
    from sklearn.model_selection import KFold

    places = {name: place for place, name in enumerate(names)}
    margins = np.full((len(targets), len(names)), -1.0)
    for seen, unseen in KFold(FOLDS, shuffle=True, random_state=0).split(targets):
        part = machine().fit(features[seen], targets[seen])
        found = part.decision_function(features[unseen])
        if found.ndim == 1:
            found = np.column_stack([-found, found])
        margins[np.ix_(unseen, [places[name] for name in part.classes_])] = found
    truth = np.array([places[target] for target in targets])
    weight = 1 / np.bincount(truth, minlength=len(names))[truth]

    def surprise(factor: float) -> float:
        told = softmax(margins * factor)[np.arange(len(truth)), truth]
        return float(np.average(-np.log(told + 1e-9), weights=weight))

    return float(min(SHARPNESS, key=surprise))
