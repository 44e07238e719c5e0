"""Sapa's NLU beside stock Rasa's DIET pipeline, in one run: ``make bench-nlu``, or

    python -m bench.nlu [--epochs 20] [--texts FOLDER] [--report FILE]

Both are trained on every example of data/nlu, served by their own server on loopback and asked the same frozen
messages over HTTP. Stock has one label a message, so each pair of intent and service is one DIET intent
(``ask_cost+ktp_hilang``): the examples mark no spans from which it could learn an entity, and this way its answer can
be right in both. Where its FallbackClassifier refuses, its best label counts, in its favour.

Rasa's default is 100 epochs; ``--epochs`` lowers it, and the table says so. The speed part takes about two minutes
and needs the machine for itself.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from bench.nlu_models import MADE, OURS, ROOT, Training, train_ours, train_stock
from bench.nlu_servers import (
    AT_ONCE,
    IN_A_BATCH,
    Answer,
    doors,
    parses_a_second,
    seconds_of_each,
    served,
)
from bench.stock_rasa.prepare import STOCK
from bench.usage import cpu_seconds, memory_mb

FROZEN = ROOT / "tests" / "nlu" / "frozen"
OUT_OF_SCOPE = "out_of_scope"
DEFAULT_EPOCHS = 100


@dataclass(frozen=True)
class Meant:
    text: str
    intent: str
    service: str


@dataclass(frozen=True)
class Figures:
    joint: float
    intent: float
    service: float
    scope: float
    refused: float
    single: float
    batched: float
    processor: float
    p99: float
    memory: float
    start: float
    training: float
    cpu: float
    examples: int


LINES = {
    "joint": ("intent and service right", "{:.1%}"),
    "intent": ("intent right", "{:.1%}"),
    "service": ("service right, where named", "{:.1%}"),
    "scope": ("out of scope found", "{:.1%}"),
    "refused": ("real questions refused", "{:.1%}"),
    "single": ("parses/s, one at a time", "{:.0f}"),
    "batched": (f"parses/s, batched (ours {IN_A_BATCH} a request, stock {AT_ONCE} at once)", "{:.0f}"),
    "processor": ("processor time of one parse, ms", "{:.1f}"),
    "p99": ("p99 of one parse, ms", "{:.1f}"),
    "memory": ("resident (PSS), MB", "{:.0f}"),
    "start": ("start to first answer, s", "{:.1f}"),
    "training": ("training, s", "{:.0f}"),
    "cpu": ("training, s of processor", "{:.0f}"),
    "examples": ("examples", "{}"),
}


def main() -> int:
    arguments = _arguments()
    for program in (OURS, STOCK / "rasa"):
        if not program.exists():
            project = program.parents[2].relative_to(ROOT)
            print(f"{program.relative_to(ROOT)} is missing: uv sync --locked --project {project}")
            return 2
    messages = [message for file in sorted(arguments.texts.glob("*.yml")) for message in _messages(file)]
    if not messages:
        print(f"No messages in {arguments.texts}.")
        return 2
    MADE.mkdir(parents=True, exist_ok=True)
    trained = {"stock": train_stock(arguments.epochs), "ours": train_ours()}
    found = {name: _measure(name, messages, trained[name]) for name in ("ours", "stock")}
    report = table(found, len(messages), arguments.epochs)
    print(report)
    if arguments.report:
        arguments.report.write_text(report + "\n", encoding="utf-8")
    return 0


def _measure(name: str, messages: list[Meant], training: Training) -> Figures:
    texts = [message.text for message in messages]
    with served(name, training.model) as (pid, url, start):
        single, batched = doors(name, url)
        before = cpu_seconds(pid)
        answers = single(texts)
        processor = (cpu_seconds(pid) - before) / len(texts)
        each = seconds_of_each(single, texts)
        speed = parses_a_second(batched, texts)
        memory = memory_mb(pid)["pss"]
    return Figures(
        **shares(messages, [told(answer) for answer in answers]),
        single=len(each) / sum(each),
        batched=speed,
        processor=processor * 1000,
        p99=sorted(each)[int(len(each) * 0.99)] * 1000,
        memory=memory,
        start=start,
        training=training.seconds,
        cpu=training.cpu,
        examples=training.examples,
    )


def told(answer: Answer) -> tuple[str, str]:
    """Intent and service, "" where none is named."""
    intent = answer["intent"]["name"]
    if intent == "nlu_fallback":
        intent = answer["intent_ranking"][1]["name"]
    label, _, service = str(intent).partition("+")
    entities = answer.get("entities") or []
    return label, entities[0]["value"] if entities else service


def shares(messages: list[Meant], read: list[tuple[str, str]]) -> dict[str, float]:
    pairs = list(zip(messages, read, strict=True))
    return {
        "joint": _share((meant.intent, meant.service) == found for meant, found in pairs),
        "intent": _share(meant.intent == found[0] for meant, found in pairs),
        "service": _share(meant.service == found[1] for meant, found in pairs if meant.service),
        "scope": _share(found[0] == OUT_OF_SCOPE for meant, found in pairs if meant.intent == OUT_OF_SCOPE),
        "refused": _share(found[0] == OUT_OF_SCOPE for meant, found in pairs if meant.intent != OUT_OF_SCOPE),
    }


def _share(hits: Iterable[bool]) -> float:
    counted = list(hits)
    return sum(counted) / len(counted) if counted else float("nan")


def table(found: dict[str, Figures], messages: int, epochs: int) -> str:
    of = "Rasa's default" if epochs == DEFAULT_EPOCHS else f"Rasa's default is {DEFAULT_EPOCHS}"
    lines = [f"{messages} messages; stock DIET after {epochs} epochs ({of}), one label for intent and service", ""]
    lines += [f"| | {' | '.join(found)} |", "|---|" + "--:|" * len(found)]
    for key, (title, shape) in LINES.items():
        lines.append(f"| {title} | " + " | ".join(shape.format(getattr(one, key)) for one in found.values()) + " |")
    return "\n".join(lines)


def _messages(file: Path) -> list[Meant]:
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    entries = content if isinstance(content, list) else next(v for v in content.values() if isinstance(v, list))
    return [Meant(entry["text"], entry["intent"], entry.get("service") or "") for entry in entries]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure Sapa's NLU beside stock Rasa's DIET.")
    parser.add_argument("--epochs", type=int, default=DEFAULT_EPOCHS, help="how long stock is trained")
    parser.add_argument("--texts", type=Path, default=FROZEN, help="folder of {text, intent, service}")
    parser.add_argument("--report", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
