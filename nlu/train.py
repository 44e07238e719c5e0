"""Trains the model: ``nlu/.venv/bin/python nlu/train.py [--if-changed]``, from config.yml, domain.yml and data/nlu.

Through Rasa's own GraphTrainer, because ``rasa train`` imports TensorFlow. Steps, safe to interrupt anywhere:

1. take the lock of the models folder (two trainings at once wait for each other)
2. compare the fingerprint of all that the model follows from with the one beside the current model; where
   promote.py went back to an older model, with what was there then: going back holds until something changes
3. check the examples; train into a temporary folder
4. rename the model to ``current.tar.gz``, then the fingerprint to ``current.json``
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from nlu.surroundings import ROOT  # isort: skip

import fcntl
import hashlib
import json
import logging
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

import yaml

from nlu.examples import DataError, check_examples

CONFIG, DOMAIN, DATA = ROOT / "config.yml", ROOT / "domain.yml", ROOT / "data" / "nlu"
MODEL = "current.tar.gz"
FINGERPRINT = "current.json"


def main() -> int:
    arguments = _arguments()
    arguments.out.mkdir(parents=True, exist_ok=True)
    with only_one(arguments.out):
        now = fingerprint(arguments.config, arguments.domain, arguments.data)
        if arguments.if_changed and _is_of(now, arguments.out):
            _say("The model is up to date.")
            return 0
        try:
            return _train(arguments, now)
        except DataError as error:
            print(f"Cannot train: {error}", file=sys.stderr)
            return 1
        except OSError as error:
            print(f"Cannot train: {error.strerror or error} ({error.filename or arguments.out}).", file=sys.stderr)
            return 1


def fingerprint(config: Path, domain: Path, data: Path) -> str:
    """Changes whenever the trained model could: examples, config, domain, our code, the locked packages."""
    sources = Path(__file__).resolve().parent
    files = [config, domain, sources / "uv.lock", *sorted(data.rglob("*.yml"))]
    files += sorted([*sources.glob("*.py"), *sources.glob("components/*")])
    digest = hashlib.sha256()
    for file in files:
        if file.is_file():
            digest.update(f"{file.name}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _train(arguments: argparse.Namespace, now: str) -> int:
    started = time.monotonic()
    intents = _intents(arguments.domain)
    count = check_examples(arguments.data, intents, _services(ROOT / "data" / "knowledge"))
    _say(f"Training on {count} examples of {len(intents)} intents.")
    _say("Loading Rasa.")
    with tempfile.TemporaryDirectory(prefix=".training-", dir=arguments.out) as folder:
        made = Path(folder) / MODEL
        _show_progress()
        run_graph(arguments.config, arguments.domain, arguments.data, made)
        made.replace(arguments.out / MODEL)
        (Path(folder) / FINGERPRINT).write_text(json.dumps({"fingerprint": now}), encoding="utf-8")
        (Path(folder) / FINGERPRINT).replace(arguments.out / FINGERPRINT)
    _say(f"Model written to {arguments.out / MODEL} in {time.monotonic() - started:.0f} s.")
    return 0


def run_graph(config: Path, domain: Path, data: Path, made: Path) -> None:
    """Trains what config.yml describes and packs it as ``made``; its folder is used as workshop."""
    from rasa.engine.recipes.graph_recipe import GraphV1Recipe
    from rasa.engine.runner.dask import DaskGraphRunner
    from rasa.engine.storage.local_model_storage import LocalModelStorage
    from rasa.engine.training.graph_trainer import GraphTrainer
    from rasa.shared.data import TrainingType
    from rasa.shared.importers.importer import TrainingDataImporter

    from nlu.no_cache import NoCache

    importer = TrainingDataImporter.load_nlu_importer_from_config(str(config), str(domain), [str(data)])
    graph = GraphV1Recipe().graph_config_for_recipe(importer.get_config(), {}, TrainingType.NLU)
    parts = made.parent / "parts"
    parts.mkdir()
    trainer = GraphTrainer(LocalModelStorage.create(parts), NoCache(), DaskGraphRunner)
    trainer.train(graph, importer, made, force_retraining=True)


def _intents(domain: Path) -> set[str]:
    return set(yaml.safe_load(domain.read_text(encoding="utf-8"))["intents"])


def _services(knowledge: Path) -> set[str]:
    """Service and family ids, or nothing where the knowledge is not at hand (training needs none of it)."""
    services, taxonomy = knowledge / "services.yml", knowledge / "taxonomy.yml"
    if not (services.is_file() and taxonomy.is_file()):
        return set()
    ids = {service["id"] for service in yaml.safe_load(services.read_text(encoding="utf-8"))["services"]}
    return ids | set(yaml.safe_load(taxonomy.read_text(encoding="utf-8"))["families"])


def hold(out: Path, now: str) -> None:
    """Lets the current model stand though it was made from something else than ``now``, until that changes."""
    mark = out / FINGERPRINT
    made_from = _marked(out).get("fingerprint")
    making = mark.with_name(f".making-{mark.name}")
    making.write_text(json.dumps({"fingerprint": made_from, "held": now}), encoding="utf-8")
    making.replace(mark)


def _is_of(now: str, out: Path) -> bool:
    """Whether the current model was made from what is there now, or somebody put it in the place of that one."""
    return (out / MODEL).is_file() and now in (_marked(out).get("fingerprint"), _marked(out).get("held"))


def _marked(out: Path) -> dict[str, str | None]:
    try:
        marked = json.loads((out / FINGERPRINT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return marked if isinstance(marked, dict) else {}


@contextmanager
def only_one(out: Path) -> Iterator[None]:
    with (out / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _show_progress() -> None:
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(logging.Formatter("nlu: %(message)s"))
    hooks = logging.getLogger("rasa.engine.training.hooks")
    hooks.addHandler(handler)
    hooks.setLevel(logging.INFO)
    hooks.propagate = False


def _say(sentence: str) -> None:
    print(f"nlu: {sentence}", flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Train Sapa's NLU model.")
    parser.add_argument("--config", type=Path, default=CONFIG)
    parser.add_argument("--domain", type=Path, default=DOMAIN)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--out", type=Path, default=ROOT / "var" / "models")
    parser.add_argument("--if-changed", action="store_true", help="do nothing when the model is up to date")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
