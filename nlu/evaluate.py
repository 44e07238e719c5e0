"""How well the model reads what it was not taught: ``nlu/.venv/bin/python nlu/evaluate.py [--folds 5]``.

Every example is read once by a model trained on the other folds, through the same graph and loader as in service.
A helper's view of the training data, not of citizens: sentences of one author resemble each other.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from nlu.surroundings import ROOT  # isort: skip

from typing import Any

import numpy as np
import yaml

from nlu.examples import labelled_examples
from nlu.model import Model
from nlu.train import run_graph

BATCH = 256


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure Sapa's NLU on held-out examples.")
    parser.add_argument("--folds", type=int, default=5)
    folds = parser.parse_args().folds
    examples = sorted(set(labelled_examples(ROOT / "data" / "nlu")))
    order = np.random.default_rng(0).permutation(len(examples))
    read: list[tuple[str, dict[str, Any]]] = []
    for fold in range(folds):
        unseen = [examples[place] for place in order[fold::folds]]
        taught = sorted(set(examples) - set(unseen))
        answers = _read(taught, [text for _, text in unseen])
        read += [(label, answer) for (label, _), answer in zip(unseen, answers, strict=True)]
        print(f"fold {fold + 1} of {folds} read", flush=True)
    _tell(read)
    return 0


def _read(taught: list[tuple[str, str]], texts: list[str]) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        data, made = Path(folder) / "data", Path(folder) / "model.tar.gz"
        data.mkdir()
        groups = [{"intent": label, "examples": f"- {text}\n"} for label, text in taught]
        content = yaml.safe_dump({"version": "3.1", "nlu": groups}, allow_unicode=True, sort_keys=False)
        (data / "fold.yml").write_text(content, encoding="utf-8")
        run_graph(ROOT / "config.yml", ROOT / "domain.yml", data, made)
        model = Model(made)
    return [answer for start in range(0, len(texts), BATCH) for answer in model.parse(texts[start : start + BATCH])]


def _tell(read: list[tuple[str, dict[str, Any]]]) -> None:
    intents = [(label.partition("/")[0], answer["intent"]["name"]) for label, answer in read]
    services = [(label.partition("/")[2], _service(answer)) for label, answer in read]
    named = [pair for pair in services if pair[0]]
    silent = [pair for pair in services if not pair[0]]
    foreign = [pair for pair in intents if pair[0] == "out_of_scope"]
    ours = [pair for pair in intents if pair[0] != "out_of_scope"]
    print(f"intent right                {_share(a == b for a, b in intents)}")
    print(f"service right, where named  {_share(a == b for a, b in named)}")
    print(f"service invented            {_share(bool(b) for _, b in silent)}")
    print(f"out of scope found          {_share(a == b for a, b in foreign)}")
    print(f"real questions sent away    {_share(b == 'out_of_scope' for _, b in ours)}")
    print("confidence, and how often right:")
    for low, high in ((0, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 1.01)):
        inside = [
            a == answer["intent"]["name"]
            for (a, _), (_, answer) in zip(intents, read, strict=True)
            if low <= answer["intent"]["confidence"] < high
        ]
        print(f"  {low:.1f} to {min(high, 1):.1f}  {_share(inside)}")
    print("most often mistaken (meant, read):")
    for (meant, found), count in Counter(pair for pair in intents if pair[0] != pair[1]).most_common(10):
        print(f"  {count:3}  {meant}, {found}")


def _service(answer: dict[str, Any]) -> str:
    return answer["entities"][0]["value"] if answer["entities"] else ""


def _share(hits: Any) -> str:
    counted = list(hits)
    return f"{sum(counted) / len(counted):6.1%} of {len(counted)}" if counted else "  none"


if __name__ == "__main__":
    sys.exit(main())
