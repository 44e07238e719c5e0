"""How well the model reads what it was not taught: ``nlu/.venv/bin/python nlu/evaluate.py [--folds 5] [--frozen]``.

Without ``--frozen`` every example is read once by a model trained on the other folds, through the same graph and
loader as in service; texts that nearly repeat each other stay in one fold. It is a helper's view: sentences of one
author resemble each other. With ``--frozen`` the current model reads tests/nlu/frozen, which nobody trained on.

Prints the figures, the confusions and the worst errors; pictures and all errors go to ``var/evaluation``.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from nlu.surroundings import ROOT  # isort: skip

from collections.abc import Callable, Sequence

import numpy as np
import yaml

from nlu.components.calibration import alike
from nlu.examples import labelled_examples
from nlu.figures import draw_confusions, draw_reliability
from nlu.frozen import FROZEN, read_frozen
from nlu.model import Model
from nlu.scores import Read, calibration_error, read, reliability, share, summary
from nlu.train import run_graph

BATCH = 256
FEWEST = 5
"""Messages of a style or service from which its share is worth a line."""


def main() -> int:
    arguments = _arguments()
    if arguments.frozen:
        if not any(FROZEN.glob("*.yml")):
            print(f"No frozen messages in {FROZEN}.", file=sys.stderr)
            return 1
        reads = read_frozen(arguments.model)
    else:
        reads = _fold_by_fold(arguments.folds)
    arguments.out.mkdir(parents=True, exist_ok=True)
    kind = "frozen" if arguments.frozen else "folds"
    report = _report(reads)
    print(report)
    (arguments.out / f"{kind}.txt").write_text(report + "\n\nAll errors:\n" + _errors(reads, len(reads)), "utf-8")
    draw_reliability(reads, arguments.out / f"{kind}-reliability.png")
    draw_confusions(reads, arguments.out / f"{kind}-confusions.png")
    print(f"\nPictures and all errors: {arguments.out}")
    return 0


def _fold_by_fold(folds: int) -> list[Read]:
    examples = sorted(set(labelled_examples(ROOT / "data" / "nlu")))
    groups = alike([text for _, text in examples])
    order = np.random.default_rng(0).permutation(len(examples))
    fold_of = {group: place % folds for place, group in enumerate(dict.fromkeys(groups[order]))}
    reads: list[Read] = []
    for fold in range(folds):
        unseen = [one for one, group in zip(examples, groups, strict=True) if fold_of[group] == fold]
        taught = [one for one, group in zip(examples, groups, strict=True) if fold_of[group] != fold]
        model = _taught(taught)
        for start in range(0, len(unseen), BATCH):
            part = unseen[start : start + BATCH]
            for (label, text), answer in zip(part, model.parse([text for _, text in part]), strict=True):
                intent, _, service = label.partition("/")
                reads.append(read(text, intent, service, answer))
        print(f"fold {fold + 1} of {folds} read", flush=True)
    return reads


def _taught(examples: list[tuple[str, str]]) -> Model:
    with tempfile.TemporaryDirectory() as folder:
        data, made = Path(folder) / "data", Path(folder) / "model.tar.gz"
        data.mkdir()
        groups = [{"intent": label, "examples": f"- {text}\n"} for label, text in examples]
        content = yaml.safe_dump({"version": "3.1", "nlu": groups}, allow_unicode=True, sort_keys=False)
        (data / "fold.yml").write_text(content, encoding="utf-8")
        run_graph(ROOT / "config.yml", ROOT / "domain.yml", data, made)
        return Model(made)


def _report(reads: Sequence[Read]) -> str:
    error, low, high = calibration_error(reads)
    lines = [f"{len(reads)} messages"]
    lines += [f"{name:28} {value:6.1%}" for name, value in summary(reads).items()]
    lines += ["", f"Confidence: calibration error {error:.3f} (95 %: {low:.3f} to {high:.3f})"]
    lines += [
        f"  told {told:.2f}  right {right:.2f} {'#' * round(right * 40)}  ({n})"
        for told, right, n in reliability(reads)
    ]
    lines += _shares_by("style", reads, lambda one: one.style) + _shares_by("service", reads, lambda one: one.service)
    for title, pairs in (
        ("Intents most often mistaken (meant, read)", [(one.intent, one.found_intent) for one in reads]),
        ("Services most often mistaken (meant, read)", [(one.service, one.found_service) for one in reads]),
    ):
        wrong = Counter(pair for pair in pairs if pair[0] != pair[1])
        lines += [
            "",
            title,
            *(f"  {n:3}  {meant or '(none)'}, {got or '(none)'}" for (meant, got), n in wrong.most_common(15)),
        ]
    return "\n".join([*lines, "", "Worst errors (the surest)", _errors(reads, 20)])


def _shares_by(title: str, reads: Sequence[Read], key: Callable[[Read], str]) -> list[str]:
    names = sorted({key(one) for one in reads} - {""})
    groups = {name: [one for one in reads if key(one) == name] for name in names}
    shares = {name: share(one.right for one in group) for name, group in groups.items() if len(group) >= FEWEST}
    lines = [
        f"  {value:6.1%} of {len(groups[name]):4}  {name}" for name, value in sorted(shares.items(), key=lambda s: s[1])
    ]
    return ["", f"Intent and service right, by {title}", *lines] if lines else []


def _errors(reads: Sequence[Read], most: int) -> str:
    wrong = sorted((one for one in reads if not one.right), key=lambda one: -one.confidence)[:most]
    return "\n".join(map(_error_line, wrong))


def _error_line(one: Read) -> str:
    meant, found = f"{one.intent}/{one.service}", f"{one.found_intent}/{one.found_service}"
    return f"  {one.confidence:.2f}  {meant} read as {found}: {one.text[:90]}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure Sapa's NLU on messages it was not taught.")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--frozen", action="store_true", help="read tests/nlu/frozen with the current model")
    parser.add_argument("--model", type=Path, default=ROOT / "var" / "models" / "current.tar.gz")
    parser.add_argument("--out", type=Path, default=ROOT / "var" / "evaluation")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
