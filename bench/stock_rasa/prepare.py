"""Makes a stock assistant of our training data, for the speed bench: DIET, rules, REST channel, SQL tracker store.

    python bench/stock_rasa/prepare.py [--epochs 2] [--train]

Writes var/stock_rasa/assistant/ (git-ignored): config.yml with Rasa's default pipeline and policies' rules,
domain.yml, data/, endpoints.yml, credentials.yml. A label ``ask_cost/ktp_hilang`` becomes one DIET intent
``ask_cost+ktp_hilang``, since a stock assistant has one label a message; each has a rule and an utterance of about
the length of ours. ``--train`` trains it; then ``serve_command`` tells how it is served.
Run with the root environment (PyYAML); training and serving happen in bench/stock_rasa/.venv.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
STOCK = ROOT / "bench" / "stock_rasa" / ".venv" / "bin"
ASSISTANT = ROOT / "var" / "stock_rasa" / "assistant"
ENVIRONMENT = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONWARNINGS": "ignore"}


def main() -> int:
    parser = argparse.ArgumentParser(description="Make a stock Rasa assistant of Sapa's training data.")
    parser.add_argument("--epochs", type=int, default=2, help="Rasa trains 100; answering speed is the same")
    parser.add_argument("--train", action="store_true")
    arguments = parser.parse_args()
    examples = labelled()
    prepare(examples, arguments.epochs, ASSISTANT)
    print(f"{ASSISTANT.relative_to(ROOT)}: {len(examples)} intents")
    if arguments.train:
        command = [STOCK / "rasa", "train", "--fixed-model-name", "stock"]
        with (ASSISTANT / "train.log").open("w") as log:  # thousands of progress bars
            subprocess.run(
                command, cwd=ASSISTANT, env={**os.environ, **ENVIRONMENT}, stdout=log, stderr=log, check=True
            )
        print(f"trained: {(ASSISTANT / 'models' / 'stock.tar.gz').relative_to(ROOT)}")
    return 0


def serve_command(port: int) -> list[str]:
    """To be run in ``ASSISTANT`` with ``ENVIRONMENT`` added; listens on loopback, answers
    POST /webhooks/rest/webhook {"sender": …, "message": …} once GET /status does."""
    command = [str(STOCK / "rasa"), "run", "--model", "models/stock.tar.gz", "--interface", "127.0.0.1"]
    return [*command, "--port", str(port), "--endpoints", "endpoints.yml", "--credentials", "credentials.yml"]


def labelled() -> dict[str, list[str]]:
    examples: dict[str, list[str]] = defaultdict(list)
    for file in sorted((ROOT / "data" / "nlu").rglob("*.yml")):
        for group in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]:
            lines = [line.strip() for line in group["examples"].splitlines() if line.strip()]
            if lines:
                examples[group["intent"].replace("/", "+")] += lines
    return examples


def prepare(examples: dict[str, list[str]], epochs: int, folder: Path) -> None:
    (folder / "data").mkdir(parents=True, exist_ok=True)
    nlu = [{"intent": label, "examples": "\n".join(lines) + "\n"} for label, lines in examples.items()]
    rules = [
        {"rule": f"answer {label}", "steps": [{"intent": label}, {"action": f"utter_{label}"}]} for label in examples
    ]
    # as any assistant in service has: a message read too unsurely is answered too
    rules.append({"rule": "not understood", "steps": [{"intent": "nlu_fallback"}, {"action": "utter_default"}]})
    write(folder / "config.yml", config(epochs))
    write(folder / "domain.yml", domain(list(examples)))
    write(folder / "data/nlu.yml", {"version": "3.1", "nlu": nlu})
    write(folder / "data/rules.yml", {"version": "3.1", "rules": rules})
    write(folder / "endpoints.yml", {"tracker_store": {"type": "SQL", "dialect": "sqlite", "db": "tracker.db"}})
    write(folder / "credentials.yml", {"rest": None})


def config(epochs: int) -> dict[str, Any]:
    """What ``rasa train`` fills in where a config leaves the pipeline out (default.v1), language aside.

    Of the policies the rules alone: there are no stories for the learnt ones, which would only cost it time.
    """
    return {
        "recipe": "default.v1",
        "assistant_id": "stock",
        "language": "id",
        "pipeline": [
            {"name": "WhitespaceTokenizer"},
            {"name": "RegexFeaturizer"},
            {"name": "LexicalSyntacticFeaturizer"},
            {"name": "CountVectorsFeaturizer"},
            {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
            {"name": "DIETClassifier", "epochs": epochs, "constrain_similarities": True},
            {"name": "EntitySynonymMapper"},
            {"name": "ResponseSelector", "epochs": epochs, "constrain_similarities": True},
            {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
        ],
        "policies": [{"name": "RulePolicy"}],
    }


def domain(labels: list[str]) -> dict[str, Any]:
    services = yaml.safe_load((ROOT / "data" / "knowledge" / "services.yml").read_text(encoding="utf-8"))["services"]
    told = {service["id"]: service["definition"] for service in services}
    responses = {
        f"utter_{label}": [{"text": told.get(label.partition("+")[2], "Baik, Bapak/Ibu. Berikut jawaban kami.")}]
        for label in labels
    }
    responses["utter_default"] = [{"text": "Maaf, Bapak/Ibu, pesan ini belum kami pahami. Boleh ditulis ulang?"}]
    return {"version": "3.1", "intents": labels, "responses": responses}


def write(file: Path, content: dict[str, Any]) -> None:
    text = yaml.dump(content, Dumper=Blocks, allow_unicode=True, sort_keys=False, width=1000)
    file.write_text(text, encoding="utf-8")


class Blocks(yaml.SafeDumper):
    """Rasa reads examples from a literal block only."""


def _literal(dumper: Blocks, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


Blocks.add_representer(str, _literal)


if __name__ == "__main__":
    sys.exit(main())
