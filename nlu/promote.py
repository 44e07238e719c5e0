"""Takes a newly trained model into use only if it reads the frozen messages no worse:

    nlu/.venv/bin/python nlu/promote.py CANDIDATE.tar.gz      compare, and put it in the place of the current one
    nlu/.venv/bin/python nlu/promote.py --back                the previous model again (twice: forward again)

Neither the share of messages read right nor that of out of scope found may fall by more than ``--slack`` (nothing),
nor may more real questions be refused. The replaced model is kept as previous.tar.gz. A running server takes a
change into use by itself. Going back holds until data, config or code change: the next set-up does not train it
away. Ends with 1 when the candidate was not taken.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from nlu.surroundings import ROOT  # isort: skip

from nlu.frozen import FROZEN, read_frozen
from nlu.scores import summary
from nlu.train import CONFIG, DATA, DOMAIN, FINGERPRINT, MODEL, fingerprint, hold, only_one

MAY_NOT_FALL = ("intent and service right", "out of scope found")
MAY_NOT_RISE = ("real questions refused",)
PREVIOUS, PREVIOUS_FINGERPRINT = "previous.tar.gz", "previous.json"


def main() -> int:
    arguments = _arguments()
    arguments.models.mkdir(parents=True, exist_ok=True)
    with only_one(arguments.models):
        if arguments.back:
            return _back(arguments.models)
        if arguments.candidate is None or not arguments.candidate.is_file():
            return _say(f"No model at {arguments.candidate}.", 1)
        return _promote(arguments.candidate, arguments.models, arguments.frozen, arguments.slack)


def _promote(candidate: Path, models: Path, frozen: Path, slack: float) -> int:
    current = models / MODEL
    if current.is_file():
        if not any(frozen.glob("*.yml")):
            return _say(f"Not taken: no frozen messages in {frozen} to compare on.", 1)
        old, new = (summary(read_frozen(model, frozen)) for model in (current, candidate))
        for name in (*MAY_NOT_FALL, *MAY_NOT_RISE):
            _say(f"{name:26} {old[name]:6.1%} now, {new[name]:6.1%} with the candidate")
        worse = [name for name in MAY_NOT_FALL if new[name] < old[name] - slack]
        worse += [name for name in MAY_NOT_RISE if new[name] > old[name] + slack]
        if worse:
            return _say(f"Not taken: worse in {', '.join(worse)}.", 1)
        _put(current, models / PREVIOUS)
        _put(models / FINGERPRINT, models / PREVIOUS_FINGERPRINT)
    _put(candidate, current)
    _put(candidate.with_name(FINGERPRINT), models / FINGERPRINT)
    return _say("Taken into use; `promote.py --back` goes back.", 0)


def _back(models: Path) -> int:
    if not (models / PREVIOUS).is_file():
        return _say("There is no previous model.", 1)
    for one, other in ((MODEL, PREVIOUS), (FINGERPRINT, PREVIOUS_FINGERPRINT)):
        aside = models / f".aside-{one}"
        _put(models / one, aside)
        _put(models / other, models / one)
        _put(aside, models / other)
        aside.unlink(missing_ok=True)
    hold(models, fingerprint(CONFIG, DOMAIN, DATA))
    return _say("The previous model is in use again.", 0)


def _put(source: Path, place: Path) -> None:
    """A copy, complete before it has the name: a server that looks meanwhile sees the old file or the new. What is
    not there is not there in its new place either."""
    if source.is_file():
        making = place.with_name(f".making-{place.name}")
        shutil.copyfile(source, making)
        making.replace(place)
    else:
        place.unlink(missing_ok=True)


def _say(sentence: str, code: int = 0) -> int:
    print(f"nlu: {sentence}", file=sys.stderr if code else sys.stdout, flush=True)
    return code


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Take a new NLU model into use if it reads no worse.")
    parser.add_argument("candidate", type=Path, nargs="?", help="made by `train.py --out FOLDER`")
    parser.add_argument("--back", action="store_true", help="use the previous model again")
    parser.add_argument("--models", type=Path, default=ROOT / "var" / "models")
    parser.add_argument("--frozen", type=Path, default=FROZEN)
    parser.add_argument("--slack", type=float, default=0.0, help="share that it may be worse, such as 0.005")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
